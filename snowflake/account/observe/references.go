package observe

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/snowflake/safely"
)

// References maps objects of an app to other objects of the account that refer to them.
type References struct {
	// users are the objects that refer to an object.
	users map[snowflake.Ref][]snowflake.Ref
	// Apps are the other apps that the person can see in the app's schema.
	Apps []string
}

// Of returns the objects that refer to ref.
func (r References) Of(ref snowflake.Ref) []snowflake.Ref { return r.users[ref] }

// mostAsked limits the number of objects that are described one by one.
const mostAsked = 500

// ReferencesTo finds what else uses an app's secrets, network rules and integration: other apps, integrations,
// functions and procedures, as far as the person may see them.
func ReferencesTo(ctx context.Context, c query.Session, objects []snowflake.Resource, account snowflake.Account) (References, error) {
	f := &finder{own: map[snowflake.Ref]bool{}, found: References{users: map[snowflake.Ref][]snowflake.Ref{}}}
	shared := false
	for _, x := range objects {
		f.own[x.Ref] = true
		if x.Kind == snowflake.KindStreamlit {
			f.schema = x.Name.Parent()
		}
		shared = shared || account.Found[x.Ref].Presence == snowflake.Present
	}
	if !shared {
		return f.found, nil
	}
	group, ctx := errgroup.WithContext(ctx)
	sight := elevatedRole(account.Roles)
	for _, look := range []func(context.Context, *elevatedQuerier) error{streamlits, integrations, functions, procedures} {
		group.Go(safely.Go(func() error {
			return look(ctx, &elevatedQuerier{finder: f, client: c, role: sight})
		}))
	}
	err := group.Wait()
	for ref := range f.found.users {
		slices.SortFunc(f.found.users[ref], func(a, b snowflake.Ref) int {
			return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.SQL(), b.SQL()))
		})
	}
	return f.found, err //nolint:wrapcheck // A query.Failure needs no context.
}

// FindOtherUsers finds what else uses the objects that a plan would alter, so that the program can ask first, and
// records it in account.Found. It reports whether it found any. If the plan alters nothing that other objects can refer
// to, it runs no query.
func FindOtherUsers(ctx context.Context, c query.Session, account snowflake.Account, plan snowflake.Plan) (found bool, err error) {
	var altered []snowflake.Resource
	objects := make([]snowflake.Resource, 0, len(plan.Items))
	for _, item := range plan.Items {
		objects = append(objects, item.Resource)
		there := account.Found[item.Ref].Presence == snowflake.Present
		if there && len(item.Changes) > 0 && referable(item.Kind) {
			altered = append(altered, item.Resource)
		}
	}
	if len(altered) == 0 {
		return false, nil
	}
	references, err := ReferencesTo(ctx, c, objects, account)
	if err != nil {
		return false, err
	}
	for _, x := range altered {
		one := account.Found[x.Ref]
		one.Users = references.Of(x.Ref)
		for _, y := range objects {
			// An address that a rule allows is allowed for everything that uses an integration with that rule.
			if x.Kind == snowflake.KindNetworkRule && y.Kind == snowflake.KindIntegration && slices.Contains(y.Uses, x.Ref) {
				one.Users = append(one.Users, references.Of(y.Ref)...)
			}
		}
		found = found || len(one.Users) > 0
		account.Found[x.Ref] = one
	}
	return found, nil
}

// referable reports whether other apps, integrations and handlers can refer to objects of a kind.
func referable(kind snowflake.Kind) bool {
	return kind == snowflake.KindNetworkRule || kind == snowflake.KindIntegration || kind == snowflake.KindSecret
}

// finder collects references.
type finder struct {
	// own are the app's objects; schema is the app's schema.
	own    map[snowflake.Ref]bool
	schema snowflake.Name
	mu     sync.Mutex
	found  References
}

// elevatedRole returns the role that sees most of an account: a role with MANAGE GRANTS sees everything. The zero Name
// is the session's own role.
// https://docs.snowflake.com/en/sql-reference/sql/show-grants
func elevatedRole(r snowflake.Roles) snowflake.Name {
	for _, role := range []snowflake.Name{snowflake.StoredObject("ACCOUNTADMIN"), snowflake.StoredObject("SECURITYADMIN")} {
		if r.CanUse(role) && len(r.Available) > 0 {
			return role
		}
	}
	return snowflake.Name{}
}

// elevatedQuerier queries references.
type elevatedQuerier struct {
	*finder
	client query.Session
	// role is the role that sees most; the zero Name is the session's own.
	role snowflake.Name
}

