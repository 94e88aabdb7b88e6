package account

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// Examination is what is to be read of an app.
type Examination struct {
	// App is the app's name in full.
	App snowflake.Name
	// Viewer is a role of which it is to be known what it may do; the zero Name for none.
	Viewer snowflake.Name
	// Functions returns the functions that the code calls and that may hold a secret, each in full.
	Functions func(files map[string][]byte) []snowflake.Name
}

// administrator is the role that sees nearly everything.
var administrator = snowflake.StoredObject("ACCOUNTADMIN") //nolint:gochecknoglobals // A constant, which Go has no word for.

// Examine reads an app, its files, and every object that it depends on. It changes nothing. What the session's
// role does not see is asked as the app's owner and as ACCOUNTADMIN where the person has these roles. What the
// account refuses to show is unknown; only a connection that is cut, and an app that is not there, are errors: with the
// latter come the roles that did not see it.
// https://docs.snowflake.com/en/sql-reference/sql/desc-streamlit
func Examine(ctx context.Context, c query.Session, o Examination) (snowflake.Examined, error) {
	x, err := newExaminer(ctx, c, o.App)
	if err != nil {
		return snowflake.Examined{}, err
	}
	if err := x.app(ctx); err != nil {
		return snowflake.Examined{App: o.App, Seen: x.roles, All: slices.Contains(x.roles, administrator)}, err
	}
	if err := x.files(ctx); err != nil {
		return snowflake.Examined{}, err
	}
	if err := x.around(ctx, o); err != nil {
		return snowflake.Examined{}, err
	}
	x.found.Account, x.found.Seen = x.account, x.roles
	x.found.All = slices.Contains(x.roles, administrator)
	return x.found, nil
}

// DescribeApp reads an app's properties and its owner alone.
func DescribeApp(ctx context.Context, c query.Session, name snowflake.Name) (snowflake.Examined, error) {
	x, err := newExaminer(ctx, c, name)
	if err != nil {
		return snowflake.Examined{}, err
	}
	err = x.app(ctx)
	x.found.Account, x.found.Seen = x.account, x.roles
	return x.found, err
}

func newExaminer(ctx context.Context, c query.Session, app snowflake.Name) (*examiner, error) {
	session, roles, err := Who(ctx, c)
	if err != nil {
		return nil, err
	}
	x := &examiner{
		reader: newReader(c, snowflake.DesiredResources{}, snowflake.Account{
			Context: session, Roles: roles, Found: map[snowflake.Ref]snowflake.Observed{}, Parameters: map[string]string{},
		}),
		found: snowflake.Examined{App: app, Files: map[string][]byte{}},
		roles: []snowflake.Name{roles.Current},
	}
	if slices.Contains(roles.Available, administrator) {
		x.role(administrator)
	}
	return x, nil
}

// examiner reads one app.
type examiner struct {
	*reader
	found snowflake.Examined
	// roles are those that are asked, in order.
	roles []snowflake.Name
}

// role adds a role that the person can take, behind the session's own.
func (x *examiner) role(role snowflake.Name) {
	if !role.IsZero() && !slices.Contains(x.roles, role) && x.account.Roles.CanTake(role) && !x.account.Roles.Bound {
		x.roles = slices.Insert(x.roles, 1, role)
	}
}

// as calls ask with one role after the other until one of them is answered.
func (x *examiner) as(ask func(q query.Querier) error) error {
	var err error
	for _, role := range x.roles {
		err = ask(&answerer{reader: x.reader, role: role})
		if err == nil || cut(err) {
			return err
		}
	}
	return err
}

