package account

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"sleet/safely"
	"sleet/snowflake"
)

// references are what other things of an account refer to.
type references struct {
	// users are the things that refer to an object, by its kind and stored name; apps are the other
	// apps that the person can see in the app's schema.
	users map[string][]snowflake.Ref
	apps  []string
}

// of are the things that refer to an object.
func (r references) of(ref snowflake.Ref) []snowflake.Ref {
	return r.users[string(ref.Kind)+" "+storedPath(ref.Name)]
}

// storedPath is the stored form of a qualified name, dots between; a function's without arguments.
func storedPath(name string) string {
	name, _, _ = strings.Cut(name, "(")
	parts, err := snowflake.Qualified(name)
	if err != nil {
		return name
	}
	for i, p := range parts {
		parts[i] = stored(p)
	}
	return strings.Join(parts, ".")
}

// mostAsked bounds how many things are described one by one.
const mostAsked = 500

// referencesTo finds what else uses an app's secrets, rules and integration: other apps,
// integrations, functions and procedures, as far as the person may see them.
func referencesTo(ctx context.Context, c *Client, objects []snowflake.Object, account snowflake.Account) (references, error) {
	f := &finder{own: map[string]bool{}, found: references{users: map[string][]snowflake.Ref{}}}
	shared := false
	for _, x := range objects {
		f.own[string(x.Kind)+" "+storedPath(x.Name)] = true
		if x.Kind == snowflake.KindStreamlit {
			f.schema = storedPath(x.Name)
			f.schema = f.schema[:strings.LastIndex(f.schema, ".")+1]
		}
		shared = shared || account.Found[x.Ref].Presence == snowflake.Present
	}
	if !shared {
		return f.found, nil
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(several)
	sight := farthest(account.Roles)
	for _, look := range []func(context.Context, *asker) error{streamlits, integrations, functions, procedures} {
		group.Go(safely.Go(func() error {
			home := account.Context.Role
			a := &asker{finder: f, line: &line{client: c, home: home, role: home}, role: sight}
			defer a.line.leave(ctx)
			return look(ctx, a)
		}))
	}
	err := group.Wait()
	for key := range f.found.users {
		slices.SortFunc(f.found.users[key], func(a, b snowflake.Ref) int {
			return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
		})
	}
	return f.found, err //nolint:wrapcheck // It is a Failure, which says all.
}

// Users says what else uses the objects that a plan would alter and others can refer to, so that it
// can ask first: account's Found have it then. Nothing is asked where nothing of the kind is altered.
func Users(ctx context.Context, c *Client, account snowflake.Account, plan snowflake.Plan) (found bool, err error) {
	var altered []snowflake.Object
	objects := make([]snowflake.Object, 0, len(plan.Items))
	for _, item := range plan.Items {
		objects = append(objects, item.Object)
		there := account.Found[item.Ref].Presence == snowflake.Present
		if there && len(item.Changes) > 0 && referable(item.Kind) {
			altered = append(altered, item.Object)
		}
	}
	if len(altered) == 0 {
		return false, nil
	}
	references, err := referencesTo(ctx, c, objects, account)
	if err != nil {
		return false, err
	}
	for _, x := range altered {
		one := account.Found[x.Ref]
		one.Users = references.of(x.Ref)
		for _, y := range objects {
			// What a rule allows is allowed to all that use an integration with the rule.
			if x.Kind == snowflake.KindNetworkRule && y.Kind == snowflake.KindIntegration && slices.Contains(y.Uses, x.Ref) {
				one.Users = append(one.Users, references.of(y.Ref)...)
			}
		}
		found = found || len(one.Users) > 0
		account.Found[x.Ref] = one
	}
	return found, nil
}

// referable says whether other apps, integrations and handlers can refer to what is of a kind.
func referable(kind snowflake.Kind) bool {
	return kind == snowflake.KindNetworkRule || kind == snowflake.KindIntegration || kind == snowflake.KindSecret
}

// finder gathers references.
type finder struct {
	// own are the app's objects; schema is the app's, with a dot behind.
	own    map[string]bool
	schema string
	mu     sync.Mutex
	found  references
}

// farthest is the role that sees most of an account: one with MANAGE GRANTS sees all of it. Empty
// is the session's own.
// https://docs.snowflake.com/en/sql-reference/sql/show-grants
func farthest(r snowflake.Roles) string {
	for _, role := range []string{"ACCOUNTADMIN", "SECURITYADMIN"} {
		if r.CanTake(role) && len(r.Available) > 0 {
			return role
		}
	}
	return ""
}

// asker asks on a line of its own.
type asker struct {
	*finder
	line *line
	// role is the one that sees most; empty for the session's.
	role string
}

// ask asks as the role that sees most, and as the session's where that is refused: seeing is not
// enough to describe. What both refuse is nothing: then nothing can be known.
func (a *asker) ask(ctx context.Context, sql string) (Rows, error) {
	for _, role := range []string{a.role, ""} {
		rows, _, err := a.line.send(ctx, role, func(s Session) (Rows, error) { return s.Query(ctx, sql) })
		if err == nil {
			return rows, nil
		}
		if cut(err) {
			return Rows{}, err
		}
		if a.role == "" {
			break
		}
	}
	return Rows{}, nil
}

// uses keeps what a thing refers to.
func (f *finder) uses(user snowflake.Ref, kind snowflake.Kind, names []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, name := range names {
		if _, value, isMap := strings.Cut(name, " = "); isMap {
			name = value
		}
		key := string(kind) + " " + storedPath(name)
		if f.own[key] && !slices.Contains(f.found.users[key], user) {
			f.found.users[key] = append(f.found.users[key], user)
		}
	}
}

// rowPath is the stored name of what a row of SHOW shows, and as SQL writes it.
func rowPath(r Rows, i int, database string) (name, sql string) {
	name = r.Get(i, database) + "." + r.Get(i, "schema_name") + "." + r.Get(i, "name")
	sql = snowflake.AnyIdent(exactly(r.Get(i, database))) + "." + snowflake.AnyIdent(exactly(r.Get(i, "schema_name"))) + "." +
		snowflake.AnyIdent(exactly(r.Get(i, "name")))
	return name, sql
}

func streamlits(ctx context.Context, f *asker) error {
	rows, err := f.ask(ctx, "SHOW STREAMLITS IN ACCOUNT")
	if err != nil {
		return err
	}
	for i := range min(len(rows.Values), mostAsked) {
		name, sql := rowPath(rows, i, "database_name")
		if f.own["streamlit "+name] {
			continue
		}
		if strings.HasPrefix(name, f.schema) {
			f.mu.Lock()
			f.found.apps = append(f.found.apps, name)
			f.mu.Unlock()
		}
		described, err := f.ask(ctx, "DESCRIBE STREAMLIT "+sql)
		if err != nil {
			return err
		}
		if len(described.Values) > 0 {
			f.uses(snowflake.Ref{Kind: snowflake.KindStreamlit, Name: name}, snowflake.KindIntegration, entries(described.Get(0, "external_access_integrations")))
			f.uses(snowflake.Ref{Kind: snowflake.KindStreamlit, Name: name}, snowflake.KindSecret, entries(described.Get(0, "external_access_secrets")))
		}
	}
	return nil
}

func integrations(ctx context.Context, f *asker) error {
	rows, err := f.ask(ctx, "SHOW EXTERNAL ACCESS INTEGRATIONS")
	if err != nil {
		return err
	}
	for i := range min(len(rows.Values), mostAsked) {
		name := rows.Get(i, "name")
		if f.own["external access integration "+name] {
			continue
		}
		described, err := f.ask(ctx, "DESCRIBE INTEGRATION "+snowflake.AnyIdent(exactly(name)))
		if err != nil {
			return err
		}
		for n := range described.Values {
			list := entries(described.Get(n, "property_value"))
			switch strings.ToUpper(described.Get(n, "property")) {
			case "ALLOWED_NETWORK_RULES":
				f.uses(snowflake.Ref{Kind: "integration", Name: name}, snowflake.KindNetworkRule, list)
			case "ALLOWED_AUTHENTICATION_SECRETS":
				f.uses(snowflake.Ref{Kind: "integration", Name: name}, snowflake.KindSecret, list)
			}
		}
	}
	return nil
}

func functions(ctx context.Context, f *asker) error {
	return f.handlers(ctx, "SHOW USER FUNCTIONS IN ACCOUNT", snowflake.KindFunction)
}

func procedures(ctx context.Context, f *asker) error {
	return f.handlers(ctx, "SHOW USER PROCEDURES IN ACCOUNT", "procedure")
}

// handlers looks through functions or procedures: SHOW gives what they may reach.
// https://docs.snowflake.com/en/sql-reference/sql/show-user-functions
func (a *asker) handlers(ctx context.Context, sql string, kind snowflake.Kind) error {
	rows, err := a.ask(ctx, sql)
	if err != nil {
		return err
	}
	for i := range rows.Values {
		name, _ := rowPath(rows, i, "catalog_name")
		if a.own[string(kind)+" "+name] {
			continue
		}
		a.uses(snowflake.Ref{Kind: kind, Name: name}, snowflake.KindIntegration, entries(rows.Get(i, "external_access_integrations")))
		a.uses(snowflake.Ref{Kind: kind, Name: name}, snowflake.KindSecret, entries(rows.Get(i, "secrets")))
	}
	return nil
}
