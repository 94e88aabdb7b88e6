package workspace

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/generate"
	"sleet/scaffold/testtools"
)

// treeOf returns the files under a folder by path, with symbolic links as their targets.
func treeOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if d.Type()&fs.ModeSymlink != 0 {
			target, err := os.Readlink(path)
			found[filepath.ToSlash(name)] = "-> " + target
			return err
		}
		data, err := os.ReadFile(path)
		found[filepath.ToSlash(name)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func filesOf(pairs ...string) []scaffold.File {
	var files []scaffold.File
	for i := 0; i < len(pairs); i += 2 {
		files = append(files, scaffold.File{Path: pairs[i], Data: []byte(pairs[i+1])})
	}
	return files
}

// write calls Write and fails the test on an error.
func write(t *testing.T, dir string, app scaffold.App, files []scaffold.File, o Options) Result {
	t.Helper()
	r, err := Write(dir, app, files, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// states returns the changes of a result as "path state".
func states(r Result) []string {
	var all []string
	for _, c := range r.Changes {
		all = append(all, c.Path+" "+string(c.State))
	}
	return all
}

func TestWriteNewFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b", "demo")
	app := scaffold.App{App: scaffold.Identity{Title: "T"}}
	files := filesOf("app.py", "1\n", "sql/setup.sql", "2\n", ".streamlit/secrets.toml", "3\n")
	r := write(t, dir, app, files, Options{})
	testtools.Equal(t, "states", []string{"app.py new", "sql/setup.sql new", ".streamlit/secrets.toml new", "sleet.toml new"}, states(r))
	tree := treeOf(t, filepath.Dir(filepath.Dir(dir)))
	app.Written = map[string]string{"app.py": Hash([]byte("1\n")), "sql/setup.sql": Hash([]byte("2\n")), ".streamlit/secrets.toml": Hash([]byte("3\n"))}
	testtools.Equal(t, "files", map[string]string{
		"b/demo/app.py": "1\n", "b/demo/sql/setup.sql": "2\n", "b/demo/.streamlit/secrets.toml": "3\n", "b/demo/sleet.toml": string(answers.TOML(app)),
	}, tree)
	if runtime.GOOS != "windows" {
		for name, want := range map[string]fs.FileMode{"app.py": 0o644, ".streamlit/secrets.toml": 0o600, "sql": 0o755 | fs.ModeDir} {
			info, err := os.Stat(filepath.Join(dir, name))
			if err != nil || info.Mode()&^umask(t) != want&^umask(t) {
				t.Errorf("%s has mode %v, want %v (%v)", name, info.Mode(), want, err)
			}
		}
	}
	again := write(t, dir, app, files, Options{})
	testtools.Equal(t, "states when run again", []string{"app.py same", "sql/setup.sql same", ".streamlit/secrets.toml same", "sleet.toml same"}, states(again))
}

// umask returns the process's umask by creating a file.
func umask(t *testing.T) fs.FileMode {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o777)
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil || f.Close() != nil {
		t.Fatal(err)
	}
	return 0o777 &^ info.Mode()
}

func TestWriteKeepsOtherFiles(t *testing.T) {
	dir := t.TempDir()
	testtools.WriteFiles(t, dir, map[string]string{"notes.md": "mine", "app.py": "mine", "sql/own.sql": "mine"})
	files := filesOf("app.py", "new\n", "sql/setup.sql", "new\n")
	r := write(t, dir, scaffold.App{}, files, Options{})
	testtools.Equal(t, "kept", []string{"app.py"}, r.Kept)
	tree := treeOf(t, dir)
	testtools.Equal(t, "app.py", "mine", tree["app.py"])
	testtools.Equal(t, "sql/setup.sql", "new\n", tree["sql/setup.sql"])
	testtools.Equal(t, "notes.md", "mine", tree["notes.md"])
	if strings.Contains(tree["sleet.toml"], "app.py") {
		t.Errorf("sleet.toml lists a file that was not written:\n%s", tree["sleet.toml"])
	}
	r = write(t, dir, scaffold.App{}, files, Options{Overwrite: func(path string) bool { return path == "app.py" }})
	testtools.Equal(t, "kept", []string(nil), r.Kept)
	testtools.Equal(t, "app.py", "new\n", treeOf(t, dir)["app.py"])
}

func TestWriteUpdates(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, scaffold.App{}, filesOf("a.py", "1\n", "b.py", "1\n", "c.py", "1\n", "sql/teardown.sql", "1\n", "snowflake.yml", "1\n"), Options{})
	testtools.WriteFiles(t, dir, map[string]string{"b.py": "1\nedited\n", "snowflake.yml": "edited\n"})
	if err := os.Chmod(filepath.Join(dir, "a.py"), 0o700); err != nil {
		t.Fatal(err)
	}
	app := scaffold.App{App: scaffold.Identity{Title: "T"}}
	r := write(t, dir, app, filesOf("a.py", "2\n", "b.py", "2\n", "c.py", "1\n"), Options{})
	testtools.Equal(t, "states", []string{"a.py changed", "b.py edited", "c.py same", "sleet.toml changed"}, states(r))
	testtools.Equal(t, "kept", []string{"b.py"}, r.Kept)
	testtools.Equal(t, "removed", []string{"sql/teardown.sql"}, r.Removed)
	testtools.Equal(t, "stale", []string{"snowflake.yml"}, r.Stale)
	app.Written = map[string]string{
		"a.py": Hash([]byte("2\n")), "b.py": Hash([]byte("1\n")), "c.py": Hash([]byte("1\n")), "snowflake.yml": Hash([]byte("1\n")),
	}
	testtools.Equal(t, "files", map[string]string{"a.py": "2\n", "b.py": "1\nedited\n", "c.py": "1\n", "snowflake.yml": "edited\n", "sleet.toml": string(answers.TOML(app))}, treeOf(t, dir))
	if info, err := os.Stat(filepath.Join(dir, "a.py")); runtime.GOOS != "windows" && (err != nil || info.Mode() != 0o700) {
		t.Errorf("mode of a replaced file = %v (%v)", info.Mode(), err)
	}
	if _, err := os.Stat(filepath.Join(dir, "sql")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the empty folder of a removed file remains: %v", err)
	}
}

