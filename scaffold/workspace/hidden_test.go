//go:build !windows

package workspace

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/generate"
	"sleet/scaffold/testtools"
)

// TestWriteRejectsHiddenFolders checks that no path and no link makes sleet write to a hidden folder of
// another program.
func TestWriteRejectsHiddenFolders(t *testing.T) {
	for _, tt := range []struct{ name, link, to, path string }{
		{"the repository", "", "", ".git/hooks/pre-commit"},
		{"a workflow", "", "", ".github/workflows/x.py"},
		{"deeper", "", "", "pages/.idea/x.py"},
		{"a link of a folder", "sql", ".git", "sql/setup.sql"},
		{"a link of a folder above", "a", ".git", "a/new/x.py"},
		{"a link of a file", "app.py", ".git/config", "app.py"},
		{"a link to a hidden file", "app.py", ".env", "app.py"},
		{"a link through the app's own folder", ".streamlit", ".git", ".streamlit/config.toml"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			testtools.WriteFiles(t, dir, map[string]string{".git/config": "[core]\n", ".env": "X=1\n"})
			if tt.link != "" {
				if err := os.Symlink(tt.to, filepath.Join(dir, tt.link)); err != nil {
					t.Fatal(err)
				}
			}
			before := treeOf(t, dir)
			all := Options{Overwrite: func(string) bool { return true }}
			if _, err := Write(dir, scaffold.App{}, filesOf(tt.path, "new\n"), all); err == nil || !strings.Contains(err.Error(), "hidden folder") {
				t.Errorf("Write(%s): error = %v, want one about a hidden folder", tt.path, err)
			}
			root, err := os.OpenRoot(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer root.Close()                       //nolint:errcheck // opened for reading only
			if tt.link == "" || tt.link != tt.path { // Replace replaces a link itself
				if err := Replace(root, tt.path, []byte("new\n"), 0o644); err == nil {
					t.Error("Replace succeeded, want an error")
				}
				if err := Remove(root, tt.path); err == nil {
					t.Error("Remove succeeded, want an error")
				}
			}
			testtools.Equal(t, "files", before, treeOf(t, dir))
			if tt.link == "" {
				if _, err := Write(filepath.Join(dir, "new"), scaffold.App{}, filesOf(tt.path, "new\n"), Options{}); err == nil {
					t.Error("Write to a new folder succeeded, want an error")
				}
			}
		})
	}
}

// TestStaleIgnoresForeignFiles checks that [written] in a foreign sleet.toml cannot remove files that
// sleet never writes.
func TestStaleIgnoresForeignFiles(t *testing.T) {
	dir := t.TempDir()
	japanese := scaffold.App{App: scaffold.Identity{Runtime: scaffold.Warehouse, Language: scaffold.Japanese}}
	head, _, _ := strings.Cut(string(generate.AppPython(japanese.Resolve())), "\n")
	testtools.WriteFiles(t, dir, map[string]string{
		".git/HEAD": "ref: refs/heads/main\n", "data.csv": "1\n", "lib.py": "X = 1\n", "sql/teardown.sql": "ours\n",
		"old.py": head + "\nX = 1\n",
	})
	app := scaffold.App{Written: map[string]string{}}
	for name, text := range treeOf(t, dir) {
		app.Written[name] = Hash([]byte(text))
	}
	testtools.WriteFiles(t, dir, map[string]string{scaffold.AnswersFile: string(answers.TOML(app))})
	r := write(t, dir, scaffold.App{}, filesOf("streamlit_app.py", "1\n"), Options{})
	testtools.Equal(t, "removed", []string{"old.py", "sql/teardown.sql"}, r.Removed)
	testtools.Equal(t, "foreign", []string{".git/HEAD", "data.csv", "lib.py"}, r.Foreign)
	tree := treeOf(t, dir)
	for name := range app.Written {
		if _, there := tree[name]; there == (name == "old.py" || name == "sql/teardown.sql") {
			t.Errorf("%s exists: %t", name, there)
		}
	}
}
