package scaffold

import (
	"slices"
	"strings"

	"sleet/snowflake"
)

// Wanted gives everything that an app wants in an account, in the order in which it is made: what
// Setup makes, a grant each, and what it uses of others. What the answers leave to the connection
// is taken from the session: database, schema and the owner's role. It does no I/O.
func Wanted(a App, session snowflake.Context) []snowflake.Object {
	o := objectsOf(placed(a, session))
	w := wanted{o: o}
	w.uses()
	for _, s := range setupSections(o) {
		for _, st := range s.statements {
			st.Role = s.role
			w.add(st)
		}
	}
	return w.list
}

// placed fills in what the answers leave to the connection. The integration keeps the name that it
// has without that, which is the one in sql/setup.sql.
func placed(a App, session snowflake.Context) App {
	p := a.Clone()
	p.Network.Integration = a.Resolve().Network.Integration
	p.App.Database = first(a.App.Database, exact(session.Database))
	p.App.Schema = first(a.App.Schema, exact(session.Schema))
	if a.App.Database != "" && a.App.Schema == "" && !snowflake.Same(a.App.Database, exact(session.Database)) {
		p.App.Schema = "PUBLIC"
	}
	p.Roles.Owner = first(a.Roles.Owner, exact(session.Role))
	return p
}

// exact gives a name in its stored form as a raw name that means the same.
func exact(stored string) string {
	if stored == "" {
		return ""
	}
	if again, err := snowflake.Stored(stored); err == nil && again == stored {
		return stored
	}
	return `"` + strings.ReplaceAll(stored, `"`, `""`) + `"`
}

// usage is the privilege to use an object, integrationKind what GRANT … ON calls integrations.
const (
	usage           = "USAGE"
	integrationKind = "INTEGRATION"
)

// wanted gathers the objects of an app.
type wanted struct {
	o    *objects
	list []snowflake.Object
}

// uses adds what the app uses and never makes.
func (w *wanted) uses() {
	o := w.o
	use := func(kind snowflake.Kind, name, on string) {
		w.list = append(w.list, snowflake.Object{
			Ref: snowflake.Ref{Kind: kind, Name: name}, Role: o.owner,
			Needs: []snowflake.Privilege{{Name: usage, On: on, Object: name, Role: o.owner}},
		})
	}
	for _, database := range w.databases() {
		use(snowflake.KindDatabase, database, "DATABASE")
	}
	use(snowflake.KindWarehouse, o.warehouse, "WAREHOUSE")
	if o.pool != "" {
		use(snowflake.KindPool, o.pool, "COMPUTE POOL")
	}
	for _, s := range o.secrets {
		if s.Existing {
			use(snowflake.KindSecret, s.name, "SECRET")
			w.list[len(w.list)-1].Properties = []snowflake.Property{{Name: "TYPE", Want: sqlType(s.Type), Fixed: true, IfShown: true}}
		}
	}
	w.usesOfNetwork()
	if len(o.repositories()) > 0 {
		use(snowflake.KindRole, pypiUser, "DATABASE ROLE")
	}
}

// usesOfNetwork adds the network rules of others, and the integrations that secrets have their values
// from. A network rule has no privilege but OWNERSHIP, so none is needed to name it.
func (w *wanted) usesOfNetwork() {
	o := w.o
	add := func(x snowflake.Object) {
		if !slices.ContainsFunc(w.list, func(y snowflake.Object) bool { return y.Ref == x.Ref }) {
			w.list = append(w.list, x)
		}
	}
	for _, rule := range o.rules {
		if rule != o.rule && !strings.EqualFold(rule, pypiRule) && o.integration != "" {
			add(snowflake.Object{Ref: snowflake.Ref{Kind: snowflake.KindNetworkRule, Name: rule}, Role: o.admin})
		}
	}
	for _, s := range o.secrets {
		if s.Integration == "" || s.Existing {
			continue
		}
		name := snowflake.AnyIdent(s.Integration)
		add(snowflake.Object{
			Ref: snowflake.Ref{Kind: snowflake.KindSecurity, Name: name}, Role: o.owner,
			Needs: []snowflake.Privilege{{Name: usage, On: integrationKind, Object: name, Role: o.owner}},
		})
	}
}

// pypiUser is the database role that may take packages from Snowflake's mirror of PyPI. PUBLIC has
// it unless an administrator took it back.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
const pypiUser = "SNOWFLAKE.PYPI_REPOSITORY_USER"