func TestWriteMerge(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, scaffold.App{}, filesOf("a.py", "1\n"), Options{})
	testtools.WriteFiles(t, dir, map[string]string{"a.py": "0\n1\n"})
	r := write(t, dir, scaffold.App{}, filesOf("a.py", "1\n2\n"), Options{Content: map[string][]byte{"a.py": []byte("0\n1\n2\n")}})
	testtools.Equal(t, "kept", []string(nil), r.Kept)
	testtools.Equal(t, "a.py", "0\n1\n2\n", treeOf(t, dir)["a.py"])
	// The merge counts as the person's edit: the next change must not overwrite it.
	r = write(t, dir, scaffold.App{}, filesOf("a.py", "1\n3\n"), Options{})
	testtools.Equal(t, "states", []string{"a.py edited", "sleet.toml same"}, states(r))
}

func TestWriteIgnoresLineEndings(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, scaffold.App{}, filesOf("a.py", "1\n2\n", "b.py", "1\n"), Options{})
	tree := treeOf(t, dir)
	for name, text := range tree {
		testtools.WriteFiles(t, dir, map[string]string{name: strings.ReplaceAll(text, "\n", "\r\n")})
	}
	r := write(t, dir, scaffold.App{}, filesOf("a.py", "1\n3\n", "b.py", "1\n"), Options{DryRun: true})
	testtools.Equal(t, "states", []string{"a.py changed", "b.py same", "sleet.toml changed"}, states(r))
}

func TestDryRunWritesNothing(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, scaffold.App{}, filesOf("a.py", "1\n", "sql/setup.sql", "1\n"), Options{})
	before := treeOf(t, dir)
	r := write(t, dir, scaffold.App{}, filesOf("a.py", "2\n", "new/b.py", "2\n"), Options{DryRun: true})
	testtools.Equal(t, "states", []string{"a.py changed", "new/b.py new", "sleet.toml changed"}, states(r))
	testtools.Equal(t, "removed", []string{"sql/setup.sql"}, r.Removed)
	testtools.Equal(t, "files", before, treeOf(t, dir))
	write(t, filepath.Join(dir, "x", "y"), scaffold.App{}, filesOf("a.py", "2\n"), Options{DryRun: true})
	testtools.Equal(t, "files", before, treeOf(t, dir))
}

