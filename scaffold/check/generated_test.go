package check_test

import (
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/generate"
)

// TestGenerated checks that generated files have no findings for the runtime that they were generated for.
func TestGenerated(t *testing.T) {
	t.Parallel()
	for _, runtime := range []scaffold.Runtime{scaffold.Container, scaffold.Warehouse} {
		for _, access := range scaffold.Facts(runtime).Access[scaffold.Password] {
			app := scaffold.App{Folder: "app"}
			app.App.Runtime, app.App.Cortex = runtime, scaffold.CortexAnalyst
			app.Network.Hosts = []string{"api.example.com"}
			app.Secrets = []scaffold.SecretDecl{
				{Key: "api_key", Access: access},
				{Key: "login", Type: scaffold.Password, Access: access},
			}
			app.Config = map[string]any{"theme.base": "dark"}
			files := map[string]string{}
			for _, f := range generate.Files(app) {
				files[f.Path] = string(f.Data)
			}
			report := check.Folder(read(t, files), facts.Options{})
			for _, f := range report.Findings {
				t.Errorf("%s, %s: %s:%d %s %s", runtime, access, f.Path, f.Line, f.Rule, f.Message)
			}
			for _, s := range report.Skipped {
				t.Errorf("%s, %s: %s:%d %s", runtime, access, s.Path, s.Line, s.Reason)
			}
		}
	}
}
