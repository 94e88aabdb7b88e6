package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"

	"sleet/steps/command"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sleet": main})
}

// TestScripts runs the program as a person does; the scripts can be read as its documentation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup: func(env *testscript.Env) error {
			// Nothing of this machine but sleet itself: no uv, no Python, nobody's settings.
			env.Setenv("PATH", strings.Split(os.Getenv("PATH"), string(os.PathListSeparator))[0])
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "snapshot": snapshot,
		},
	})
}

// exits runs a command that must end with an exit code: exits 2 sleet new --bad.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("run %s: %v", args[1], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// snapshot writes every file below a folder, with its time and its text's hash, into a file:
// snapshot demo before.txt.
func snapshot(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: snapshot DIR FILE")
	}
	var b strings.Builder
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		fmt.Fprintf(&b, "%s %s %x\n", path, info.ModTime(), sha256.Sum256(data))
		return err
	}))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o600))
}

// TestTree holds everything that `sleet new --yes` writes against testdata/tree.
func TestTree(t *testing.T) {
	for _, name := range []string{"container", "warehouse"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "demo")
			var said bytes.Buffer
			host := command.Host{In: strings.NewReader(""), Out: &said, Err: &said, Dir: t.TempDir(), Build: command.Build{Version: "test"}}
			if code := command.Run(context.Background(), []string{"new", dir, "--yes", "--runtime", name}, host); code != 0 {
				t.Fatalf("exit code %d\n%s", code, &said)
			}
			golden := filepath.Join("testdata", "tree", name+".txtar")
			got := tree(t, dir)
			if *update {
				if err := os.WriteFile(golden, got, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("run go test . -update and look at the difference (-want +got):\n%s", diff)
			}
		})
	}
}

// tree packs a folder into one text.
func tree(t *testing.T, dir string) []byte {
	t.Helper()
	var archive txtar.Archive
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, path))
		archive.Files = append(archive.Files, txtar.File{Name: path, Data: data})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return txtar.Format(&archive)
}

// TestReadmeLayout holds the README's picture of the layout against the tree: what it names
// exists, and every folder with Go code in it is named.
func TestReadmeLayout(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	named := layout(string(readme))
	if len(named) == 0 {
		t.Fatal("README.md has no fenced block with main.go at the start of a line")
	}
	for path := range named {
		info, err := os.Stat(path)
		if err != nil || info.IsDir() != named[path] {
			t.Errorf("README.md names %s, which is not there, or no such folder or file", path)
		}
	}
	for _, folder := range packages(t) {
		if !named[folder] {
			t.Errorf("README.md does not name the folder %s", folder)
		}
	}
}

// layout reads the fenced block that draws the tree: a path a line, below its folder by two
// spaces, then a gap and what it is. Folders end in a slash; they map to true.
func layout(readme string) map[string]bool {
	for i, block := range strings.Split(readme, "```") {
		if i%2 == 0 || !strings.Contains(block, "\nmain.go") {
			continue
		}
		named := map[string]bool{}
		var above []string
		for _, line := range strings.Split(block, "\n")[1:] {
			text := strings.TrimLeft(line, " ")
			if text == "" {
				continue
			}
			depth := min((len(line)-len(text))/2, len(above))
			names, _, _ := strings.Cut(text, "  ")
			for name := range strings.FieldsSeq(names) {
				path := filepath.Join(append(above[:depth:depth], name)...)
				named[path] = strings.HasSuffix(name, "/")
				if named[path] {
					above = append(above[:depth:depth], name)
				}
			}
		}
		return named
	}
	return nil
}

// packages lists the folders with Go code in them, but for the root.
func packages(t *testing.T) []string {
	t.Helper()
	seen := map[string]bool{}
	err := fs.WalkDir(os.DirFS("."), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if folder := filepath.Dir(path); strings.HasSuffix(path, ".go") && folder != "." {
			seen[folder] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(seen))
}

func TestLayoutIsRead(t *testing.T) {
	const readme = "# x\n```sh\ngo test\n```\n```\nmain.go   a few lines\nsteps/    the wizard\n" +
		"  command/  the command line\n    deep/\n  keep/  drafts\nui/\ngo.mod go.sum  pins\n```\n"
	want := map[string]bool{
		"main.go": false, "steps": true, "steps/command": true, "steps/command/deep": true, "steps/keep": true,
		"ui": true, "go.mod": false, "go.sum": false,
	}
	if diff := cmp.Diff(want, layout(readme)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestNoPatternIsCompiledAtStart finds regular expressions that every start of the program would compile,
// whatever it then does: they belong into sync.OnceValue.
func TestNoPatternIsCompiledAtStart(t *testing.T) {
	for _, path := range goFiles(t) {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			vars, ok := decl.(*ast.GenDecl)
			if !ok {
				continue
			}
			ast.Inspect(vars, func(n ast.Node) bool {
				if _, later := n.(*ast.FuncLit); later {
					return false
				}
				call, ok := n.(*ast.SelectorExpr)
				if ok && strings.HasPrefix(call.Sel.Name, "MustCompile") {
					t.Errorf("%s: %s runs at every start; use sync.OnceValue", path, call.Sel.Name)
				}
				return true
			})
		}
	}
}

// goFiles are the Go files of the program, without tests.
func goFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || len(path) > 1 && strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
			files = append(files, path)
		}
		return nil
	})
	if err != nil || len(files) < 100 {
		t.Fatalf("%d Go files: %v", len(files), err)
	}
	return files
}