// app reads the app's properties, its owner and who may use it.
func (x *examiner) app(ctx context.Context) error {
	name := x.found.App
	var rows query.Rows
	err := x.as(func(q query.Querier) (err error) {
		rows, err = q.Query(ctx, "DESCRIBE STREAMLIT "+name.SQL())
		return err
	})
	if err != nil || len(rows.Values) == 0 {
		return message.Wrap(err, "failure.fetch.app", "name", name.SQL())
	}
	x.found.Observed = streamlit(rows)
	if urls := rows.Get(0, "import_urls"); urls != "" {
		x.found.Observed.Lists["IMPORTS"] = snowflake.ShownTexts(urls)
	}
	err = x.as(func(q query.Querier) error {
		rows, err := q.Query(ctx, "SHOW STREAMLITS LIKE "+snowflake.Literal(name.Object)+" IN SCHEMA "+name.Parent().SQL())
		for i := range rows.Values {
			if rows.Get(i, "name") != name.Object {
				continue
			}
			x.found.Owner = snowflake.StoredObject(rows.Get(i, "owner"))
			if rows.Has("artifact_repositories") {
				x.found.Observed.Lists["ARTIFACT_REPOSITORIES"] = snowflake.ShownList(rows.Get(i, "artifact_repositories"))
			}
		}
		return err
	})
	if cut(err) {
		return err
	}
	x.role(x.found.Owner)
	err = x.as(func(q query.Querier) error {
		rows, err := q.Query(ctx, "SHOW GRANTS ON STREAMLIT "+name.SQL())
		if err != nil {
			return err
		}
		x.found.ViewersKnown = true
		for i := range rows.Values {
			role := snowflake.StoredObject(rows.Get(i, "grantee_name"))
			switch {
			case rows.Get(i, "granted_to") != snowflake.OnRole:
			case rows.Get(i, "privilege") == "OWNERSHIP":
				x.found.Owner = role
			case rows.Get(i, "privilege") == "USAGE" && !slices.Contains(x.found.Viewers, role):
				x.found.Viewers = append(x.found.Viewers, role)
			}
		}
		return nil
	})
	if cut(err) {
		return err
	}
	x.role(x.found.Owner)
	return nil
}

// The files of an app that a diagnosis reads: text of a moderate size, a few at once.
const (
	mostText  = 1 << 20
	mostFiles = 4
)

// isText reports whether a file is text that the code, the packages or the options of an app are in.
func isText(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".py", ".toml", ".yml", ".yaml", ".txt", ".sql", ".lock":
		return true
	}
	return path.Base(name) == ".python-version"
}

// files reads the files of the live version, else of the last one, or of the root location.
func (x *examiner) files(ctx context.Context) error {
	values := x.found.Observed.Values
	source := cmp.Or(values["LIVE_VERSION"], values["LAST_VERSION"], values["ROOT_LOCATION"])
	if source == "" {
		return nil
	}
	x.found.Location = source
	files := map[string][]byte{}
	err := x.as(func(q query.Querier) error {
		read, err := readFiles(ctx, q, source)
		files = read
		return err
	})
	if cut(err) {
		return err
	}
	if err != nil {
		x.found.Refused = query.Brief(err)
		return nil
	}
	x.found.Files = files
	for _, e := range x.found.Observed.Lists["IMPORTS"] {
		if name := path.Base(e.Text); e.Text != "" && files[name] == nil {
			files[name] = nil
			_ = x.as(func(q query.Querier) error {
				data, err := query.Get(ctx, q, e.Text)
				if err == nil && isText(name) {
					files[name] = data
				}
				return err
			}) // what cannot be read is there all the same
		}
	}
	return nil
}

// readFiles reads the texts under a place; what is not a text is there without content.
func readFiles(ctx context.Context, q query.Querier, source string) (map[string][]byte, error) {
	folder := strings.TrimRight(source, "/") + "/"
	rows, err := q.Query(ctx, "LIST "+snowflake.Literal(folder))
	if err != nil {
		return nil, err
	}
	return readListed(ctx, q, source, rows)
}

// readListed reads the texts that a LIST of a place shows.
func readListed(ctx context.Context, q query.Querier, source string, rows query.Rows) (map[string][]byte, error) {
	folder := strings.TrimRight(source, "/") + "/"
	files := map[string][]byte{}
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(mostFiles)
	for i := range rows.Values {
		name, ok := within(folder, rows.Get(i, "name"))
		if !ok || name == "" || strings.Contains("/"+name+"/", "/../") {
			continue
		}
		mu.Lock()
		files[name] = nil
		mu.Unlock()
		if !isText(name) || number(rows.Get(i, "size")) > mostText {
			continue
		}
		group.Go(safely.Go(func() error {
			data, err := query.Get(ctx, q, folder+name)
			mu.Lock()
			defer mu.Unlock()
			files[name] = data
			return err
		}))
	}
	return files, group.Wait() //nolint:wrapcheck // It is a Failure, which says all.
}

// number reads a whole number, 0 for what is none.
func number(text string) int64 {
	n := int64(0)
	for _, r := range text {
		if r < '0' || r > '9' {
			return 0
		}
		n = 10*n + int64(r-'0')
	}
	return n
}