// databases are those that the app's objects lie in.
func (w *wanted) databases() []string {
	list := make([]string, 0, len(w.o.secrets)+2)
	list = append(list, w.o.database)
	for _, s := range w.o.secrets {
		list = append(list, s.database)
	}
	list = append(list, schemaOf(schemaOf(w.o.stage)))
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(name string) bool { return name == "" })
}

// add adds the object that a statement of the set-up makes.
func (w *wanted) add(st snowflake.Statement) {
	ref := snowflake.Ref{Kind: st.Kind, Name: st.Name}
	switch st.Kind {
	case snowflake.KindSession:
		return
	case snowflake.KindGrant:
		w.grants(st)
		return
	case snowflake.KindStreamlit:
		w.streamlit(ref, st)
		return
	default:
	}
	object := snowflake.Object{Ref: ref, Role: st.Role, Create: []snowflake.Statement{st}}
	w.describe(&object)
	w.list = append(w.list, object)
}

// streamlit adds the app. The live version is a statement of its own: what runs the plan lets the
// error pass that says there is one.
func (w *wanted) streamlit(ref snowflake.Ref, st snowflake.Statement) {
	if i := slices.IndexFunc(w.list, func(x snowflake.Object) bool { return x.Ref == ref }); i >= 0 {
		st.SQL = "ALTER STREAMLIT " + w.o.streamlit + " ADD LIVE VERSION FROM LAST"
		w.list[i].Create = append(w.list[i].Create, st)
		return
	}
	object := snowflake.Object{Ref: ref, Role: st.Role, Create: []snowflake.Statement{st}}
	w.describe(&object)
	w.list = append(w.list, object)
}

// grants adds a grant for each privilege of a statement.
func (w *wanted) grants(st snowflake.Statement) {
	text, role, found := cutLast(strings.TrimPrefix(st.SQL, "GRANT "), " TO ROLE ")
	if !found {
		return
	}
	if name, ok := strings.CutPrefix(text, "DATABASE ROLE "); ok {
		w.grant(st, snowflake.Privilege{Name: usage, On: "DATABASE ROLE", Object: name, Role: role},
			"GRANT "+text+" TO ROLE "+role, st.Undo)
		return
	}
	privileges, object, _ := strings.Cut(text, " ON ")
	for _, p := range strings.Split(privileges, ", ") {
		kind, name := cutKind(object)
		on := p + " ON " + object
		w.grant(st, snowflake.Privilege{Name: p, On: kind, Object: name, Role: role},
			"GRANT "+on+" TO ROLE "+role, "REVOKE "+on+" FROM ROLE "+role)
	}
}

func (w *wanted) grant(st snowflake.Statement, p snowflake.Privilege, sql, undo string) {
	ref := snowflake.Ref{Kind: snowflake.KindGrant, Name: p.Name + " ON " + p.On + " " + p.Object + " TO " + p.Role}
	if slices.ContainsFunc(w.list, func(x snowflake.Object) bool { return x.Ref == ref }) {
		return
	}
	st.Name, st.SQL, st.Undo = ref.Name, sql, undo
	object := snowflake.Object{Ref: ref, Role: st.Role, Create: []snowflake.Statement{st}, Grant: &p}
	for _, made := range w.list {
		if len(made.Create) > 0 && onKind(made.Kind) == p.On && made.Name == p.Object {
			object.Uses = append(object.Uses, made.Ref)
		}
	}
	w.list = append(w.list, object)
}

// grantKinds are the kinds of two words that GRANT … ON has.
func cutKind(object string) (kind, name string) {
	for _, two := range []string{"COMPUTE POOL ", "NETWORK RULE ", "DATABASE ROLE "} {
		if name, ok := strings.CutPrefix(object, two); ok {
			return strings.TrimSpace(two), name
		}
	}
	kind, name, _ = strings.Cut(object, " ")
	return kind, name
}

// onKind is a kind as GRANT … ON writes it.
func onKind(k snowflake.Kind) string {
	if k == snowflake.KindIntegration || k == snowflake.KindSecurity {
		return integrationKind
	}
	return strings.ToUpper(string(k))
}

// cutLast cuts a text at the last separator.
func cutLast(text, sep string) (before, after string, found bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(sep):], true
}