// Query runs a statement as the role that sees most, then as the session's role if that is refused: a role may see an
// object without being allowed to describe it. If both are refused, it returns no rows and no error.
func (a *elevatedQuerier) Query(ctx context.Context, sql string) (query.Rows, error) {
	for _, role := range []snowflake.Name{a.role, {}} {
		rows, err := query.Run(ctx, a.client, role, sql)
		if err == nil {
			return rows, nil
		}
		if connectionLost(err) {
			return query.Rows{}, err
		}
		if a.role.IsZero() {
			break
		}
	}
	return query.Rows{}, nil
}

// uses records the app's objects that user refers to in list.
func (f *finder) uses(user snowflake.Ref, kind snowflake.Kind, list string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, entry := range snowflake.ShownList(list) {
		ref := snowflake.Ref{Kind: kind, Name: entry.Name}
		if f.own[ref] && !slices.Contains(f.found.users[ref], user) {
			f.found.users[ref] = append(f.found.users[ref], user)
		}
	}
}

// rowName returns the name of the object in a row of SHOW.
func rowName(r query.Rows, i int, database string) snowflake.Name {
	return snowflake.Name{Database: r.Get(i, database), Schema: r.Get(i, "schema_name"), Object: r.Get(i, "name")}
}

func streamlits(ctx context.Context, f *elevatedQuerier) error {
	rows, err := f.Query(ctx, "SHOW STREAMLITS IN ACCOUNT")
	if err != nil {
		return err
	}
	var others []snowflake.Ref
	for i := range min(len(rows.Values), mostAsked) {
		ref := snowflake.Ref{Kind: snowflake.KindStreamlit, Name: rowName(rows, i, "database_name")}
		if f.own[ref] {
			continue
		}
		others = append(others, ref)
		if ref.Name.Parent() == f.schema {
			f.mu.Lock()
			f.found.Apps = append(f.found.Apps, ref.SQL())
			f.mu.Unlock()
		}
	}
	return f.describeAll(ctx, others, func(ref snowflake.Ref, described query.Rows) {
		if len(described.Values) > 0 {
			f.uses(ref, snowflake.KindIntegration, described.Get(0, "external_access_integrations"))
			f.uses(ref, snowflake.KindSecret, described.Get(0, "external_access_secrets"))
		}
	})
}

// describeAll describes objects, several at a time.
func (a *elevatedQuerier) describeAll(ctx context.Context, list []snowflake.Ref, each func(snowflake.Ref, query.Rows)) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(query.AtOnce)
	for _, ref := range list {
		group.Go(safely.Go(func() error {
			kind := ref.Kind.SQL()
			if ref.Kind == snowflake.KindIntegration {
				kind = "INTEGRATION"
			}
			described, err := a.Query(ctx, "DESCRIBE "+kind+" "+ref.SQL())
			if err == nil {
				each(ref, described)
			}
			return err
		}))
	}
	return group.Wait() //nolint:wrapcheck // A query.Failure needs no context.
}

func integrations(ctx context.Context, f *elevatedQuerier) error {
	rows, err := f.Query(ctx, "SHOW EXTERNAL ACCESS INTEGRATIONS")
	if err != nil {
		return err
	}
	var others []snowflake.Ref
	for i := range min(len(rows.Values), mostAsked) {
		ref := snowflake.Ref{Kind: snowflake.KindIntegration, Name: snowflake.StoredObject(rows.Get(i, "name"))}
		if !f.own[ref] {
			others = append(others, ref)
		}
	}
	return f.describeAll(ctx, others, func(ref snowflake.Ref, described query.Rows) {
		for n := range described.Values {
			list := described.Get(n, "property_value")
			switch strings.ToUpper(described.Get(n, "property")) {
			case "ALLOWED_NETWORK_RULES":
				f.uses(ref, snowflake.KindNetworkRule, list)
			case "ALLOWED_AUTHENTICATION_SECRETS":
				f.uses(ref, snowflake.KindSecret, list)
			}
		}
	})
}

func functions(ctx context.Context, f *elevatedQuerier) error {
	return f.handlers(ctx, "SHOW USER FUNCTIONS IN ACCOUNT", snowflake.KindFunction)
}

func procedures(ctx context.Context, f *elevatedQuerier) error {
	return f.handlers(ctx, "SHOW USER PROCEDURES IN ACCOUNT", "procedure")
}

// handlers searches functions or procedures. SHOW lists their integrations and secrets.
// https://docs.snowflake.com/en/sql-reference/sql/show-user-functions
func (a *elevatedQuerier) handlers(ctx context.Context, sql string, kind snowflake.Kind) error {
	rows, err := a.Query(ctx, sql)
	if err != nil {
		return err
	}
	for i := range rows.Values {
		ref := snowflake.Ref{Kind: kind, Name: rowName(rows, i, "catalog_name")}
		if a.own[ref] {
			continue
		}
		a.uses(ref, snowflake.KindIntegration, rows.Get(i, "external_access_integrations"))
		a.uses(ref, snowflake.KindSecret, rows.Get(i, "secrets"))
	}
	return nil
}