func TestWriteKeepsCommentsOfAnswers(t *testing.T) {
	const own = "# mine\n[app] # here\ntitle = 'T' # so\n"
	hash := Hash([]byte("1\n"))
	written := "[written]\n\"a.py\" = \"" + hash + "\"\n"
	for _, tt := range []struct{ name, before, after string }{
		{"no written yet", own, own + "\n" + written},
		{"no last newline", "# mine\nversion = 1", "# mine\nversion = 1\n\n" + written},
		{"written last", own + "\n[written]\n\"a.py\" = \"x\"\n", own + "\n" + written},
		{"written in the middle", "# mine\n[written]\n\"a.py\" = \"x\"\n# about roles\n[roles] # r\n", "# mine\n\n" + written + "\n# about roles\n[roles] # r\n"},
		{"written first", "[written] # w\n\n\n[roles]\n# end\n", written + "\n[roles]\n# end\n"},
		{"Windows lines", strings.ReplaceAll(own, "\n", "\r\n"), strings.ReplaceAll(own+"\n"+written, "\n", "\r\n")},
		{"written as one line", "# mine\nwritten = { x = \"y\" }\n", ""},
		{"byte order mark", "\ufeff" + own, own + "\n" + written},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			testtools.WriteFiles(t, dir, map[string]string{"sleet.toml": tt.before, "a.py": "1\n"})
			f, err := Read(dir)
			if err != nil {
				t.Fatal(err)
			}
			write(t, dir, f.App, filesOf("a.py", "1\n"), Options{})
			got := treeOf(t, dir)["sleet.toml"]
			if tt.after != "" {
				testtools.Equal(t, "sleet.toml", tt.after, got)
			}
			if app, err := answers.Parse(scaffold.AnswersFile, []byte(got)); err != nil || app.Written["a.py"] != hash || app.App.Title != f.App.App.Title {
				t.Errorf("Parse: %v in\n%s", err, got)
			}
		})
	}
}

func TestWriteMergesAnswers(t *testing.T) {
	dir := t.TempDir()
	app := scaffold.App{App: scaffold.Identity{Name: "a", Title: "T"}, Python: scaffold.Python{Packages: []string{"pandas"}}, Roles: scaffold.Roles{Owner: "R"}}
	testtools.WriteFiles(t, dir, map[string]string{"sleet.toml": strings.Replace(string(answers.TOML(app)), "[python]", "# what we need\n[python] # really", 1)})
	app.Roles.Owner = "S"
	write(t, dir, app, nil, Options{})
	got := treeOf(t, dir)["sleet.toml"]
	if !strings.Contains(got, "# what we need\n[python] # really\n") || !strings.Contains(got, `owner = "S"`) {
		t.Errorf("comments or answers were lost:\n%s", got)
	}
}