// around reads what the app depends on.
func (x *examiner) around(ctx context.Context, o Examination) error {
	e := &x.found
	var first []snowflake.Resource
	add := func(list *[]snowflake.Resource, kind snowflake.Kind, name snowflake.Name) {
		r := snowflake.Resource{Ref: snowflake.Ref{Kind: kind, Name: name}, Managed: true}
		if !name.IsZero() && !slices.ContainsFunc(*list, func(have snowflake.Resource) bool { return have.Ref == r.Ref }) {
			*list = append(*list, r)
		}
	}
	for _, binding := range e.Observed.Lists["SECRETS"] {
		add(&first, snowflake.KindSecret, binding.Name)
	}
	for _, i := range e.Observed.Lists["EXTERNAL_ACCESS_INTEGRATIONS"] {
		add(&first, snowflake.KindIntegration, i.Name)
	}
	if pool, ok := e.Observed.Value("COMPUTE_POOL"); ok {
		add(&first, snowflake.KindPool, snowflake.StoredObject(pool))
	}
	if warehouse, ok := e.Observed.Value("QUERY_WAREHOUSE"); ok {
		add(&first, snowflake.KindWarehouse, snowflake.StoredObject(warehouse))
	}
	if o.Functions != nil {
		for _, name := range o.Functions(e.Files) {
			add(&first, snowflake.KindFunction, name)
		}
	}
	if err := x.see(ctx, first); err != nil {
		return err
	}
	holders, err := x.functionOwners(ctx, first)
	if err != nil {
		return err
	}
	concerned := slices.DeleteFunc([]snowflake.Name{e.Owner, o.Viewer}, snowflake.Name.IsZero)
	concerned = append(append(concerned, e.Viewers...), holders...)
	for _, role := range x.roles { // what a role has is shown to itself, and to who manages grants
		var open []snowflake.Name
		for _, c := range concerned {
			if !x.isKnown(c) {
				open = append(open, c)
			}
		}
		tasks := x.roleTasks(open)
		for i := range tasks {
			tasks[i].role = role
		}
		if err := x.run(ctx, tasks); err != nil {
			return err
		}
	}
	if err := x.placeGrants(ctx, concerned); err != nil {
		return err
	}
	x.account.Notes = nil // who was asked in vain first is of no interest
	var second []snowflake.Resource
	for _, r := range first {
		seen := x.account.Found[r.Ref]
		for _, entry := range seen.Lists["ALLOWED_NETWORK_RULES"] {
			add(&second, snowflake.KindNetworkRule, entry.Name)
		}
		for _, entry := range seen.Lists["SECRETS"] {
			add(&second, snowflake.KindSecret, entry.Name)
		}
		for _, entry := range seen.Lists["EXTERNAL_ACCESS_INTEGRATIONS"] {
			if r.Kind == snowflake.KindFunction {
				add(&second, snowflake.KindIntegration, entry.Name)
			}
		}
	}
	if err := x.see(ctx, second); err != nil {
		return err
	}
	if err := x.nearby(ctx); err != nil {
		return err
	}
	return x.parameters(ctx)
}

// placeGrants reads who may use the app's database and schema, where a role's own grants are not shown: the owner of an
// object sees them there.
// https://docs.snowflake.com/en/sql-reference/sql/show-grants
func (x *examiner) placeGrants(ctx context.Context, roles []snowflake.Name) error {
	if !slices.ContainsFunc(roles, func(r snowflake.Name) bool { return !x.isKnown(r) && r != administrator }) {
		return nil
	}
	app := x.found.App
	for _, place := range []snowflake.Ref{{Kind: snowflake.KindDatabase, Name: app.InDatabase()}, {Kind: snowflake.KindSchema, Name: app.Parent()}} {
		err := x.as(func(q query.Querier) error {
			rows, err := q.Query(ctx, "SHOW GRANTS ON "+place.Kind.SQL()+" "+place.Name.SQL())
			for i := range rows.Values {
				role := snowflake.StoredObject(rows.Get(i, "grantee_name"))
				if rows.Get(i, "granted_to") != snowflake.OnRole || x.isKnown(role) {
					continue
				}
				x.account.Roles.Privileges[role] = append(x.account.Roles.Privileges[role], snowflake.Privilege{
					Name: rows.Get(i, "privilege"), On: place.Kind.On(), Object: place.Name, Role: role,
				})
			}
			return err
		})
		if cut(err) {
			return err
		}
	}
	return nil
}

