package migrate

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/scaffold/testtools"
	"sleet/scaffold/workspace"
)

// tree returns every file of a folder with its mode and text, and every folder.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		text := ""
		if !d.IsDir() {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			text = string(data)
		}
		files[filepath.ToSlash(name)] = fmt.Sprintf("%v %s", info.Mode(), text)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// moved returns a folder and the changes of a migration: an edited file, a new one with its folder, a removed one,
// sleet.toml, and a lock file that another program writes.
func moved(t *testing.T) (string, []Change) {
	t.Helper()
	dir := testtools.Folder(t, map[string]string{"app.py": "old\r\n", "environment.yml": "name: x\n", "other.txt": "stays", "uv.lock": "old lock"})
	for file, mode := range map[string]os.FileMode{"app.py": 0o755, "environment.yml": 0o640} {
		if err := os.Chmod(filepath.Join(dir, file), mode); err != nil {
			t.Fatal(err)
		}
	}
	return dir, []Change{
		{Path: "sleet.toml", New: []byte("version = 1\n")},
		{Path: "app.py", Old: []byte("old\r\n"), New: []byte("new\r\n")},
		{Path: "sql/new/migrate.sql", New: []byte("SELECT 1;\n")},
		{Path: "environment.yml", Old: []byte("name: x\n")},
		{Path: scaffold.ManualFile, New: []byte("- [ ] one\n")},
	}
}

// afterwards returns the folder after the changes, without the backup.
func afterwards(before map[string]string) map[string]string {
	want := map[string]string{}
	for k, v := range before {
		want[k] = v
	}
	delete(want, "environment.yml")
	want["app.py"] = "-rwxr-xr-x new\r\n"
	want["sql"], want["sql/new"] = "drwxr-xr-x ", "drwxr-xr-x "
	want["sql/new/migrate.sql"] = "-rw-r--r-- SELECT 1;\n"
	want["sleet.toml"] = "-rw-r--r-- version = 1\n"
	want[scaffold.ManualFile] = "-rw-r--r-- - [ ] one\n"
	return want
}

func withoutBackup(files map[string]string) map[string]string {
	kept := map[string]string{}
	for k, v := range files {
		if !strings.HasPrefix(k, ".sleet") {
			kept[k] = v
		}
	}
	return kept
}

func same(t *testing.T, what string, want, got map[string]string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s:\n%s", what, diff)
	}
}

func TestApplyAndUndo(t *testing.T) {
	dir, changes := moved(t)
	before := tree(t, dir)
	if err := Apply(dir, changes, WriteOptions{Generated: []string{"uv.lock"}}); err != nil {
		t.Fatal(err)
	}
	same(t, "after", afterwards(before), withoutBackup(tree(t, dir)))
	if got := tree(t, dir)[".sleet/.gitignore"]; !strings.HasSuffix(got, "\n*\n") {
		t.Errorf("the backup is not ignored: %q", got)
	}
	write(t, dir, "uv.lock", "new lock")
	write(t, dir, scaffold.ManualFile, "- [x] one\n")
	// A second migration on top, which is undone first.
	if err := Apply(dir, []Change{{Path: "app.py", Old: []byte("new\r\n"), New: []byte("newer")}}, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	if paths, err := Undo(dir, WriteOptions{}); err != nil || !cmp.Equal(paths, []string{"app.py"}) {
		t.Fatalf("%v, %v", paths, err)
	}
	paths, err := Undo(dir, WriteOptions{})
	if err != nil || len(paths) != 6 {
		t.Fatalf("%v, %v", paths, err)
	}
	same(t, "undone", before, tree(t, dir))
	if paths, err := Undo(dir, WriteOptions{}); err != nil || paths != nil {
		t.Errorf("nothing is left to undo, but %v, %v", paths, err)
	}
}

func TestUndoKeepsEdits(t *testing.T) {
	dir, changes := moved(t)
	before := tree(t, dir)
	if err := Apply(dir, changes, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "app.py", "mine")
	edited := tree(t, dir)
	_, err := Undo(dir, WriteOptions{})
	var kept *EditedError
	if !errors.As(err, &kept) || !cmp.Equal(kept.Paths, []string{"app.py"}) {
		t.Fatalf("got %v", err)
	}
	same(t, "refused", edited, tree(t, dir))
	if _, err := Undo(dir, WriteOptions{Overwrite: true}); err != nil {
		t.Fatal(err)
	}
	same(t, "overwritten", before, tree(t, dir))
}

func TestApplyRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(dir string) error
		why   string
	}{
		"read-only file":   {func(dir string) error { return os.Chmod(filepath.Join(dir, "environment.yml"), 0o444) }, "read-only"},
		"read-only folder": {func(dir string) error { return os.Mkdir(filepath.Join(dir, "sql"), 0o555) }, "read-only"},
		"changed":          {func(dir string) error { return os.WriteFile(filepath.Join(dir, "app.py"), []byte("x"), 0o600) }, "changed since"},
		"gone":             {func(dir string) error { return os.Remove(filepath.Join(dir, "app.py")) }, "removed after"},
		"new is there":     {func(dir string) error { return os.WriteFile(filepath.Join(dir, "sleet.toml"), nil, 0o600) }, "changed since"},
		"a link":           {func(dir string) error { return os.Symlink("app.py", filepath.Join(dir, scaffold.ManualFile)) }, "symbolic link"},
		"a file":           {func(dir string) error { return os.WriteFile(filepath.Join(dir, "sql"), nil, 0o600) }, "a folder is needed here"},
		"a folder":         {func(dir string) error { return os.Mkdir(filepath.Join(dir, scaffold.ManualFile), 0o700) }, "not a regular file"},
	} {
		t.Run(name, func(t *testing.T) {
			dir, changes := moved(t)
			if err := c.spoil(dir); err != nil {
				t.Fatal(err)
			}
			before := tree(t, dir)
			err := Apply(dir, changes, WriteOptions{})
			var fault *workspace.FolderError
			if !errors.As(err, &fault) || !strings.Contains(err.Error(), c.why) {
				t.Errorf("got %v", err)
			}
			same(t, "refused", before, tree(t, dir))
		})
	}
}

