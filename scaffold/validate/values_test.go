package validate

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sleet/scaffold"
	"sleet/scaffold/answers"
)

func valueCases() []ruleCase {
	value := func(key string, value any) func(*scaffold.App) {
		return func(a *scaffold.App) { a.Values = map[string]any{key: value} }
	}
	return []ruleCase{
		{"values-warehouse", "values", warehouse(value("a", "b"))},
		{"values-warehouse", "", value("a", "b")},
		{"values-warehouse", "", warehouse(func(*scaffold.App) {})},
		{"value-credential", "values.password", value("password", "hunter2")},
		{"value-credential", "values.db.password", value("db", map[string]any{"password": "hunter2"})},
		{"value-credential", `values."a b".token`, value("a b", map[string]any{"token": "abcd1234"})},
		{"value-credential", "values.keys[1]", value("keys", []any{"x", "AKIA" + "IOSFODNN7EXAMPLE"})},
		{"value-credential", "", value("api_endpoint", "https://api.example.com")},
		{"text-credential", "app.comment", func(a *scaffold.App) { a.App.Comment = "use ghp_" + "0123456789abcdefghij0123456789abcdef" }},
		{"text-credential", "secrets[0].key", func(a *scaffold.App) { a.Secrets = []scaffold.SecretDecl{{Key: "ghp_" + "0123456789abcdefghij0123"}} }},
		{"text-credential", "python.packages[0]", func(a *scaffold.App) {
			a.Python.Packages = []string{"a @ https://me:hunter2@example.com/a.whl"}
		}},
		{"text-credential", "config.server.cookieSecret", func(a *scaffold.App) {
			a.Config = map[string]any{"server.cookieSecret": "abcd"}
		}},
		{"text-credential", "config.my.password", func(a *scaffold.App) { a.Config = map[string]any{"my.password": "hunter2"} }},
		{"text-credential", "", func(a *scaffold.App) { a.Config = map[string]any{"mapbox.token": "pk.eyJ1IjoiYSJ9.x"} }},
		{"text-credential", "", func(a *scaffold.App) { a.App.Comment = "asks for the password of the API" }},
		{"value-type", "values.a", value("a", nil)},
		{"value-type", "values.a.b[0]", value("a", map[string]any{"b": []any{struct{}{}}})},
		{"value-type", "", value("a", []any{"x", int64(1), 1.5, true, time.Time{}, map[string]any{}})},
		{"value-connections", "values.connections", value("connections", map[string]any{"snowflake": map[string]any{"account": "a"}})},
		{"value-connections", "", value("connection", "x")},
		{"value-environment", `values."a=b"`, value("a=b", "c")},
		{"value-environment", `values.""`, value("", int64(1))},
		{"value-environment", "values.a", value("a", "b\x00c")},
		{"value-environment", "", value("a=b", true)},
		{"value-environment", "", value("a", map[string]any{"b=c": "x"})},
	}
}

// TestEnvironmentProblems checks problems that only an environment has, especially a credential in
// a URL.
func TestEnvironmentProblems(t *testing.T) {
	app, err := answers.Parse("sleet.toml", []byte(`[app]
name = "sales"
[network]
hosts = ["api.example.com"]
[values]
endpoint = "https://api.example.com"
[env.prod]
network.hosts = ["https://bad"]
values.endpoint = "https://me:hunter2@api.example.com"
`))
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, p := range Problems(app) {
		if p.Severity == Error {
			paths = append(paths, p.Path)
		}
		if strings.Contains(p.Message.String()+p.Fix.String(), "hunter2") {
			t.Errorf("%s message contains the credential", p.Path)
		}
	}
	if want := []string{"env.prod.network.hosts[0]", "env.prod.values.endpoint"}; !slices.Equal(paths, want) {
		t.Errorf("problems at %q, want %q", paths, want)
	}
}
