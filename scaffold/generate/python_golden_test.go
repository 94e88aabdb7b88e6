package generate_test

import (
	"path"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/generate"
	"sleet/scaffold/testapps"
)

// goldenPython returns apps that together show every part of the generated Python.
func goldenPython() map[string]scaffold.App {
	return map[string]scaffold.App{
		"container":          {Folder: "my_app"},
		"container_all":      pythonApp(scaffold.Container, scaffold.English),
		"container_japanese": pythonApp(scaffold.Container, scaffold.Japanese),
		"container_caller": {
			Folder:  "my_app",
			App:     scaffold.Identity{Database: "SHOP", Schema: "APPS", Rights: scaffold.CallerRights},
			Secrets: []scaffold.SecretDecl{{Key: "api_key"}},
		},
		"container_caller_plain": {Folder: "my_app", App: scaffold.Identity{Rights: scaffold.CallerRights}},
		"container_secrets": {
			Folder: "my_app",
			App:    scaffold.Identity{MainFile: "src/app.py"},
			Secrets: []scaffold.SecretDecl{
				{Key: "api_key", Access: scaffold.AccessSecrets},
				{Key: "login", Type: scaffold.Password, Access: scaffold.AccessSecrets},
			},
		},
		"warehouse":          {Folder: "my_app", App: scaffold.Identity{Runtime: scaffold.Warehouse}},
		"warehouse_all":      pythonApp(scaffold.Warehouse, scaffold.English),
		"warehouse_japanese": pythonApp(scaffold.Warehouse, scaffold.Japanese),
		"warehouse_oldest": {
			Folder:  "my_app",
			App:     scaffold.Identity{Runtime: scaffold.Warehouse},
			Python:  scaffold.Python{Version: "3.9", Streamlit: "1.22.0"},
			Secrets: []scaffold.SecretDecl{{Key: "api_key"}},
		},
	}
}

// pythonApp returns an app with everything that its runtime supports.
func pythonApp(runtime scaffold.Runtime, language scaffold.Language) scaffold.App {
	a := scaffold.App{
		Folder: "my_app",
		App: scaffold.Identity{
			Name: "sales", Title: `The "Sales" of today`, Database: "SHOP", Schema: "apps",
			Runtime: runtime, Language: language, Cortex: scaffold.CortexAnalyst,
		},
		Network: scaffold.Network{Hosts: []string{
			"api.example.com", "files.example.com:8443", "*.example.net", "example.org:8000-8100",
		}},
		Secrets: everySecret(),
	}
	if runtime == scaffold.Container {
		a.Secrets = append(a.Secrets,
			scaffold.SecretDecl{Key: "plain_key", Access: scaffold.AccessSecrets},
			scaffold.SecretDecl{Key: "plain_login", Type: scaffold.Password, Access: scaffold.AccessSecrets})
		a.Values = map[string]any{
			"api_endpoint": "https://api.example.com", "max_results": int64(100), "ratio": 0.5, "beta": false,
			"regions": []any{"eu", "us"}, "limits": map[string]any{"rows": int64(10)}, "the-word": "class",
		}
	}
	return a
}

// everySecret returns a secret of each type with the runtime's default access method.
func everySecret() []scaffold.SecretDecl {
	return []scaffold.SecretDecl{
		{Key: "api_key", Type: scaffold.GenericString},
		{Key: "login", Type: scaffold.Password},
		{Key: "calendar", Type: scaffold.OAuth2, Flow: scaffold.ClientCredentials, Integration: "calendar_oauth"},
		{Key: "bucket", Type: scaffold.CloudProviderToken, Integration: "bucket_access"},
	}
}

// pythonFiles returns the Python files of an app.
func pythonFiles(a scaffold.App) []scaffold.File {
	var files []scaffold.File
	for _, f := range generate.Files(a) {
		if path.Ext(f.Path) == ".py" {
			files = append(files, f)
		}
	}
	return files
}

func TestPythonGolden(t *testing.T) {
	for name, app := range goldenPython() {
		t.Run(name, func(t *testing.T) {
			for _, f := range pythonFiles(app) {
				testapps.Golden(t, path.Join("python", name, f.Path), f.Data)
			}
		})
	}
}

func BenchmarkPython(b *testing.B) {
	for name, app := range goldenPython() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				pythonFiles(app)
			}
		})
	}
}