func TestWriteRejectsFolders(t *testing.T) {
	parent := t.TempDir()
	testtools.WriteFiles(t, parent, map[string]string{"file": "x"})
	if err := os.Symlink("nowhere", filepath.Join(parent, "link")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	before := treeOf(t, parent)
	for dir, want := range map[string]string{
		"file":        "file: this is a file, and a folder is needed here; move the file away, or choose another folder",
		"link":        "link: this is a broken symbolic link; remove it, or choose another folder",
		"link/demo":   "link: this is a broken symbolic link; remove it, or choose another folder",
		"file/demo":   "this is a file, and a folder is needed here; move the file away, or choose another folder",
		"file/a/demo": "this is a file, and a folder is needed here; move the file away, or choose another folder",
	} {
		for _, dry := range []bool{true, false} {
			_, err := Write(filepath.Join(parent, dir), scaffold.App{}, filesOf("a.py", "1\n"), Options{DryRun: dry})
			var fe *FolderError
			if !errors.As(err, &fe) || !strings.HasSuffix(err.Error(), want) {
				t.Errorf("Write(%s): error = %v\nwant %s", dir, err, want)
			}
		}
	}
	testtools.Equal(t, "files", before, treeOf(t, parent))
}

func TestWriteFollowsLinksInside(t *testing.T) {
	dir := t.TempDir()
	testtools.WriteFiles(t, dir, map[string]string{"src/real.py": "old"})
	for name, target := range map[string]string{"app.py": "src/real.py", "sql": "src"} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	write(t, dir, scaffold.App{}, filesOf("app.py", "new\n", "sql/setup.sql", "new\n"), Options{Overwrite: func(string) bool { return true }})
	tree := treeOf(t, dir)
	delete(tree, "sleet.toml")
	testtools.Equal(t, "files", map[string]string{"src/real.py": "new\n", "src/setup.sql": "new\n", "app.py": "-> src/real.py", "sql": "-> src"}, tree)
}

func TestWriteInvalidAnswers(t *testing.T) {
	dir := t.TempDir()
	testtools.WriteFiles(t, dir, map[string]string{"sleet.toml": "[app]\nnmae = 1\n"})
	_, err := Write(dir, scaffold.App{}, filesOf("a.py", "1\n"), Options{})
	var pe *answers.ParseError
	if !errors.As(err, &pe) || pe.Line != 2 || pe.File != filepath.Join(dir, "sleet.toml") {
		t.Errorf("Write: error = %v, want a ParseError", err)
	}
	testtools.Equal(t, "files", map[string]string{"sleet.toml": "[app]\nnmae = 1\n"}, treeOf(t, dir))
}

// The scenario of the tests below: files are replaced, created, kept and removed, and a folder
// becomes empty.
func oldFiles() []scaffold.File {
	return filesOf("a.py", "old\n", "b.py", "same\n", "c.py", "old\n", "tests/test_app.py", "old\n", "environment.yml", "old\n")
}

func newFiles() []scaffold.File {
	return filesOf("a.py", "new\n", "b.py", "same\n", "c.py", "new\n", "sql/setup.sql", "new\n", ".streamlit/config.toml", "new\n")
}

func crashFolder(t *testing.T, existing bool) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "demo")
	if existing {
		write(t, dir, scaffold.App{}, oldFiles(), Options{})
		testtools.WriteFiles(t, dir, map[string]string{"c.py": "edited\n", "own.txt": "own\n"})
	}
	return dir
}

var crashApp = scaffold.App{App: scaffold.Identity{Title: "after"}}

// countSteps returns the number of steps of a complete write.
func countSteps(t *testing.T, existing bool) int {
	t.Helper()
	n := 0
	write(t, crashFolder(t, existing), crashApp, newFiles(), Options{step: func(string) error { n++; return nil }})
	if n < 8 {
		t.Fatalf("only %d steps", n)
	}
	return n
}

// TestWriteFails fails each step in turn: either nothing has changed, or the error says what has.
func TestWriteFails(t *testing.T) {
	for _, existing := range []bool{true, false} {
		for n := range countSteps(t, existing) {
			dir := crashFolder(t, existing)
			parent := filepath.Dir(dir)
			before := treeOf(t, parent)
			i, failed := 0, ""
			_, err := Write(dir, crashApp, newFiles(), Options{step: func(what string) error {
				if i++; i == n+1 {
					failed = what
					return &fs.PathError{Op: "write", Path: what, Err: syscall.ENOSPC}
				}
				return nil
			}})
			var fe *FolderError
			if !errors.As(err, &fe) || !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "the disk is full; free some space and run it again") {
				t.Fatalf("step %d (%s): %v", n, failed, err)
			}
			after := treeOf(t, parent)
			if strings.HasPrefix(failed, "replace") || strings.HasPrefix(failed, "remove") {
				if !strings.Contains(err.Error(), "running it again completes") {
					t.Errorf("step %d (%s): the error does not say that files were written: %v", n, failed, err)
				}
				oldOrNew(t, dir, existing)
				noLeftovers(t, dir)
			} else {
				testtools.Equal(t, "files after "+failed, before, after)
				if entries, _ := os.ReadDir(filepath.Join(dir, "sql")); entries != nil {
					t.Errorf("step %d (%s) left a folder", n, failed)
				}
			}
			finishes(t, dir, existing)
		}
	}
}

// TestWriteIsKilled kills the process at each step in turn.
func TestWriteIsKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts many processes")
	}
	for _, existing := range []bool{true, false} {
		for n := range countSteps(t, existing) {
			dir := crashFolder(t, existing)
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestWriteChild$")
			cmd.Env = append(os.Environ(), "SLEET_TEST_CRASH_DIR="+dir, "SLEET_TEST_CRASH_AT="+strconv.Itoa(n))
			out, err := cmd.CombinedOutput()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != 99 {
				t.Fatalf("step %d: the child was not killed: %v\n%s", n, err, out)
			}
			oldOrNew(t, dir, existing)
			finishes(t, dir, existing)
		}
	}
}