// errKilled simulates the end of the process.
var errKilled = errors.New("killed")

// killed runs a function that ends at its nth step, and reports whether it got that far.
func killed(n int, run func(WriteOptions)) (was bool) {
	defer func() {
		if p := recover(); p != nil {
			if err, ok := p.(error); !ok || !errors.Is(err, errKilled) {
				panic(p)
			}
			was = true
		}
	}()
	count := 0
	run(WriteOptions{Generated: []string{"uv.lock"}, step: func(string) error {
		if count++; count == n {
			panic(errKilled)
		}
		return nil
	}})
	return false
}

// TestKilled kills a migration and an undo at every step. Each file must be old or new, and the next run must finish.
func TestKilled(t *testing.T) {
	for n := 1; ; n++ {
		dir, changes := moved(t)
		before := tree(t, dir)
		want := afterwards(before)
		if !killed(n, func(o WriteOptions) { _ = Apply(dir, changes, o) }) {
			if n < 15 {
				t.Errorf("only %d steps", n)
			}
			break
		}
		for name, text := range withoutBackup(tree(t, dir)) {
			if text != before[name] && text != want[name] && !strings.HasPrefix(text, "d") {
				t.Errorf("step %d: %s is neither old nor new: %q", n, name, text)
			}
		}
		if _, err := Recover(dir, WriteOptions{}); err != nil {
			t.Fatalf("step %d: %v", n, err)
		}
		if _, ok := tree(t, dir)["sleet.toml"]; !ok {
			same(t, fmt.Sprintf("step %d", n), before, withoutBackup(tree(t, dir)))
			if err := Apply(dir, changes, WriteOptions{}); err != nil {
				t.Fatalf("step %d: %v", n, err)
			}
		}
		same(t, fmt.Sprintf("step %d, recovered", n), want, withoutBackup(tree(t, dir)))
		if n%4 != 1 { // each undo at each step takes long
			if _, err := Undo(dir, WriteOptions{}); err != nil {
				t.Fatal(err)
			}
		}
		for m := 1; n%4 == 1 && killed(m, func(o WriteOptions) { _, _ = Undo(dir, o) }); m++ {
			if m%2 == 0 {
				if _, err := Recover(dir, WriteOptions{}); err != nil {
					t.Fatal(err)
				}
			}
		}
		same(t, fmt.Sprintf("step %d, undone", n), before, tree(t, dir))
	}
}

