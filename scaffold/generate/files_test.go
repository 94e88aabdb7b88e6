package generate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
)

// TestFilesIsPure checks that the same App returns the same bytes and is not changed.
func TestFilesIsPure(t *testing.T) {
	for _, runtime := range []scaffold.Runtime{scaffold.Container, scaffold.Warehouse} {
		a := busyApp(runtime)
		before := a.Clone()
		if diff := cmp.Diff(Files(a), Files(a)); diff != "" {
			t.Errorf("Files() differs between calls:\n%s", diff)
		}
		if !a.Equal(before) {
			t.Errorf("Files() changed the App:\n%s", cmp.Diff(before, a))
		}
	}
}

// BenchmarkFiles measures what the preview does on every key press.
func BenchmarkFiles(b *testing.B) {
	for name, a := range map[string]scaffold.App{
		"default": {Folder: "demo"}, "container": busyApp(scaffold.Container), "warehouse": busyApp(scaffold.Warehouse),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Files(a)
			}
		})
	}
}

// busyApp returns an app with all common kinds of answers.
func busyApp(r scaffold.Runtime) scaffold.App {
	return scaffold.App{
		Folder: "demo", App: scaffold.Identity{Runtime: r, Database: "APPS", Schema: "PUBLIC", Cortex: scaffold.CortexAnalyst},
		Python:  scaffold.Python{Packages: []string{"pandas>=2", "plotly==5.24.1"}},
		Network: scaffold.Network{Hosts: []string{"api.example.com", "*.example.org"}},
		Roles:   scaffold.Roles{Owner: "APP_OWNER", Viewers: []string{"ANALYST"}},
		Secrets: []scaffold.SecretDecl{{Key: "api_key"}, {Key: "login", Type: scaffold.Password}},
		Config:  map[string]any{"theme.base": "dark"},
	}
}