// TestWriteChild is the process that is killed.
func TestWriteChild(t *testing.T) {
	dir := os.Getenv("SLEET_TEST_CRASH_DIR")
	if dir == "" {
		t.Skip("run by TestWriteIsKilled")
	}
	at, err := strconv.Atoi(os.Getenv("SLEET_TEST_CRASH_AT"))
	if err != nil {
		t.Fatal(err)
	}
	i := 0
	_, err = Write(dir, crashApp, newFiles(), Options{step: func(string) error {
		if i == at {
			os.Exit(99)
		}
		i++
		return nil
	}})
	t.Fatalf("Write returned instead of exiting: %v", err)
}

// oldOrNew checks that each file is complete and that sleet.toml is not newer than the others.
func oldOrNew(t *testing.T, dir string, existing bool) {
	t.Helper()
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) && !existing {
		return
	}
	tree := treeOf(t, dir)
	want := map[string][]string{"a.py": {"old\n", "new\n"}, "b.py": {"same\n"}, "c.py": {"edited\n"}, "own.txt": {"own\n"}}
	if !existing {
		want = map[string][]string{"a.py": {"new\n"}, "b.py": {"same\n"}, "c.py": {"new\n"}, "sql/setup.sql": {"new\n"}, ".streamlit/config.toml": {"new\n"}}
	}
	for name, texts := range want {
		if !slices.Contains(texts, tree[name]) {
			t.Errorf("%s is %q, want one of %q", name, tree[name], texts)
		}
	}
	app, err := answers.Parse(scaffold.AnswersFile, []byte(tree["sleet.toml"]))
	if err != nil {
		t.Errorf("sleet.toml is neither old nor new: %v", err)
	}
	if app.App.Title == "after" && (tree["a.py"] != "new\n" || tree["sql/setup.sql"] != "new\n" || tree["environment.yml"] != "") {
		t.Error("sleet.toml is ahead of the other files")
	}
}

func noLeftovers(t *testing.T, dir string) {
	t.Helper()
	for name := range treeOf(t, filepath.Dir(dir)) {
		if base := filepath.Base(name); strings.HasPrefix(base, ".") || strings.HasPrefix(name, ".sleet-") {
			t.Errorf("leftover file %s", name)
		}
	}
}

// finishes runs the write again and checks that the result is the same as without interruption.
func finishes(t *testing.T, dir string, existing bool) {
	t.Helper()
	r := write(t, dir, crashApp, newFiles(), Options{})
	want := map[string]string{"demo/a.py": "new\n", "demo/b.py": "same\n", "demo/c.py": "new\n", "demo/sql/setup.sql": "new\n", "demo/.streamlit/config.toml": "new\n"}
	if existing {
		want["demo/c.py"], want["demo/own.txt"] = "edited\n", "own\n"
		testtools.Equal(t, "kept", []string{"c.py"}, r.Kept)
	}
	tree := treeOf(t, filepath.Dir(dir))
	delete(tree, "demo/sleet.toml")
	testtools.Equal(t, "files after the next run", want, tree)
	f, err := Read(dir)
	if err != nil || f.App.App.Title != "after" || f.App.Written["a.py"] != Hash([]byte("new\n")) {
		t.Errorf("sleet.toml after the next run: %v\n%s", err, f.Files[scaffold.AnswersFile])
	}
}

func TestRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "my app")
	f, err := Read(dir)
	if err != nil || f.Exists || f.Saved || f.App.Folder != "my app" {
		t.Errorf("Read of a missing folder = %+v, %v", f, err)
	}
	testtools.WriteFiles(t, dir, map[string]string{
		"sleet.toml":  "[app]\nmain_file = \"src/main.py\"\n[written]\n\"old/x.py\" = \"h\"\n\"../y\" = \"h\"\n",
		"src/main.py": "m", "old/x.py": "x", "pyproject.toml": "p", "uv.lock": "l", "notes.md": "n", ".git/config": "c",
		"other.py": "o", "app2.py": "2", ".app2.py1234567890123456789": "leftover", "sql/.gitkeep": "",
	})
	f, err = Read(dir, "app2.py", "missing.py")
	if err != nil {
		t.Fatal(err)
	}
	if !f.Exists || !f.Saved || f.App.App.MainFile != "src/main.py" || f.App.Folder != "my app" {
		t.Errorf("Read = %+v", f)
	}
	got := map[string]string{}
	for name, data := range f.Files {
		got[name] = string(data)
	}
	delete(got, "sleet.toml")
	testtools.Equal(t, "files", map[string]string{"src/main.py": "m", "old/x.py": "x", "pyproject.toml": "p", "uv.lock": "l", "app2.py": "2"}, got)
	testtools.Equal(t, "others", []string{".git", "notes.md", "other.py"}, f.Others)
}

