package upload

import (
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/generate"
)

func TestUploads(t *testing.T) {
	container := scaffold.App{Values: map[string]any{"a": "b"}, Config: map[string]any{"theme.base": "dark"}}
	warehouse := container.Clone()
	warehouse.App.Runtime = scaffold.Warehouse
	tests := []struct {
		path                 string
		container, warehouse uploadClass
	}{
		{"streamlit_app.py", sentByName, sentByName},
		{"pages/1_売上.py", sentByName, sentByName},
		{"lib/helpers/__init__.py", sentByName, sentByName},
		{"data/cities.csv", sentByName, sentByName},
		{"static/logo.PNG", sentByName, sentByName},
		{"static/fonts/LICENSE", sentByName, sentByName},
		{"components/map/static/index.bin", sentByName, sentByName},
		{"static/server.key", sentWhenNamed, sentWhenNamed},
		{"notes.docx", sentWhenNamed, sentWhenNamed},
		{"Makefile", sentWhenNamed, sentWhenNamed},
		{"values.toml", sentWhenNamed, sentWhenNamed},
		{"model.pkl", sentWhenNamed, sentWhenNamed},
		{"id_rsa", sentWhenNamed, sentWhenNamed},
		{"connections.toml", sentWhenNamed, sentWhenNamed},
		{"settings.yaml", sentWhenNamed, sentWhenNamed},
		{"backup.sqlite3", sentWhenNamed, sentWhenNamed},
		{".streamlit/config.toml", sentByName, sentByName},
		{".streamlit/theme.toml", sentWhenNamed, sentWhenNamed},
		{"pages/.streamlit/config.toml", sentByName, sentByName},
		{".streamlit/secrets.toml", sentByName, neverSent},
		{".streamlit/Secrets.toml", neverSent, neverSent},
		{"pages/.streamlit/secrets.toml", neverSent, neverSent},
		{".streamlit/secrets.toml.bak", neverSent, neverSent},
		{".streamlit/secrets.local.toml", neverSent, neverSent},
		{".streamlit/credentials.toml", neverSent, neverSent},
		{".streamlit/.config.toml1234567890", neverSent, neverSent},
		{"pyproject.toml", sentByName, otherPackages},
		{"uv.lock", sentByName, otherPackages},
		{"environment.yml", otherPackages, sentByName},
		{"requirements.txt", sentByName, otherPackages},
		{"src/environment.yml", otherPackages, otherPackages},
		{"src/requirements.txt", otherPackages, otherPackages},
		{"src/pyproject.toml", otherPackages, otherPackages},
		{"sql/setup.sql", neverSent, neverSent},
		{"SQL/admin-2.sql", neverSent, neverSent},
		{"sql/top.sql", sentWhenNamed, sentWhenNamed},
		{"SQL/x.csv", sentWhenNamed, sentWhenNamed},
		{"queries/sql/top.sql", sentWhenNamed, sentWhenNamed},
		{"tests/test_app.py", neverSent, neverSent},
		{"tests/data.csv", sentWhenNamed, sentWhenNamed},
		{"sleet.toml", neverSent, neverSent},
		{"Sleet.toml", neverSent, neverSent},
		{"sleet.schema.json", neverSent, neverSent},
		{"data/sleet.schema.json", sentByName, sentByName},
		{"snowflake.yml", neverSent, neverSent},
		{"snowflake.local.yml", neverSent, neverSent},
		{"MIGRATION.md", neverSent, neverSent},
		{".gitignore", neverSent, neverSent},
		{".git/config", neverSent, neverSent},
		{".venv/lib/site.py", neverSent, neverSent},
		{"lib/__pycache__/a.cpython-311.pyc", neverSent, neverSent},
		{"a.pyc", neverSent, neverSent},
		{".DS_Store", neverSent, neverSent},
		{"static/.DS_Store", neverSent, neverSent},
		{".env", neverSent, neverSent},
		{"app.py~", neverSent, neverSent},
		{"output/bundle/streamlit/demo/app.py", neverSent, neverSent},
		{"output/bundle/streamlit/demo/.streamlit/config.toml", neverSent, neverSent},
		{"output/chart.png", sentByName, sentByName},
		{"node_modules/a/index.js", neverSent, neverSent},
		{"../other/app.py", neverSent, neverSent},
		{"/etc/passwd", neverSent, neverSent},
		{"a//b.py", neverSent, neverSent},
		{"", neverSent, neverSent},
		{".", neverSent, neverSent},
	}
	for _, tt := range tests {
		if got := classOf(container, tt.path); got != tt.container {
			t.Errorf("classOf(container, %q) = %d, want %d", tt.path, got, tt.container)
		}
		if got := classOf(warehouse, tt.path); got != tt.warehouse {
			t.Errorf("classOf(warehouse, %q) = %d, want %d", tt.path, got, tt.warehouse)
		}
	}
	if Uploads((scaffold.App{Python: scaffold.Python{Source: scaffold.Preinstalled}}), scaffold.LockFile) {
		t.Error("uv.lock of an app without a package index is uploaded")
	}
	if Uploads((scaffold.App{}), scaffold.SecretsFile) {
		t.Error("a developer's own secrets.toml is uploaded")
	}
}

// TestUploadsWhatIsGenerated compares the list of the app's files with the rules.
func TestUploadsWhatIsGenerated(t *testing.T) {
	for _, runtime := range []scaffold.Runtime{scaffold.Container, scaffold.Warehouse} {
		app := scaffold.App{
			App:    scaffold.Identity{Runtime: runtime},
			Values: map[string]any{"a": "b"}, Config: map[string]any{"theme.base": "dark"},
		}
		listed := map[string]bool{}
		for _, path := range scaffold.AppFiles(app.Resolve()) {
			listed[path] = true
		}
		for _, f := range generate.Files(app) {
			if Uploads(app, f.Path) != listed[f.Path] {
				t.Errorf("%s, %s: Uploads = %t, in AppFiles = %t", runtime, f.Path, Uploads(app, f.Path), listed[f.Path])
			}
			delete(listed, f.Path)
		}
		if len(listed) > 0 {
			t.Errorf("%s: AppFiles not generated: %v", runtime, listed)
		}
	}
}
