package generate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"sleet/scaffold"
	"sleet/scaffold/generate"
	"sleet/scaffold/testapps"
)

// packCases returns Apps that together show every part of the data files.
func packCases() map[string]scaffold.App {
	pool := ""
	full := scaffold.App{
		App: scaffold.Identity{
			Name: "sales_app", Title: "Sales", Database: "APPS", Schema: "SALES", Comment: "What was sold, and where.",
		},
		Python:  scaffold.Python{Packages: []string{"plotly>=6,<7", "PyYAML==6.0.2", "torch==2.*", "opencv-python"}},
		Roles:   scaffold.Roles{Owner: "APP_OWNER", Viewers: []string{"analyst", "Sales Team"}},
		Network: scaffold.Network{Hosts: []string{"api.example.com"}},
		Secrets: []scaffold.SecretDecl{
			{Key: "api_key", Access: scaffold.AccessSecrets},
			{Key: "drive", Type: scaffold.OAuth2, Flow: scaffold.ClientCredentials, Integration: "OAUTH"},
		},
		Config: map[string]any{
			"theme.base": "dark", "theme.primaryColor": "#29b5e8", "theme.sidebar.backgroundColor": "#11567f",
			"theme.chartCategoricalColors": []any{"#29b5e8", "#ff9f36"}, "theme.baseRadius": "0.5rem",
			"theme.fontFaces":                              []any{map[string]any{"family": "Noto Sans JP", "url": "app/static/noto.woff2"}},
			"runner.fastReruns":                            true,
			"client.toolbarMode":                           "minimal",
			"server.maxUploadSize":                         int64(400),
			"theme.ownColor":                               "#fff",
			"theme.light.textColor":                        "#111",
			"snowflake.sleep.streamlitSleepTimeoutMinutes": int64(30),
		},
		Values: map[string]any{
			"api_endpoint": "https://api.example.com", "max_results": int64(100), "ratio": 1.0,
			"limits": map[string]any{"rows": int64(1000), "regions": []any{"東京", "大阪"}},
		},
	}
	change := func(f func(*scaffold.App)) scaffold.App {
		a := full.Clone()
		f(&a)
		return a
	}
	return map[string]scaffold.App{
		"container_defaults": {Folder: "demo"},
		"warehouse_defaults": {Folder: "demo", App: scaffold.Identity{Runtime: scaffold.Warehouse}},
		"container":          full,
		"container_japanese": change(func(a *scaffold.App) {
			a.App.Name, a.App.Title, a.App.Language, a.App.ComputePool = "売上アプリ", "", scaffold.Japanese, &pool
			a.Python.Source = scaffold.PyPIIntegration
		}),
		"container_preinstalled": {Folder: "demo", Python: scaffold.Python{Source: scaffold.Preinstalled}},
		"warehouse": change(func(a *scaffold.App) {
			a.App.Runtime, a.Values, a.Secrets[0].Access = scaffold.Warehouse, nil, ""
			a.Python.Version, a.Python.Streamlit = "3.10", "1.50.0"
		}),
		"warehouse_japanese": change(func(a *scaffold.App) {
			a.App.Name, a.App.Title, a.App.Language = "売上アプリ", "", scaffold.Japanese
			a.App.Runtime, a.Values, a.Secrets[0].Access = scaffold.Warehouse, nil, ""
		}),
	}
}

// packed reports whether these cases cover a file.
func packed(path string) bool {
	return !strings.HasSuffix(path, ".py") && !strings.HasSuffix(path, ".sql")
}

func TestPackGolden(t *testing.T) {
	for name, app := range packCases() {
		t.Run(name, func(t *testing.T) {
			var tree txtar.Archive
			for _, f := range generate.Files(app) {
				if packed(f.Path) {
					tree.Files = append(tree.Files, txtar.File{Name: f.Path, Data: f.Data})
				}
			}
			testapps.Golden(t, "pack/"+name+".txtar", txtar.Format(&tree))
		})
	}
}

// TestPackCommentsFit checks that comments are at most 88 columns wide.
func TestPackCommentsFit(t *testing.T) {
	for name, app := range packCases() {
		for _, f := range generate.Files(app) {
			if !packed(f.Path) {
				continue
			}
			for line := range strings.Lines(string(f.Data)) {
				line = strings.TrimSpace(line)
				statement := slices.ContainsFunc([]string{"# ALTER ", "# https://"}, func(s string) bool { return strings.HasPrefix(line, s) })
				if strings.HasPrefix(line, "#") && !statement && columns(line) > 88 {
					t.Errorf("%s, %s: %d columns: %s", name, f.Path, columns(line), line)
				}
			}
		}
	}
}

// columns returns the width of a line, with two columns for a Japanese character.
func columns(line string) int {
	n := 0
	for _, r := range line {
		n++
		if r >= 0x1100 {
			n++
		}
	}
	return n
}
