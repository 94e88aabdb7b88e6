package scaffold

import "testing"

func TestUploads(t *testing.T) {
	container := App{Values: map[string]any{"a": "b"}, Config: map[string]any{"theme.base": "dark"}}
	warehouse := container.Clone()
	warehouse.App.Runtime = Warehouse
	tests := []struct {
		path                 string
		container, warehouse bool
	}{
		{"streamlit_app.py", true, true},
		{"pages/1_売上.py", true, true},
		{"lib/helpers/__init__.py", true, true},
		{"data/cities.csv", true, true},
		{"static/logo.png", true, true},
		{".streamlit/config.toml", true, true},
		{"pages/.streamlit/config.toml", true, true},
		{".streamlit/secrets.toml", true, false},
		{"pages/.streamlit/secrets.toml", false, false},
		{".streamlit/secrets.toml.bak", false, false},
		{".streamlit/secrets.local.toml", false, false},
		{".streamlit/credentials.toml", false, false},
		{".streamlit/.config.toml1234567890", false, false},
		{"pyproject.toml", true, false},
		{"uv.lock", true, false},
		{"environment.yml", false, true},
		{"requirements.txt", true, false},
		{"src/environment.yml", false, false},
		{"src/requirements.txt", false, false},
		{"src/pyproject.toml", false, false},
		{"sql/setup.sql", false, false},
		{"queries/sql/top.sql", true, true},
		{"tests/test_app.py", false, false},
		{"sleet.toml", false, false},
		{"snowflake.yml", false, false},
		{"snowflake.local.yml", false, false},
		{".gitignore", false, false},
		{".git/config", false, false},
		{".venv/lib/site.py", false, false},
		{"lib/__pycache__/a.cpython-311.pyc", false, false},
		{"a.pyc", false, false},
		{".DS_Store", false, false},
		{"static/.DS_Store", false, false},
		{".env", false, false},
		{"app.py~", false, false},
		{"output/bundle/streamlit/demo/app.py", false, false},
		{"output/chart.png", true, true},
		{"node_modules/a/index.js", false, false},
		{"../other/app.py", false, false},
		{"/etc/passwd", false, false},
		{"a//b.py", false, false},
		{"", false, false},
		{".", false, false},
	}
	for _, tt := range tests {
		if got := container.Uploads(tt.path); got != tt.container {
			t.Errorf("container, %q: %t", tt.path, got)
		}
		if got := warehouse.Uploads(tt.path); got != tt.warehouse {
			t.Errorf("warehouse, %q: %t", tt.path, got)
		}
	}
	if (App{Python: Python{Source: Preinstalled}}).Uploads(LockFile) {
		t.Error("an app without a package index has no lock")
	}
	if (App{}).Uploads(secretsFile) {
		t.Error("without [values] secrets.toml is a developer's own")
	}
}

// TestUploadsWhatIsGenerated holds the list of the app's files against the rule.
func TestUploadsWhatIsGenerated(t *testing.T) {
	for _, runtime := range []Runtime{Container, Warehouse} {
		app := App{
			App:    Identity{Runtime: runtime},
			Values: map[string]any{"a": "b"}, Config: map[string]any{"theme.base": "dark"},
		}
		listed := map[string]bool{}
		for _, path := range appFiles(app.Resolve()) {
			listed[path] = true
		}
		for _, f := range Files(app) {
			if app.Uploads(f.Path) != listed[f.Path] {
				t.Errorf("%s, %s: uploaded %t, listed %t", runtime, f.Path, app.Uploads(f.Path), listed[f.Path])
			}
			delete(listed, f.Path)
		}
		if len(listed) > 0 {
			t.Errorf("%s: listed, but not made: %v", runtime, listed)
		}
	}
}