// functionOwners returns the roles that own functions: a secret is read with the rights of the function's owner.
// https://docs.snowflake.com/en/sql-reference/sql/show-grants
func (x *examiner) functionOwners(ctx context.Context, list []snowflake.Resource) ([]snowflake.Name, error) {
	var owners []snowflake.Name
	for _, r := range list {
		seen, there := x.account.Found[r.Ref]
		if r.Kind != snowflake.KindFunction || !there || seen.Presence != snowflake.Present {
			continue
		}
		err := x.as(func(q query.Querier) error {
			rows, err := q.Query(ctx, "SHOW GRANTS ON FUNCTION "+r.Name.SQL()+"()")
			for i := range rows.Values {
				if rows.Get(i, "privilege") == "OWNERSHIP" && rows.Get(i, "granted_to") == snowflake.OnRole {
					seen.Owner = snowflake.StoredObject(rows.Get(i, "grantee_name"))
				}
			}
			return err
		})
		if cut(err) {
			return nil, err
		}
		x.account.Found[r.Ref] = seen
		owners = append(owners, seen.Owner)
	}
	return slices.DeleteFunc(owners, snowflake.Name.IsZero), nil
}

// see asks about objects, first as the session's role, then about those that it does not see as the others.
func (x *examiner) see(ctx context.Context, list []snowflake.Resource) error {
	for _, role := range x.roles {
		var tasks []task
		for _, r := range list {
			seen := x.account.Found[r.Ref]
			if seen.Presence == snowflake.Present && !x.hides(r, seen) {
				continue
			}
			r.Owner = role
			ask := show
			switch r.Kind {
			case snowflake.KindIntegration:
				ask = integration
			case snowflake.KindNetworkRule:
				ask = networkRule
			case snowflake.KindFunction:
				ask = function
			case snowflake.KindSecret:
				ask = shownSecret
			default: // every other kind is found by SHOW
			}
			tasks = append(tasks, x.one(r, role, ask))
		}
		if err := x.run(ctx, tasks); err != nil {
			return err
		}
	}
	return nil
}

// hides reports whether an object is there and does not show what a diagnosis asks of it.
func (x *examiner) hides(r snowflake.Resource, seen snowflake.Observed) bool {
	switch r.Kind {
	case snowflake.KindNetworkRule:
		return len(seen.Lists["VALUE_LIST"]) == 0
	case snowflake.KindFunction:
		return len(seen.Lists["SECRETS"]) == 0
	default:
		return false
	}
}

// shownSecret asks about a secret, with the time at which it was made or replaced.
// https://docs.snowflake.com/en/sql-reference/sql/show-secrets
func shownSecret(ctx context.Context, q query.Querier, x snowflake.Resource) (snowflake.Observed, error) {
	b := batch{kind: x.Kind, place: x.Name.Parent(), role: x.Owner, objects: []snowflake.Resource{x}}
	rows, err := q.Query(ctx, b.statement())
	if err != nil {
		return snowflake.Observed{}, err
	}
	at := b.row(rows, x)
	if at < 0 {
		return snowflake.Observed{Presence: snowflake.Absent}, nil
	}
	found := foundIn(rows, at, b.kind)
	found.Values["CREATED"] = rows.Get(at, "created_on")
	return found, nil
}

// nearby reads which secrets, network rules and functions are in the app's schema: what is not bound yet may be
// there already.
func (x *examiner) nearby(ctx context.Context) error {
	schema := x.found.App.Parent()
	for _, near := range []struct {
		kind snowflake.Kind
		show string
	}{
		{snowflake.KindSecret, "SHOW SECRETS IN SCHEMA "},
		{snowflake.KindNetworkRule, "SHOW NETWORK RULES IN SCHEMA "},
	} {
		err := x.as(func(q query.Querier) error {
			rows, err := q.Query(ctx, near.show+schema.SQL())
			if err != nil {
				return err
			}
			for i := range rows.Values {
				name := snowflake.Name{Database: schema.Database, Schema: schema.Schema, Object: rows.Get(i, "name")}
				ref := snowflake.Ref{Kind: near.kind, Name: name}
				if x.account.Found[ref].Presence != snowflake.Present {
					x.account.Found[ref] = foundIn(rows, i, near.kind)
				}
			}
			return nil
		})
		if cut(err) {
			return err
		}
	}
	return nil
}

// parameters reads those of the account that decide whether a container starts.
// https://docs.snowflake.com/en/sql-reference/sql/show-parameters
func (x *examiner) parameters(ctx context.Context) error {
	if !x.found.Container() {
		return nil
	}
	for _, pattern := range []string{"%ALLOWED_SPCS_WORKLOAD_TYPES"} {
		err := x.as(func(q query.Querier) error {
			rows, err := q.Query(ctx, "SHOW PARAMETERS LIKE "+snowflake.Literal(pattern)+" IN ACCOUNT")
			for i := range rows.Values {
				x.account.Parameters[strings.ToUpper(rows.Get(i, "key"))] = rows.Get(i, "value")
			}
			return err
		})
		if cut(err) {
			return err
		}
	}
	return nil
}
