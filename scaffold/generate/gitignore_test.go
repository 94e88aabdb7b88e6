package generate_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"sleet/scaffold"
)

// TestGitignore checks with git which files are ignored.
func TestGitignore(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("needs git")
	}
	values := scaffold.App{Values: map[string]any{"a": "b"}}
	for name, tt := range map[string]struct {
		app     scaffold.App
		secrets bool
	}{
		"no values": {scaffold.App{}, true},
		"values":    {values, false},
		"warehouse": {scaffold.App{App: scaffold.Identity{Runtime: scaffold.Warehouse}, Values: values.Values}, true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, ".gitignore"), writtenFile(tt.app, ".gitignore"), 0o600); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.CommandContext(t.Context(), "git", "init", "-q", dir).CombinedOutput(); err != nil {
				t.Fatalf("git init: %v\n%s", err, out)
			}
			want := map[string]bool{
				".streamlit/secrets.toml": tt.secrets, ".streamlit/config.toml": false, "pages/.streamlit/secrets.toml": false,
				".venv/bin/python": true, "a/__pycache__/b.pyc": true, ".DS_Store": true,
				"output/bundle/streamlit/demo/app.py": true, "output/report.py": false, "snowflake.local.yml": true, "snowflake.yml": false,
				".streamlit_app.py1234567890": true, ".streamlit/.config.toml1234567890123": true, ".env.123": false,
				"streamlit_app.py": false, "uv.lock": false, "sleet.toml": false,
			}
			for path, ignored := range want {
				err := exec.CommandContext(t.Context(), "git", "-C", dir, "check-ignore", "-q", path).Run()
				if got := err == nil; got != ignored {
					t.Errorf("%s: ignored = %t, want %t (%v)", path, got, ignored, err)
				}
			}
		})
	}
}
