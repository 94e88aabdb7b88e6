package existing_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/scaffold/testtools"
)

// TestGuessImports checks that no import is missed in any syntax.
func TestGuessImports(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		"import a", "import a.b.c", "import a as b, c.d as e, f", "import a \\\n  as b, c", "import a . b", "import a;import b",
		"from a import b", "from a.b import c as d, e", "from . import a", "from .. import a, b", "from ...a.b import c", "from . .x import y",
		"from a import (b,\n  c as d, # f, g\n\n  e,)\n", "from a import(b)", "from.a import b", "from a \\\n import b", "from \\\r\n a import b",
		"from a import *", "if x: import a", "try:\n  import a\nexcept ImportError: from b import c\n", "class A:\n\timport a\n",
		"lambda: 0; from a.b import c; import d", "from importlib import import_module", "import importer, important.imports",
		"from ａ import ｂ", "import é.ü", "from a import b\f", "import a # as b", "from fromage import importance",
	} {
		want, ok := existing.Imports([]byte(source))
		if !ok {
			t.Errorf("%q is not Python", source)
		}
		got := existing.GuessImports([]byte(source))
		for _, name := range want {
			if !strings.HasSuffix(name, ".*") && !slices.Contains(got, name) {
				t.Errorf("%q imports %q, guessed %q", source, name, got)
			}
		}
		if extra := len(got) - len(want); extra > 0 {
			t.Errorf("%q: %d names too many: %q, want %q", source, extra, got, want)
		}
	}
}

// TestGuessImportsOfLibrary is TestGuessImports on CPython's standard library.
func TestGuessImportsOfLibrary(t *testing.T) {
	t.Parallel()
	pythons := testtools.Pythons(t)
	files := 0
	err := filepath.WalkDir(pythons[len(pythons)-1].Lib, func(p string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() && strings.HasSuffix(p, "-packages") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(p, ".py") {
			return nil
		}
		text, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		want, ok := existing.Imports(text)
		if !ok {
			return nil
		}
		files++
		guessed := map[string]bool{}
		for _, name := range existing.GuessImports(text) {
			guessed[name] = true
		}
		for _, name := range want {
			if !strings.HasSuffix(name, ".*") && !guessed[name] {
				t.Errorf("%s imports %q, which is not guessed", p, name)
			}
		}
		return nil
	})
	if err != nil || files < 100 {
		t.Fatal(files, err)
	}
}

// seen is what is found in a folder.
type seen struct {
	Root, Main string
	Candidates []string
	Code       []string
	Findings   []facts.Finding
}

// seenIn reads a folder and parses all its Python, or only what may matter.
func seenIn(t *testing.T, dir string, all bool) []seen {
	t.Helper()
	most := int64(-1)
	if all {
		most = 1 << 40
	}
	defer existing.SetMaxRead(existing.SetMaxRead(most))
	folder, err := existing.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []seen
	for _, app := range folder.Apps {
		s := seen{Root: app.Root, Main: app.Main, Candidates: app.Candidates, Code: app.Code()}
		for _, runtime := range []string{"container", "warehouse"} {
			s.Findings = append(s.Findings, check.Findings(app, facts.Options{Runtime: scaffold.Runtime(runtime)})...)
		}
		list = append(list, s)
	}
	return list
}

// TestPartialParsing checks that reading a folder without parsing all its Python finds the same as parsing everything: in
// the sample apps, with files of the same names around them, and next to a library.
//
//nolint:paralleltest // Changes a package variable.
func TestPartialParsing(t *testing.T) {
	var dirs []string
	for _, pattern := range []string{"../check/testdata/apps/*", "../migrate/testdata/apps/*.txtar", "../migrate/testdata/plan/*.txtar", "../../steps/command/testdata/layouts/*.txtar"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range names {
			if filepath.Ext(name) == ".txtar" {
				name = unpacked(t, name)
			}
			dirs = append(dirs, name)
		}
	}
	apps := 0
	for _, dir := range dirs {
		whole := seenIn(t, dir, true)
		apps += len(whole)
		if diff := cmp.Diff(whole, seenIn(t, dir, false), cmp.AllowUnexported(facts.Finding{})); diff != "" {
			t.Errorf("%s (-all parsed +some parsed):\n%s", dir, diff)
		}
	}
	if apps < 20 {
		t.Errorf("only %d apps", apps)
	}
	all := t.TempDir()
	for i, dir := range dirs {
		if err := os.CopyFS(filepath.Join(all, string(rune('a'+i%26)), filepath.Base(dir)), os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(seenIn(t, all, true), seenIn(t, all, false), cmp.AllowUnexported(facts.Finding{})); diff != "" {
		t.Errorf("all in one folder (-all parsed +some parsed):\n%s", diff)
	}
}

// unpacked writes the files of an archive to a folder.
func unpacked(t *testing.T, name string) string {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), strings.TrimSuffix(filepath.Base(name), ".txtar"))
	for _, f := range archive.Files {
		p := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(p), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
