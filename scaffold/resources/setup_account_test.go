package resources_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/resources"
	"sleet/scaffold/testapps"
	"sleet/snowflake"
)

// account simulates as much of a Snowflake account as our scripts need: objects with owners,
// granted privileges and one session. A role may only do what it was granted or owns; MANAGE GRANTS
// lets a role grant, but not use.
// https://docs.snowflake.com/en/user-guide/security-access-control-privileges
type account struct {
	owners  map[string]string // "SCHEMA APPS.SALES" → role
	grants  map[string]bool   // "USAGE ON SCHEMA APPS.SALES TO APP_OWNER"
	live    map[string]bool   // STREAMLITs with a live version
	role    string
	changes []string
	ident   *regexp.Regexp
}

const admins = "ACCOUNTADMIN"

func newAccount(roles ...string) *account {
	a := &account{
		owners: map[string]string{}, grants: map[string]bool{}, live: map[string]bool{}, role: admins,
		ident: regexp.MustCompile(`(?:"(?:[^"]|"")*"|[A-Za-z_][A-Za-z0-9_$]*)(?:\.(?:"(?:[^"]|"")*"|[A-Za-z_][A-Za-z0-9_$]*)){0,2}`),
	}
	for _, role := range append(roles, admins) {
		a.grants["CREATE INTEGRATION ON ACCOUNT TO "+a.stored(role)] = true
		a.grants["MANAGE GRANTS ON ACCOUNT TO "+a.stored(role)] = true
	}
	return a
}

// stored returns a name as the account stores it.
func (a *account) stored(name string) string {
	parts, err := snowflake.Qualified(name)
	if err != nil {
		panic(err)
	}
	for i, p := range parts {
		parts[i], _ = snowflake.Stored(p)
	}
	return strings.Join(parts, "\x00")
}

// name returns the name at the start of text.
func (a *account) name(text string) string { return a.stored(a.ident.FindString(text)) }

// names returns the list after a clause's "(".
func (a *account) names(sql, clause string) []string {
	_, list, ok := strings.Cut(sql, "\n  "+clause+" = (")
	if !ok {
		return nil
	}
	list, _, _ = strings.Cut(list, ")\n")
	var names []string
	for item := range strings.SplitSeq(strings.TrimSuffix(list, ")"), ", ") {
		if _, name, bound := strings.Cut(item, "' = "); bound {
			item = name
		}
		names = append(names, a.name(item))
	}
	return names
}

// may reports whether the session's role owns an object or has a privilege on it, including USAGE
// on the parents of the object.
func (a *account) may(privilege, object string) error {
	if a.owners[object] != a.role && !a.grants[privilege+" ON "+object+" TO "+a.role] {
		return fmt.Errorf("%s may not %s on %q", a.role, privilege, object)
	}
	kind, name, _ := strings.Cut(object, " ")
	switch n := strings.LastIndex(name, "\x00"); {
	case kind == "SCHEMA" && n > 0:
		return a.may("USAGE", "DATABASE "+name[:n])
	case n > 0:
		return a.may("USAGE", "SCHEMA "+name[:n])
	}
	return nil
}

// run executes one statement.
func (a *account) run(sql string) error {
	switch verb, rest, _ := strings.Cut(sql, " "); verb {
	case "USE":
		if role, ok := strings.CutPrefix(rest, "ROLE "); ok {
			a.role = a.stored(role)
		}
		return nil
	case "CREATE":
		return a.create(sql)
	case "EXECUTE":
		return a.addLive(sql)
	case "GRANT":
		return a.grant(rest)
	case "DROP":
		return a.drop(rest)
	case "REMOVE":
		return a.may("OWNERSHIP", "STAGE "+a.name(strings.TrimPrefix(unquoteBody(rest), "@")))
	default:
		return fmt.Errorf("unknown statement %q", sql)
	}
}

func (a *account) create(sql string) error {
	kind, rest, found := strings.Cut(strings.TrimPrefix(sql, "CREATE "), " IF NOT EXISTS ")
	if !found {
		kind, rest, _ = strings.Cut(sql, "CREATE OR REPLACE SECURE FUNCTION ")
		kind, rest = "FUNCTION", strings.TrimPrefix(rest, kind)
	}
	name := a.name(rest)
	object := kind + " " + name
	var needs []error
	need := func(privilege, object string) { needs = append(needs, a.may(privilege, object)) }
	n := strings.LastIndex(name, "\x00")
	switch kind {
	case "SCHEMA":
		need("CREATE SCHEMA", "DATABASE "+name[:n])
	case "EXTERNAL ACCESS INTEGRATION":
		object = "INTEGRATION " + name
		need("CREATE INTEGRATION", "ACCOUNT")
		for _, s := range a.names(sql, "ALLOWED_AUTHENTICATION_SECRETS") {
			need("USAGE", "SECRET "+s)
		}
	default:
		need("CREATE "+kind, "SCHEMA "+name[:n])
		for _, i := range a.names(sql, "EXTERNAL_ACCESS_INTEGRATIONS") {
			need("USAGE", "INTEGRATION "+i)
		}
		for _, s := range a.names(sql, "SECRETS") {
			need("USAGE", "SECRET "+s)
			need("READ", "SECRET "+s)
		}
	}
	for clause, of := range map[string]string{"QUERY_WAREHOUSE": "WAREHOUSE ", "COMPUTE_POOL": "COMPUTE POOL ", "API_AUTHENTICATION": "INTEGRATION "} {
		if _, value, ok := strings.Cut(sql, "\n  "+clause+" = "); ok {
			need("USAGE", of+a.name(value))
		}
	}
	for _, err := range needs {
		if err != nil {
			return err
		}
	}
	if a.owners[object] == "" {
		a.owners[object] = a.role
		a.changes = append(a.changes, object)
	}
	return nil
}

