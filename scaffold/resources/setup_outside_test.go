package resources_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/resources"
	"sleet/scaffold/testapps"
	"sleet/scaffold/testtools"
	"sleet/snowflake"
)

// unknownToSQLFluff returns the prefixes of statements that sqlfluff's Snowflake dialect does not
// support, or only in a legacy form. The grammar of the reference pages checks those. Its stage
// paths end at any single quote.
func unknownToSQLFluff() []string {
	return []string{"CREATE EXTERNAL ACCESS INTEGRATION ", "CREATE STREAMLIT ", "DROP NETWORK RULE ", "GRANT CALLER ", `REMOVE '@"my db''s"`}
}

// sqlfluff reports for each statement whether sqlfluff can parse all of it.
func sqlfluff(t *testing.T, statements map[string]bool) map[string]bool {
	t.Helper()
	list := slices.Sorted(maps.Keys(statements))
	texts := make([]string, len(list))
	for i, sql := range list {
		texts[i] = sql + ";\n"
	}
	var parsed []bool
	testtools.PythonJSON(t, "sqlfluff_parse.py", texts, &parsed)
	verdicts := make(map[string]bool, len(list))
	for i, sql := range list {
		verdicts[sql] = parsed[i]
	}
	return verdicts
}

// statementsOf returns every statement of a case, including teardown.
func statementsOf(a scaffold.App) []string {
	var list []string
	for _, st := range append(resources.Setup(a), resources.Teardown(a)...) {
		for _, sql := range []string{st.SQL} {
			if sql != "" {
				list = append(list, sql)
			}
		}
	}
	return list
}

// TestSetupUnderSQLFluff checks that sqlfluff parses every statement of the matrix that it
// supports, with placeholders filled in, and rejects those with placeholders left.
func TestSetupUnderSQLFluff(t *testing.T) {
	cases := slices.Collect(maps.Values(goldenSetups()))
	if os.Getenv("SLEET_CONFORMANCE") == "1" {
		cases = testapps.Matrix() // slow
	}
	texts, foreign := map[string]bool{}, map[string]string{}
	for _, c := range cases {
		for _, sql := range statementsOf(c.App) {
			head := slices.IndexFunc(unknownToSQLFluff(), func(head string) bool { return strings.HasPrefix(sql, head) })
			if head >= 0 {
				foreign[unknownToSQLFluff()[head]] = sql
				continue
			}
			texts[sql], texts[fillSlots(sql)] = true, true
		}
	}
	for _, sql := range foreign {
		texts[sql] = true
	}
	parses := sqlfluff(t, texts)
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			testtools.CountConformance(t)
			for _, sql := range statementsOf(c.App) {
				if ok, known := parses[fillSlots(sql)]; known && !ok && !slices.Contains(slices.Collect(maps.Values(foreign)), sql) {
					t.Errorf("sqlfluff rejects\n%s", fillSlots(sql))
				}
				if strings.Contains(sql, "<secret:") && parses[sql] {
					t.Errorf("sqlfluff accepts the placeholder in\n%s", sql)
				}
			}
		})
	}
	// If sqlfluff starts to support one of these, it must check ours too.
	for head, sql := range foreign {
		if parses[sql] {
			t.Errorf("sqlfluff supports %q now: remove it from the list", head)
		}
	}
}

// TestHandlers runs the UDFs that hold secrets with a fake _snowflake.
func TestHandlers(t *testing.T) {
	type job struct {
		Code string `json:"code"`
		Key  string `json:"key"`
		Type string `json:"type"`
	}
	values := map[scaffold.SecretType]string{
		scaffold.GenericString:      `s3cret "x" 雪`,
		scaffold.OAuth2:             `token`,
		scaffold.Password:           `{"username": "sam", "password": "p:w"}`,
		scaffold.CloudProviderToken: `{"access_key_id": "id", "secret_access_key": "key", "token": "tok"}`,
	}
	for _, c := range []struct {
		name     string
		existing bool
		actual   string // the type that the account reports, if different
		fails    string
	}{
		{name: "new"},
		{name: "existing", existing: true},
		{name: "another type", existing: true, actual: "SYMMETRIC_KEY", fails: "is of type SYMMETRIC_KEY, not "},
	} {
		for kind, want := range values {
			t.Run(c.name+"/"+string(kind), func(t *testing.T) {
				testtools.CountConformance(t)
				app := scaffold.App{Secrets: []scaffold.SecretDecl{{Key: "my_key", Type: kind, Existing: c.existing, Integration: "i"}}}
				sql := statementOf(t, app, snowflake.KindFunction)
				in := job{Key: "my_key", Type: c.actual}
				if in.Type == "" {
					in.Type = strings.ToUpper(string(kind))
				}
				_, in.Code, _ = strings.Cut(sql, "\nAS ")
				in.Code = unquoteBody(in.Code)
				var out struct{ Value, Error string }
				testtools.PythonJSON(t, "run_handler.py", in, &out)
				if c.fails != "" {
					if !strings.Contains(out.Error, c.fails+strings.ToUpper(string(kind))) {
						t.Errorf("handler returned %+v, want error %q", out, c.fails)
					}
					return
				}
				if out.Value != want || out.Error != "" {
					t.Errorf("handler returned %+v, want %q", out, want)
				}
			})
		}
	}
}

// TestSetupUnderTheConnector splits each script with Snowflake's Python connector, which the CLI
// uses too, and compares the statements.
func TestSetupUnderTheConnector(t *testing.T) {
	var scripts []string
	var want [][]string
	var names []string
	for _, c := range testapps.Matrix() {
		for _, made := range [][]byte{resources.SetupSQL(c.App), resources.TeardownSQL(c.App)} {
			statements, err := splitSQL(string(made))
			if err != nil {
				t.Fatal(err)
			}
			scripts, want, names = append(scripts, string(made)), append(want, statements), append(names, c.Name)
		}
	}
	var got [][]string
	testtools.PythonJSON(t, "split_statements.py", scripts, &got)
	for i := range got {
		t.Run(names[i], func(t *testing.T) {
			testtools.CountConformance(t)
			for n := range max(len(got[i]), len(want[i])) {
				g, w := "", ""
				if n < len(got[i]) {
					g = got[i][n]
				}
				if n < len(want[i]) {
					w = want[i][n]
				}
				if g != w {
					t.Fatalf("the connector splits\n%s\nwant\n%s", g, w)
				}
			}
		})
	}
}
