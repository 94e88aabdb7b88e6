package resources_test

import (
	"slices"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/resources"
	"sleet/scaffold/testapps"
	"sleet/scaffold/testtools"
	"sleet/snowflake"
)

// migrationCase is an app to migrate and its state before.
type migrationCase struct {
	app  scaffold.App
	from resources.Deployed
}

// migrationCases returns cases that together show every part of the scripts.
// snowflake/snowflaketest runs them.
func migrationCases() map[string]migrationCase {
	pool := ""
	identity := scaffold.Identity{Name: "sales", Database: "apps", Schema: "public", QueryWarehouse: "compute_wh"}
	key := scaffold.SecretDecl{Key: "api_key", Object: "APPS.PUBLIC.API_KEY", Existing: true}
	login := scaffold.SecretDecl{Key: "login", Type: scaffold.Password, Object: "APPS.PUBLIC.LOGIN", Existing: true}
	bound := []resources.SecretBinding{{Key: "api_key", Object: "apps.public.api_key"}, {Key: "login", Object: "apps.public.login"}}
	viaSecrets := func(s scaffold.SecretDecl) scaffold.SecretDecl {
		s.Access = scaffold.AccessSecrets
		return s
	}
	japanese := identity
	japanese.Language, japanese.ComputePool = scaffold.Japanese, &pool
	beside := identity
	beside.Name = "sales_container"
	return map[string]migrationCase{
		"plain": {
			scaffold.App{App: identity},
			resources.Deployed{Warehouse: "compute_wh"},
		},
		"functions": {
			scaffold.App{
				App: identity, Roles: scaffold.Roles{Owner: "DEV"}, Network: scaffold.Network{Integration: "maps"},
				Secrets: []scaffold.SecretDecl{key, login},
			},
			resources.Deployed{Integrations: []string{"MAPS"}, Secrets: bound, Conda: true},
		},
		"both_ways": {
			scaffold.App{
				App: identity, Roles: scaffold.Roles{Owner: "DEV"}, Network: scaffold.Network{Hosts: []string{"api.example.com"}},
				Secrets: []scaffold.SecretDecl{viaSecrets(key), {Key: "fresh"}},
			},
			resources.Deployed{Integrations: []string{"maps", `"Other"`}, Secrets: bound, Conda: true},
		},
		"legacy": {
			scaffold.App{
				App: beside, Roles: scaffold.Roles{Owner: "DEV", Viewers: []string{"VIEWER"}}, Network: scaffold.Network{Integration: "maps"},
				Secrets: []scaffold.SecretDecl{key},
			},
			resources.Deployed{
				Legacy: true, Name: "sales", Integrations: []string{"maps"},
				Grants: []resources.AppGrant{{Privilege: "USAGE", Role: "VIEWER"}, {Privilege: "USAGE", Role: "PUBLIC"}},
			},
		},
		"japanese": {
			scaffold.App{App: japanese, Secrets: []scaffold.SecretDecl{{Key: "fresh"}}},
			resources.Deployed{},
		},
	}
}

func TestMigrationGolden(t *testing.T) {
	for name, c := range migrationCases() {
		t.Run(name, func(t *testing.T) {
			testapps.Golden(t, "move/"+name+".migrate.sql", resources.MigrateSQL(c.app, c.from))
			testapps.Golden(t, "move/"+name+".rollback.sql", resources.RollbackSQL(c.app, c.from))
		})
	}
}

// migrationStatements returns every statement of a case, including the rollback.
func migrationStatements(c migrationCase) []string {
	var list []string
	for _, st := range append(resources.Migrate(c.app, c.from), resources.Rollback(c.app, c.from)...) {
		for _, sql := range []string{st.SQL} {
			if sql != "" {
				list = append(list, sql)
			}
		}
	}
	return list
}

func TestMigrationGrammar(t *testing.T) {
	g := newSQLGrammar()
	for name, c := range migrationCases() {
		for _, sql := range migrationStatements(c) {
			if err := g.check(fillSlots(sql)); err != nil {
				t.Errorf("%s: %v:\n%s", name, err, sql)
			}
		}
	}
}

// TestMigrationKeepsWhatIsAttached checks the lists that SET replaces.
func TestMigrationKeepsWhatIsAttached(t *testing.T) {
	c := migrationCases()["both_ways"]
	sql := ""
	for _, st := range resources.Migrate(c.app, c.from) {
		if st.Kind == snowflake.KindStreamlit && strings.Contains(st.SQL, "RUNTIME_NAME") {
			sql = st.SQL
		}
	}
	for _, want := range []string{
		`EXTERNAL_ACCESS_INTEGRATIONS = (maps, "Other", APPS_PUBLIC_SALES_ACCESS)`,
		`SECRETS = ('api_key' = APPS.PUBLIC.API_KEY, 'login' = apps.public.login)`,
		`COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU`,
		`RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11'`,
	} {
		if !strings.Contains(sql, want) {
			t.Errorf("%q not found in\n%s", want, sql)
		}
	}
}

// TestMigrationUnderSQLFluff parses the statements that sqlfluff knows with it, and splits the
// scripts as Snowflake's Python connector does.
func TestMigrationUnderSQLFluff(t *testing.T) {
	texts := map[string]bool{}
	var scripts []string
	var want [][]string
	for _, c := range migrationCases() {
		for _, sql := range migrationStatements(c) {
			known := func(head string) bool { return strings.HasPrefix(sql, head) }
			if !slices.ContainsFunc(append(unknownToSQLFluff(), "ALTER STREAMLIT "), known) {
				texts[fillSlots(sql)] = true
			}
		}
		for _, made := range [][]byte{resources.MigrateSQL(c.app, c.from), resources.RollbackSQL(c.app, c.from)} {
			list, err := splitSQL(string(made))
			if err != nil {
				t.Fatal(err)
			}
			scripts, want = append(scripts, string(made)), append(want, list)
		}
	}
	for sql, ok := range sqlfluff(t, texts) {
		testtools.CountConformance(t)
		if !ok {
			t.Errorf("sqlfluff rejects\n%s", sql)
		}
	}
	var got [][]string
	testtools.PythonJSON(t, "split_statements.py", scripts, &got)
	for i := range got {
		testtools.CountConformance(t)
		if !slices.Equal(got[i], want[i]) {
			t.Errorf("the connector splits\n%q\nwant\n%q", got[i], want[i])
		}
	}
}