// TestFailed lets every step fail. The folder must be unchanged.
func TestFailed(t *testing.T) {
	for n := 1; ; n++ {
		dir, changes := moved(t)
		before := tree(t, dir)
		count := 0
		err := Apply(dir, changes, WriteOptions{step: func(string) error {
			if count++; count == n {
				return errKilled
			}
			return nil
		}})
		if err == nil {
			break
		}
		same(t, fmt.Sprintf("step %d", n), before, tree(t, dir))
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestSuperseded checks that replaced and removed contents are known while a migration is applied, but not after it was
// undone.
func TestSuperseded(t *testing.T) {
	dir, changes := moved(t)
	if err := Apply(dir, changes, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	got, err := Superseded(dir, nil)
	if err != nil || string(got["app.py"][0]) != "old\r\n" || string(got["environment.yml"][0]) != "name: x\n" || got["other.txt"] != nil {
		t.Errorf("Superseded returns %q, %v", got, err)
	}
	if _, err := Undo(dir, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	if got, err := Superseded(dir, nil); err != nil || len(got) > 0 {
		t.Errorf("after the undo Superseded returns %q, %v", got, err)
	}
}

// TestUndoRestoresEveryFile checks that undo restores each file that a plan changes, creates or removes, for
// an app with every manifest that a migration edits.
func TestUndoRestoresEveryFile(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"streamlit_app.py": "import streamlit as st\nfrom snowflake.snowpark.context import get_active_session\nst.write(get_active_session())\n",
		"environment.yml":  "name: app\nchannels: [snowflake]\ndependencies:\n  - streamlit=1.35.0\n",
		"requirements.txt": "plotly\n", ".python-version": "3.9\n", ".streamlit/config.toml": "[server]\nport = 1\n[theme]\nbase = \"dark\"\n",
		"snowflake.yml": "definition_version: 2\nentities:\n  a:\n    type: streamlit\n    identifier: A\n    main_file: streamlit_app.py\n    artifacts: [streamlit_app.py, environment.yml]\n",
		"setup.sql":     "CREATE STREAMLIT A ROOT_LOCATION = '@s/a' MAIN_FILE = '/streamlit_app.py' QUERY_WAREHOUSE = W;\n",
	}
	dir := testtools.Folder(t, files)
	before := tree(t, dir)
	m := planned(t, dir)
	if err := Apply(dir, m.Changes, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	if len(m.Changes) < 8 || !strings.HasSuffix(tree(t, dir)[".python-version"], "3.11\n") {
		t.Errorf("only %d changes", len(m.Changes))
	}
	if paths, err := Undo(dir, WriteOptions{}); err != nil || len(paths) != len(m.Changes) {
		t.Errorf("%v, %v", paths, err)
	}
	same(t, "undone", before, tree(t, dir))
}

// TestUndoOfOddNames checks that a migration changes only files that its backup can restore, no matter how they are
// named.
func TestUndoOfOddNames(t *testing.T) {
	const code = "import streamlit as st\nfrom snowflake.snowpark.context import get_active_session\nsession = get_active_session()\n"
	const sql = "CREATE STREAMLIT A.B.C ROOT_LOCATION='@A.B.ST/c' MAIN_FILE='streamlit_app.py' QUERY_WAREHOUSE=WH;\n"
	for name, text := range map[string]string{
		".x.py": code, "..x.py": code, "pages/.x.py": code, "._streamlit_app.py": code, "DEPLOY.SQL": sql, "a\nb.py": code, "-rf.py": code,
		"CON.py": code, "a b.py": code, "日本.py": code, "e\u0301.py": code, "\x1b[2J.py": code, "\xff.py": code, "\xff/x.py": code, "x\xff.SQL": sql,
		"Requirements.TXT": "pandas\n", "ENVIRONMENT.YML": "name: x\n", strings.Repeat("x", 251) + ".py": code,
	} {
		dir := testtools.Folder(t, map[string]string{"streamlit_app.py": code})
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Logf("this file system does not support %q: %v", name, err)
			continue
		}
		before, o := tree(t, dir), WriteOptions{Seal: machine("here")}
		if err := Apply(dir, planned(t, dir).Changes, o); err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		if _, err := Undo(dir, o); err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		same(t, name, before, tree(t, dir))
	}
}

// TestApplyRefusesOtherFiles checks that Apply changes nothing that Undo would refuse to restore.
func TestApplyRefusesOtherFiles(t *testing.T) {
	for _, name := range []string{".git/hooks/x.py", ".envrc", "x.sh", "\xff.py"} {
		dir := testtools.Folder(t, map[string]string{"app.py": "mine"})
		before := tree(t, dir)
		err := Apply(dir, []Change{{Path: "a.py", New: []byte("x")}, {Path: name, New: []byte("x")}}, WriteOptions{})
		var refused *workspace.FolderError
		if !errors.As(err, &refused) {
			t.Errorf("%q: %v", name, err)
		}
		same(t, name, before, tree(t, dir))
	}
}
