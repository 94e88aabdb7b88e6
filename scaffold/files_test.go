package scaffold

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Files is a pure function: the same App gives the same bytes, and the App stays as it was.
func TestFilesIsPure(t *testing.T) {
	for _, runtime := range []Runtime{Container, Warehouse} {
		a := busyApp(runtime)
		before := a.Clone()
		if diff := cmp.Diff(Files(a), Files(a)); diff != "" {
			t.Error(diff)
		}
		if !a.Equal(before) {
			t.Error(cmp.Diff(before, a))
		}
	}
}

// BenchmarkFiles is what the preview does on every key.
func BenchmarkFiles(b *testing.B) {
	for name, a := range map[string]App{
		"default": {Folder: "demo"}, "container": busyApp(Container), "warehouse": busyApp(Warehouse),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Files(a)
			}
		})
	}
}

// busyApp has an answer of every usual sort.
func busyApp(r Runtime) App {
	return App{
		Folder: "demo", App: Identity{Runtime: r, Database: "APPS", Schema: "PUBLIC", Cortex: CortexAnalyst},
		Python:  Python{Packages: []string{"pandas>=2", "plotly==5.24.1"}},
		Network: Network{Hosts: []string{"api.example.com", "*.example.org"}},
		Roles:   Roles{Owner: "APP_OWNER", Viewers: []string{"ANALYST"}},
		Secrets: []SecretDecl{{Key: "api_key"}, {Key: "login", Type: Password}},
		Config:  map[string]any{"theme.base": "dark"},
	}
}
