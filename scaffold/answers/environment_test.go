package answers

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
)

const withEnvs = `version = 1

[app]
name = "sales"
database = "DEV"

[network]
hosts = ["dev.example.com"]

[[secrets]]
key = "api_key"

[values]
endpoint = "https://dev.example.com"
[values.limits]
rows = 10
columns = 3

# Production is another database.
[env.prod]
app.database = "PROD" # mind the case
app.query_warehouse = "BIG_WH"
roles.owner = "PROD_OWNER"
network.hosts = ["api.example.com"]
values.limits.rows = 1000

[[env.prod.secrets]]
key = "API_KEY"
object = "VAULT.PUBLIC.KEY"
existing = true

[env.test.app]
database = "TEST"
`

func envApp(t *testing.T) scaffold.App {
	t.Helper()
	app, err := Parse("sleet.toml", []byte(withEnvs))
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// TestInEnvironment overlays tables, keys, lists and secrets. Everything else stays unchanged.
func TestInEnvironment(t *testing.T) {
	t.Parallel()
	base := envApp(t)
	prod, err := InEnvironment(base, "prod")
	if err != nil {
		t.Fatal(err)
	}
	want := base.Clone()
	want.App.Database, want.App.QueryWarehouse, want.Roles.Owner, want.Network.Hosts = "PROD", "BIG_WH", "PROD_OWNER", []string{"api.example.com"}
	want.Secrets[0].Object, want.Secrets[0].Existing, want.Secrets[0].Key = "VAULT.PUBLIC.KEY", true, prod.Secrets[0].Key
	want.Values = map[string]any{"endpoint": "https://dev.example.com", "limits": map[string]any{"rows": int64(1000), "columns": int64(3)}}
	if diff := cmp.Diff(want, prod); diff != "" {
		t.Errorf("InEnvironment(prod) mismatch (-want +got):\n%s", diff)
	}
	if !base.Equal(envApp(t)) {
		t.Error("InEnvironment changed its argument")
	}
	if test, err := InEnvironment(base, "test"); err != nil || test.App.Database != "TEST" || test.App.Name != "sales" {
		t.Errorf("InEnvironment(test) = %+v, %v", test.App, err)
	}
	if same, err := InEnvironment(base, ""); err != nil || !same.Equal(base) {
		t.Errorf("InEnvironment with an empty name: %v", err)
	}
	var unknown *EnvironmentError
	if _, err := InEnvironment(base, "prd"); !errors.As(err, &unknown) || !strings.Contains(err.Error(), "the environments are prod, test") {
		t.Errorf("InEnvironment(prd): error = %v", err)
	}
	if _, err := InEnvironment(scaffold.App{}, "prod"); err == nil || !strings.Contains(err.Error(), "sleet.toml has none") {
		t.Errorf("InEnvironment of an App without environments: error = %v", err)
	}
}

// TestEnvironmentErrors checks the position of errors in an environment.
func TestEnvironmentErrors(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"[env.prod]\napp.databse = \"X\"":                                 `a.toml:2:5: unknown key "databse" in [env.prod.app]; did you mean "database"?`,
		"[env.prod.app]\nruntime = \"contaner\"":                          `a.toml:2:11: env.prod.app.runtime must be`,
		"[env.prod]\ndatabase = \"X\"":                                    `a.toml:2:1: unknown key "database" in [env.prod]; write app.database = …`,
		"[env.prod.written]\na = \"b\"":                                   `a.toml:1:11: unknown key "written" in [env.prod]; an environment overlays app, python, roles, network, secrets, config, values`,
		"[env.prod.env.x]\na = 1":                                         `a.toml:1:11: unknown key "env" in [env.prod]`,
		"[env]\nprod = 1":                                                 `a.toml:2:1: env.prod must be a table`,
		"[env.\"a b\"]\napp.name = \"x\"":                                 `a.toml:1:6: "a b" is not a valid environment name`,
		"[[secrets]]\nkey = \"a\"\n[[env.prod.secrets]]\nkey = \"b\"":     `a.toml:3:12: an environment can only overlay declared secrets, and "b" is not one`,
		"[env.prod]\nnetwork.hosts = \"x\"":                               `a.toml:2:17: env.prod.network.hosts must be a list of strings`,
		"[env.prod.roles]\nviewers = [1]":                                 `a.toml:2:12: env.prod.roles.viewers[0] must be a string`,
		"[[env.prod]]\napp.name = \"x\"":                                  `a.toml:1:7: env.prod must be a table`,
		"env = 3":                                                         `a.toml:1:7: env must be a table`,
		"[env.prod.config.theme]\nbase = \"dark\"\n[env.prod]\nversion=1": `a.toml:4:1: unknown key "version" in [env.prod]`,
	} {
		_, err := Parse("a.toml", []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("Parse(%q):\n got %v\nwant %s", text, err, want)
		}
	}
}

// TestEditKeepsEnvironments changes other answers, in a person's text and in canonical text: [env] stays
// unchanged.
func TestEditKeepsEnvironments(t *testing.T) {
	t.Parallel()
	base := envApp(t)
	next := base.Clone()
	next.App.Title, next.App.Database = "Sales", "DEV2"
	next.Written = map[string]string{"streamlit_app.py": "00"}
	edited := string(Edit([]byte(withEnvs), base, next))
	tables := withEnvs[strings.Index(withEnvs, "# Production"):]
	if !strings.Contains(edited, tables) {
		t.Errorf("Edit changed the tables of [env]:\n%s", edited)
	}
	if got, err := Parse("sleet.toml", []byte(edited)); err != nil || !got.Equal(next) {
		t.Errorf("%v\n%s", err, edited)
	}
	if got, err := Parse("sleet.toml", TOML(next)); err != nil || !got.Equal(next) {
		t.Errorf("%v\n%s", err, TOML(next))
	}
	set, err := Set(base, "env.prod.app.schema=CORE")
	if err != nil {
		t.Fatal(err)
	}
	if prod, err := InEnvironment(set, "prod"); err != nil || prod.App.Schema != "CORE" || prod.App.Database != "PROD" {
		t.Errorf("%+v %v", prod.App, err)
	}
	if _, err := Set(base, "env.prod.app.shema=CORE"); err == nil || !strings.Contains(err.Error(), `did you mean "schema"?`) {
		t.Errorf("Set with an unknown key: error = %v", err)
	}
	if got, err := Parse("sleet.toml", Edit([]byte(withEnvs), base, set)); err != nil || !got.Equal(set) {
		t.Errorf("%v", err)
	}
}

// TestEnvironmentShape checks the schema of [env].
func TestEnvironmentShape(t *testing.T) {
	t.Parallel()
	var s struct {
		Properties map[string]struct {
			PatternProperties map[string]struct{ Properties map[string]any }
		}
	}
	if err := json.Unmarshal(JSONSchema("en"), &s); err != nil {
		t.Fatal(err)
	}
	for _, env := range s.Properties["env"].PatternProperties {
		if len(env.Properties) != 7 || env.Properties["app"] == nil || env.Properties["written"] != nil {
			t.Errorf("the schema of an environment has %d tables, want 7", len(env.Properties))
		}
		return
	}
	t.Error("[env] has no shape")
}