func (a *account) addLive(sql string) error {
	_, body, _ := strings.Cut(sql, " IMMEDIATE ")
	_, rest, _ := strings.Cut(unquoteBody(body), "ALTER STREAMLIT ")
	object := "STREAMLIT " + a.name(rest)
	if err := a.may("OWNERSHIP", object); err != nil {
		return err
	}
	if !a.live[object] { // the second time, the block ignores the error
		a.live[object] = true
		a.changes = append(a.changes, "live "+object)
	}
	return nil
}

func (a *account) grant(rest string) error {
	what, role, _ := strings.Cut(rest, " TO ROLE ")
	privileges, on, found := strings.Cut(what, " ON ")
	if !found { // one of Snowflake's database roles
		privileges, on = what, "ACCOUNT"
	}
	object := on
	for _, kind := range []string{"DATABASE ", "SCHEMA ", "SECRET ", "STREAMLIT ", "INTEGRATION ", "WAREHOUSE ", "COMPUTE POOL "} {
		if name, ok := strings.CutPrefix(on, kind); ok {
			object = kind + a.stored(name)
		}
	}
	if a.owners[object] != a.role && !a.grants["MANAGE GRANTS ON ACCOUNT TO "+a.role] {
		return fmt.Errorf("%s may not grant on %q", a.role, object)
	}
	for p := range strings.SplitSeq(privileges, ", ") {
		g := p + " ON " + object + " TO " + a.stored(role)
		if !a.grants[g] {
			a.grants[g] = true
			a.changes = append(a.changes, g)
		}
	}
	return nil
}

func (a *account) drop(rest string) error {
	kind, name, _ := strings.Cut(rest, " IF EXISTS ")
	object := kind + " " + a.name(name)
	if a.owners[object] == "" {
		return nil
	}
	if a.owners[object] != a.role {
		return fmt.Errorf("%s does not own %q", a.role, object)
	}
	delete(a.owners, object)
	a.changes = append(a.changes, "dropped "+object)
	return nil
}

func (a *account) runScript(t *testing.T, script []byte) {
	t.Helper()
	statements, err := splitSQL(fillSlots(string(script)))
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range statements {
		if err := a.run(sql); err != nil {
			t.Fatalf("%v:\n%s", err, sql)
		}
	}
}

// prepare creates what a script expects: the database, existing secrets, and the privileges that
// the script's head lists for the owner.
func (a *account) prepare(t *testing.T, app scaffold.App, script []byte) {
	t.Helper()
	for _, name := range []string{"apps", "shared", "ops", "other", "net", `"my db's"`} {
		a.owners["DATABASE "+a.stored(name)] = "SYSADMIN"
	}
	for _, s := range app.Secrets {
		if s.Existing {
			name, err := snowflake.Join(app.App.Database, app.App.Schema, s.Object)
			if err != nil {
				t.Fatal(err)
			}
			a.owners["SECRET "+a.stored(name)] = "SECURITY_TEAM"
		}
	}
	for line := range strings.SplitSeq(string(script), "\n") {
		if grant, ok := strings.CutPrefix(line, "--   GRANT "); ok {
			if err := a.grant(grant); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestSetupInAnAccount runs each script of an app that names its database, schema and owner. It
// must succeed for an owner with exactly the privileges in the head. A second run must change
// nothing. Teardown must remove everything of ours and nothing else, also when run twice.
func TestSetupInAnAccount(t *testing.T) {
	ran := 0
	testapps.Each(t, func(t *testing.T, c testapps.Case) {
		if c.App.App.Database == "" || c.App.App.Schema == "" || c.App.Roles.Owner == "" {
			t.Skip("leaves its place or its roles to the session")
		}
		ran++
		app := c.App.Resolve()
		setup, teardown := resources.SetupSQL(c.App), resources.TeardownSQL(c.App)
		a := newAccount(app.Roles.Admin)
		a.prepare(t, app, setup)
		before := maps.Clone(a.owners)

		a.runScript(t, setup)
		made := slices.DeleteFunc(slices.Sorted(maps.Keys(a.owners)), func(o string) bool { return before[o] != "" })
		a.checkAccess(t, app)

		a.changes, a.role = nil, "SOMEONE"
		a.runScript(t, setup)
		if len(a.changes) > 0 {
			t.Errorf("second run changed %q", a.changes)
		}

		for range 2 {
			a.role = "SOMEONE"
			a.runScript(t, teardown)
			for _, object := range made {
				stays := strings.HasPrefix(object, "SCHEMA ") || strings.HasPrefix(object, "STAGE ")
				if left := a.owners[object] != ""; left != stays {
					t.Errorf("after teardown, %q exists: %t, want %t", object, left, stays)
				}
			}
			for object, owner := range before {
				if a.owners[object] != owner {
					t.Errorf("teardown removed %q", object)
				}
			}
		}
	})
	if ran < 50 {
		t.Errorf("%d cases ran, want at least 50", ran)
	}
}

// checkAccess checks that viewers can use the app and nothing else.
func (a *account) checkAccess(t *testing.T, app scaffold.App) {
	t.Helper()
	for _, viewer := range app.Roles.Viewers {
		a.role = a.stored(viewer)
		for object := range a.owners {
			err := a.may("USAGE", object)
			if strings.HasPrefix(object, "STREAMLIT ") && err != nil {
				t.Errorf("a viewer cannot open the app: %v", err)
			}
			if strings.HasPrefix(object, "FUNCTION ") || strings.HasPrefix(object, "SECRET ") || strings.HasPrefix(object, "INTEGRATION ") {
				if err == nil {
					t.Errorf("viewer %s has USAGE on %q", viewer, object)
				}
			}
		}
	}
}