func TestReadInvalidAnswers(t *testing.T) {
	dir := t.TempDir()
	testtools.WriteFiles(t, dir, map[string]string{"sleet.toml": "x", "environment.yml": "e"})
	f, err := Read(dir)
	var pe *answers.ParseError
	if !errors.As(err, &pe) {
		t.Errorf("Read: error = %v, want a ParseError", err)
	}
	if f.Saved || string(f.Files["environment.yml"]) != "e" || string(f.Files["sleet.toml"]) != "x" {
		t.Errorf("Read = %+v", f)
	}
}

func TestMerge(t *testing.T) {
	const base = "a\nb\nc\nd\ne\n"
	for _, tt := range []struct {
		name, mine, theirs, want string
		clean                    bool
	}{
		{"nothing", base, base, base, true},
		{"mine", "A\nb\nc\nd\ne\n", base, "A\nb\nc\nd\ne\n", true},
		{"theirs", base, "a\nb\nc\nd\nE\n", "a\nb\nc\nd\nE\n", true},
		{"both", "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n", "A\nb\nc\nd\nE\n", true},
		{"the same", "A\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", true},
		{"one line twice", "A\nb\nc\nd\ne\n", "X\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", false},
		{"two additions", base + "mine\n", base + "theirs\n", base + "mine\n", false},
		{"one addition", base + "f\n", base + "f\n", base + "f\n", true},
		{"removed and changed", "a\nc\nd\ne\n", "a\nB\nc\nd\ne\n", "a\nc\nd\ne\n", false},
		{"Windows lines", "A\r\nb\r\nc\r\nd\r\ne\r\n", "a\nb\nc\nd\nE\n", "A\r\nb\r\nc\r\nd\r\nE\r\n", true},
		{"no last newline", "a\nb\nc\nd\ne", "A\nb\nc\nd\ne\n", "A\nb\nc\nd\ne", true},
	} {
		got, clean := Merge([]byte(base), []byte(tt.mine), []byte(tt.theirs))
		if string(got) != tt.want || clean != tt.clean {
			t.Errorf("%s: Merge = %q, %v; want %q, %v", tt.name, got, clean, tt.want, tt.clean)
		}
	}
}

func TestUnifiedDiff(t *testing.T) {
	for _, tt := range []struct {
		name     string
		from, to []byte
		want     string
	}{
		{"same", []byte("a\n"), []byte("a\r\n"), ""},
		{"changed", []byte("a\nb\n"), []byte("a\nc\n"), "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"},
		{"new", nil, []byte("a\n"), "--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n"},
		{"gone", []byte("a\n"), nil, "--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n"},
		{"large", bytes.Repeat([]byte("a\n"), 2<<20), []byte("a\n"), "Files a/x and b/x differ\n"},
		{"large and the same", bytes.Repeat([]byte("a\n"), 2<<20), bytes.Repeat([]byte("a\r\n"), 2<<20), ""},
	} {
		if got := UnifiedDiff("x", tt.from, tt.to); got != tt.want {
			t.Errorf("%s: UnifiedDiff = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestBase(t *testing.T) {
	files := generate.Files(scaffold.App{Folder: "demo"})
	if len(files) == 0 {
		t.Skip("nothing is generated yet")
	}
	f := Folder{App: scaffold.App{Folder: "demo", Written: map[string]string{files[0].Path: Hash(files[0].Data)}}}
	if got, ok := f.Base(files[0].Path); !ok || !bytes.Equal(got, files[0].Data) {
		t.Errorf("Base(%s) not found", files[0].Path)
	}
	f.App.Written[files[0].Path] = "other"
	if _, ok := f.Base(files[0].Path); ok {
		t.Error("Base with a different hash found")
	}
}
