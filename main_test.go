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
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"

	"sleet/steps/command"
	"sleet/steps/command/machine"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sleet": main})
}

// TestScripts runs the program as a person does. The scripts also serve as documentation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup: func(env *testscript.Env) error {
			// Nothing of this machine but sleet itself: no uv, no Python, no settings.
			env.Setenv("PATH", strings.Split(os.Getenv("PATH"), string(os.PathListSeparator))[0])
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "snapshot": snapshot,
		},
	})
}

// exits checks the exit code of a command: exits 2 sleet new --bad.
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

// snapshot writes the path, time and hash of every file in a folder to a file: snapshot demo before.txt.
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

// TestTree compares everything that `sleet new --yes` writes with testdata/tree.
func TestTree(t *testing.T) {
	for _, name := range []string{"container", "warehouse"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "demo")
			var output bytes.Buffer
			host := machine.Host{In: strings.NewReader(""), Out: &output, Err: &output, Dir: t.TempDir(), Build: machine.Build{Version: "test"}}
			if code := command.Run(context.Background(), []string{"new", dir, "--yes", "--runtime", name}, host); code != 0 {
				t.Fatalf("exit code %d\n%s", code, &output)
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
				t.Errorf("run go test . -update and read the diff (-want +got):\n%s", diff)
			}
		})
	}
}

// tree returns the files of a folder as a txtar archive.
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

// TestReadmeLayout checks the README's layout section: every path in it exists, and every folder with Go code is in it.
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
			t.Errorf("README.md names %s, which does not exist, or is a file instead of a folder or the reverse", path)
		}
	}
	for _, folder := range packages(t) {
		if !named[folder] {
			t.Errorf("README.md does not name the folder %s", folder)
		}
	}
}

// layout parses the fenced block that shows the folders: one path per line, indented by two spaces per level, followed
// by a gap and a description. Folders end in a slash and map to true.
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

// packages returns the folders with Go code, except the root.
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

// TestNoPatternIsCompiledAtStart finds regular expressions that would be compiled at every start of the program. They
// belong in sync.OnceValue.
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

// goFiles returns the Go files of the program, without tests.
func goFiles(t *testing.T) []string {
	t.Helper()
	return slices.DeleteFunc(allGoFiles(t), func(path string) bool { return strings.HasSuffix(path, "_test.go") })
}

// allGoFiles returns the Go files of the program and its tests, without testdata.
func allGoFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || len(path) > 1 && strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case strings.HasSuffix(path, ".go"):
			files = append(files, path)
		}
		return nil
	})
	if err != nil || len(files) < 100 {
		t.Fatalf("%d Go files: %v", len(files), err)
	}
	return files
}

// architecture explains the packages; contributing has the recipes.
const (
	architecture = ".github/ARCHITECTURE.md"
	contributing = ".github/CONTRIBUTING.md"
)

// mostFiles is the maximum number of files in a package, not counting tests. A larger package hides groups of files
// that only share a prefix.
const mostFiles = 35

// TestImportsPointDown compares the imports of each package with the architecture page: a package imports only the
// packages of its row, and those have rows below it.
func TestImportsPointDown(t *testing.T) {
	rows := importTable(t)
	row := map[string]int{}
	for i, r := range rows {
		row[r.name] = i
	}
	imports := ownImports(t)
	for name := range imports {
		if _, ok := row[name]; !ok {
			t.Errorf("%s has no row for %s", architecture, name)
		}
	}
	for i, r := range rows {
		for _, other := range imports[r.name] {
			if !slices.Contains(r.imports, other) {
				t.Errorf("%s imports %s, which its row in %s does not list", r.name, other, architecture)
			}
		}
		for _, other := range r.imports {
			if row[other] <= i {
				t.Errorf("%s imports %s, which is not in a row below it", r.name, other)
			}
		}
	}
}

// TestForbiddenImports checks what no change of the table may allow: the widgets and Snowflake's values know no app, journeys and
// deployments draw nothing, and few packages use an account.
func TestForbiddenImports(t *testing.T) {
	for name, others := range ownImports(t) {
		for _, other := range others {
			switch {
			case other == "ui/message", name == "snowflake" && other == "snowflake/safely":
			case strings.HasPrefix(name, "ui") && (other == "ui" || strings.HasPrefix(other, "ui/")):
			case strings.HasPrefix(name, "ui"), name == "snowflake", strings.HasPrefix(name, "snowflake/") && !strings.HasPrefix(other, "snowflake"):
				t.Errorf("%s imports %s", name, other)
			case strings.HasPrefix(other, "snowflake/account") && other != "snowflake/account/profile" &&
				name != "steps/deploy" && !strings.HasPrefix(name, "steps/command") && !strings.HasPrefix(name, "snowflake/account"):
				t.Errorf("%s imports %s", name, other)
			case strings.HasPrefix(name, "scaffold") && (strings.HasPrefix(other, "steps") || strings.HasPrefix(other, "ui")):
				t.Errorf("%s imports %s", name, other)
			}
		}
	}
	for _, path := range goFiles(t) {
		name := filepath.ToSlash(filepath.Dir(path))
		for _, imported := range importsOf(t, path) {
			if strings.HasPrefix(imported, "github.com/snowflakedb/gosnowflake") && name != "snowflake/account/session" {
				t.Errorf("%s imports the driver", path)
			}
		}
		if name != "steps" && name != "steps/deploy" && name != "steps/doctor" && !strings.HasPrefix(name, "scaffold") {
			continue
		}
		for _, imported := range importsOf(t, path) {
			if strings.HasPrefix(imported, "charm.land/") {
				t.Errorf("%s imports %s: it has no terminal code", path, imported)
			}
		}
	}
}

// TestNoMethodByName keeps packages that find methods by name out of the program: with one of them, the linker
// keeps every exported method of every type, 10 MB of code.
func TestNoMethodByName(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the binary")
	}
	program := filepath.Join(t.TempDir(), "sleet")
	for _, args := range [][]string{{"build", "-o", program, "."}, {"tool", "nm", program}} {
		out, err := exec.CommandContext(t.Context(), "go", args...).CombinedOutput()
		if err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		for line := range strings.Lines(string(out)) {
			if strings.HasSuffix(strings.TrimSpace(line), "MethodByName") || strings.Contains(line, "text/template.(*state).eval") {
				t.Errorf("%s", line)
			}
		}
	}
}

// TestPackagesAreSmall checks the number of files in each package.
func TestPackagesAreSmall(t *testing.T) {
	files := map[string]int{}
	for _, path := range goFiles(t) {
		files[filepath.ToSlash(filepath.Dir(path))]++
	}
	for name, n := range files {
		if n > mostFiles {
			t.Errorf("%s has %d files, want at most %d: split it", name, n, mostFiles)
		}
	}
}

// importRow is a row of the table: a package and the packages of sleet that it imports.
type importRow struct {
	name    string
	imports []string
}

// importTable parses the rows `package` | … | `import` `import` of the architecture page.
func importTable(t *testing.T) []importRow {
	t.Helper()
	page, err := os.ReadFile(architecture)
	if err != nil {
		t.Fatal(err)
	}
	var rows []importRow
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 3 || !strings.HasPrefix(strings.TrimSpace(cells[0]), "`") {
			continue
		}
		names := codeSpans(cells[0])
		imports := codeSpans(cells[2])
		slices.Sort(imports)
		rows = append(rows, importRow{names[0], imports})
	}
	if len(rows) < 10 {
		t.Fatalf("%s has %d rows of packages", architecture, len(rows))
	}
	return rows
}

// codeSpans returns the texts between backticks.
func codeSpans(text string) []string {
	var spans []string
	for i, part := range strings.Split(text, "`") {
		if i%2 == 1 {
			spans = append(spans, part)
		}
	}
	return spans
}

// ownImports returns the packages of sleet that each package imports, not counting tests.
func ownImports(t *testing.T) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	for _, path := range goFiles(t) {
		name := filepath.ToSlash(filepath.Dir(path))
		if name == "." {
			continue
		}
		for _, imported := range importsOf(t, path) {
			if other, ours := strings.CutPrefix(imported, "sleet/"); ours && !slices.Contains(imports[name], other) {
				imports[name] = append(imports[name], other)
			}
		}
		if imports[name] == nil {
			imports[name] = []string{}
		}
		slices.Sort(imports[name])
	}
	return imports
}

// importsOf returns the imports of a file.
func importsOf(t *testing.T, path string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var imports []string
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		imports = append(imports, imported)
	}
	return imports
}

// TestPagesNameExistingCode checks that every path, package and function named in the pages for contributors exists.
func TestPagesNameExistingCode(t *testing.T) {
	declared := declarations(t)
	function := regexp.MustCompile(`^([a-z0-9]+)\.(([A-Z]\w*)(\.\w+)?)$`)
	file := regexp.MustCompile(`^[\w.-]+(/[\w.*-]+)+/?$|^\w+\.(go|toml|md)$`)
	for _, page := range []string{architecture, contributing} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		named := 0
		for _, span := range codeSpans(withoutBlocks(string(text))) {
			if f := function.FindStringSubmatch(strings.TrimSuffix(span, "()")); f != nil && !strings.HasSuffix(span, ".go") {
				named++
				if !declared[f[1]+"."+f[2]] {
					t.Errorf("%s names %s, which is not declared", page, span)
				}
				continue
			}
			if !file.MatchString(span) {
				continue
			}
			named++
			if hits, err := filepath.Glob(span); err != nil || len(hits) == 0 {
				t.Errorf("%s names %s, which does not exist (%v)", page, span, err)
			}
		}
		if named < 20 {
			t.Errorf("found only %[2]d names in %[1]s: is it still parsed correctly?", page, named)
		}
	}
}

// withoutBlocks returns a page without its code blocks.
func withoutBlocks(page string) string {
	var b strings.Builder
	for i, part := range strings.Split(page, "```") {
		if i%2 == 0 {
			b.WriteString(part)
		}
	}
	return b.String()
}

// declarations returns the declared names as package.Name and package.Type.Method.
func declarations(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, path := range goFiles(t) {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				name := d.Name.Name
				if d.Recv != nil {
					name = receiver(d.Recv.List[0].Type) + "." + name
				}
				all[file.Name.Name+"."+name] = true
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					switch s := spec.(type) {
					case *ast.TypeSpec:
						all[file.Name.Name+"."+s.Name.Name] = true
					case *ast.ValueSpec:
						for _, id := range s.Names {
							all[file.Name.Name+"."+id.Name] = true
						}
					}
				}
			}
		}
	}
	return all
}

// receiver returns the name of a receiver's type.
func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// replacedWords are expressions to avoid everywhere, with their replacements.
var replacedWords = []struct{ not, but string }{ //nolint:gochecknoglobals // A table.
	{`\b(says|tells) whether\b`, "reports whether"},
	{`\bmend(s|ed|ing)?\b`, "fix"},
	{`\bbarred\b`, "forbidden, not allowed"},
	{`\bfor ever\b`, "permanently"},
	{`\banew\b`, "again"},
	{`\bwhoever\b`, "anyone who"},
	{`\bround st\.connection\b`, "around st.connection"},
	{`\bhence\b`, "so"},
	{`\bshall\b`, "will, do you want to"},
	{`\bunmade\b`, "not made, undone"},
	{`\b(wrongSo|ranError|foundError)\b`, "newUsageError, commandError, findingsError"},
	{`\bis gone since\b`, "was removed in"},
	{`\bnobody is there to ask\b`, "no terminal: pass --yes"},
}

// TestWords finds expressions to avoid in code, messages, pages and generated files.
func TestWords(t *testing.T) {
	rules := make([]*regexp.Regexp, len(replacedWords))
	for i, w := range replacedWords {
		rules[i] = regexp.MustCompile(`(?i)` + w.not)
	}
	kinds := []string{".go", ".toml", ".md", ".txt", ".txtar", ".sql", ".yml"}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == ".git":
			return fs.SkipDir
		case d.IsDir() || !slices.Contains(kinds, filepath.Ext(path)) || path == "main_test.go":
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for n, line := range strings.Split(string(text), "\n") {
			for i, rule := range rules {
				if rule.MatchString(line) {
					t.Errorf("%s:%d: write %q: %s", path, n+1, replacedWords[i].but, strings.TrimSpace(line))
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// replacedInComments are expressions to avoid in comments of Go. Elsewhere they may be right.
var replacedInComments = []struct{ not, but string }{ //nolint:gochecknoglobals // A table.
	{`\bgives( [^u]|[.,;:]|$)`, "returns"}, // not "gives up"
	{`\bstands( [^f]|[.,;:]|$)|\blies\b`, "is"},
	{`\bwhatever\b`, "any, anything, everything that"},
	{`\bthe way back\b`, "undo, rollback"},
	{`\b(is|are|was|were) to be\b`, "must be, will be"},
	{`^(Test|Fuzz|Benchmark)\w+ holds\b`, "checks"},
	{`^\w+ (says|tells) (whether|that|if)\b`, "reports whether"},
	{`\bpass-phrases?\b`, "passphrase"},
	{`\blog-ins?\b`, "login"},
}

// TestComments finds expressions to avoid in the comments of every package.
func TestComments(t *testing.T) {
	t.Parallel()
	rules := make([]*regexp.Regexp, len(replacedInComments))
	for i, w := range replacedInComments {
		rules[i] = regexp.MustCompile(w.not)
	}
	for _, path := range allGoFiles(t) {
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range file.Comments {
			text := strings.ReplaceAll(group.Text(), "\n", " ") // without directives such as nolint
			for i, rule := range rules {
				if found := rule.FindString(text); found != "" {
					t.Errorf("%s: write %q, not %q", files.Position(group.Pos()), replacedInComments[i].but, found)
				}
			}
		}
	}
}

// replacedInMessages are expressions to avoid in a catalogue. In code they may be right.
var replacedInMessages = map[string][]struct{ not, but string }{ //nolint:gochecknoglobals // A table.
	"en": {
		{`\bstands?\b|\blies\b`, "is"},
		{`\blog-ins?\b`, "login"},
		{`\b(goes|go) on (from|at|without)\b`, "continues"},
		{`\btaken (back|for|from|out)\b|\btakes? (it|them|the \w+) (out|away|back)\b`, "removed, undone"},
		{`\bis no ([A-Z]|ordinary|path|valid|list|table)`, "is not a"},
		{`\b(is|was|not) said\b|\bsays that\b`, "is not set"},
		{`\bis (to do|there already)\b|\bthere is nothing to do\b`, "changes pending, already exists"},
		{`\bwhatever\b|\bshall\b|\banybody's\b`, "anything"},
		{`\bordinary file that\b|\bno ordinary\b`, "regular"},
		{`\bpass-phrase\b`, "passphrase"},
		{`\bpart (them|folders) with\b|\bcommas part\b`, "separate"},
	},
	"ja": {
		{`[（）：]`, "half-width brackets and colons, as docs.snowflake.com/ja has them"},
		{`フォルダ([^ー]|$)|ブラウザ([^ー]|$)`, "フォルダー, ブラウザー"},
		{`既定`, "デフォルト"},
		{`コンピュートプール`, "コンピューティングプール"},
		{`資格情報`, "認証情報"},
		{`秘密鍵|公開鍵`, "秘密キー, 公開キー"},
		{`チャンネル`, "チャネル"},
		{`端末`, "ターミナル"},
		{`[0-9][つ個件回行日分]|[一二三]つ`, "1 つ"},
	},
}

// TestWordsOfMessages finds expressions to avoid in the catalogues.
func TestWordsOfMessages(t *testing.T) {
	t.Parallel()
	for lang, words := range replacedInMessages {
		catalogue, err := os.ReadFile("ui/message/" + lang + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			rule := regexp.MustCompile(w.not)
			for n, line := range strings.Split(string(catalogue), "\n") {
				if _, text, is := strings.Cut(line, `" = `); is && rule.MatchString(text) {
					t.Errorf("%s.toml:%d: write %q: %s", lang, n+1, w.but, line)
				}
			}
		}
	}
}

// TestMessagesAreUsed checks that every message of the catalogues is used: the code or a template has its id, or a
// prefix of it that ends in a dot or an underscore.
func TestMessagesAreUsed(t *testing.T) {
	t.Parallel()
	literal := regexp.MustCompile(`"([A-Za-z][\w.%-]*)"`)
	whole, beginnings := map[string]bool{}, map[string]bool{}
	var patterns []*regexp.Regexp
	for _, file := range append(goFiles(t), templates(t)...) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range literal.FindAllStringSubmatch(string(data), -1) {
			switch text := found[1]; {
			case strings.Contains(text, "%"):
				patterns = append(patterns, regexp.MustCompile("^"+regexp.MustCompile(`%[sdvq]`).ReplaceAllString(regexp.QuoteMeta(text), ".+")+"$"))
			case strings.Contains(text, ".") && strings.ContainsAny(text[len(text)-1:], "._"):
				beginnings[text] = true
			default:
				whole[text] = true
			}
		}
	}
	used := func(id string) bool {
		if whole[id] || slices.ContainsFunc(patterns, func(p *regexp.Regexp) bool { return p.MatchString(id) }) {
			return true
		}
		for i := range id {
			if beginnings[id[:i]] {
				return true
			}
		}
		return false
	}
	catalogue, err := os.ReadFile("ui/message/en.toml")
	if err != nil {
		t.Fatal(err)
	}
	// An id may be another one with one of these suffixes.
	behind := regexp.MustCompile(`[._](fix|message|label|why|as)$|_any$`)
	for _, found := range regexp.MustCompile(`(?m)^"([^"]+)" = `).FindAllStringSubmatch(string(catalogue), -1) {
		if id := found[1]; !used(id) && !used(behind.ReplaceAllString(id, "")) {
			t.Errorf("%s is not used: delete it", id)
		}
	}
}

// TestTextsAreInTheCatalogues checks that all text in Go files and templates is English. Text in several languages
// belongs in the catalogues.
func TestTextsAreInTheCatalogues(t *testing.T) {
	t.Parallel()
	letters := []string{
		"ui/cells/wrap.go",                                            // characters that must not start a line of Japanese
		"scaffold/testapps/cases.go", "scaffold/testtools/hostile.go", // answers of tests
	}
	for _, path := range append(goFiles(t), templates(t)...) {
		if slices.Contains(letters, filepath.ToSlash(path)) {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(data), "\n") {
			if strings.ContainsFunc(line, func(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han) }) {
				t.Errorf("%s:%d has text that belongs in ui/message/ja.toml: %s", path, i+1, strings.TrimSpace(line))
			}
		}
	}
}

// TestRecipes checks that a new type of secret, step or rule of a check only touches the files that its
// recipe in CONTRIBUTING names. The migration and the doctor may name a rule, because they fix its findings.
func TestRecipes(t *testing.T) {
	t.Parallel()
	recipes := []struct {
		name    string
		named   *regexp.Regexp
		allowed []string
		// besides are places that the recipes do not cover.
		besides []string
	}{
		{
			"a type of secret", regexp.MustCompile(`(?i)\bcloud_?provider_?token\b|\bscaffold\.(OAuth2|Password)\b`),
			[]string{"scaffold/app.go", "scaffold/secret_type.go", "scaffold/runtime.go"},
			[]string{"scaffold/testapps/", "snowflake/snowflaketest/", "ui/syntax/languages.go"},
		},
		{
			"a runtime", regexp.MustCompile(`"SYSTEM\$ST_CONTAINER_RUNTIME`),
			[]string{"scaffold/runtime.go"},
			[]string{"snowflake/"}, // does not import scaffold
		},
		{
			"what a runtime has", regexp.MustCompile(`[!=]= *(string\()?scaffold\.(Container|Warehouse)\b`),
			[]string{"scaffold/runtime.go", "scaffold/generate/python_app.go"}, // whose templates differ
			[]string{ // a migration has a runtime that it comes from, and one that it goes to
				"scaffold/migrate/", "scaffold/resources/parse_migration.go", "scaffold/check/rules/", "steps/start.go", "steps/survey/", "steps/command/",
				"scaffold/testapps/",
			},
		},
		{
			"a step of questions", regexp.MustCompile(`\bsteps\.(Packages|Hosts|Compute|Roles)\b|\b(case|[=!]=|return) (Packages|Hosts|Compute|Roles)\b|[^"\w.](package|host|compute|role)Questions\b`),
			[]string{"steps/registry.go", "steps/questions.go", "steps/review_steps.go"},
			nil,
		},
		{
			"a step with a screen", regexp.MustCompile(`\b(MigrationReport|MigrationChanges|MigrationManual)\b`),
			[]string{
				"steps/registry.go", "steps/wizard/screens.go", "steps/accessible/dialogues.go",
				"steps/wizard/migration/report_screen.go", "steps/wizard/migration/changes_screen.go", "steps/wizard/migration/manual_screen.go",
			},
			nil,
		},
		{
			"a rule", regexp.MustCompile(`\bsl112\(|"SL112"`),
			[]string{"scaffold/check/rules/sl112.go", "scaffold/check/rules/registry.go"},
			nil,
		},
	}
	for _, r := range recipes {
		for _, path := range append(goFiles(t), templates(t)...) {
			slashed := filepath.ToSlash(path)
			if slices.Contains(r.allowed, slashed) || slices.ContainsFunc(r.besides, func(p string) bool { return strings.HasPrefix(slashed, p) }) {
				continue
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if found := r.named.Find(data); found != nil {
				t.Errorf("%s names %s: use the table of %s instead", path, found, r.name)
			}
		}
	}
}

// TestMessagesExist checks that the catalogues have every message that the code or a template names. Ids composed at
// run time are not checked.
func TestMessagesExist(t *testing.T) {
	t.Parallel()
	catalogue, err := os.ReadFile("ui/message/en.toml")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, found := range regexp.MustCompile(`(?m)^"([^"]+)" = `).FindAllSubmatch(catalogue, -1) {
		known[string(found[1])] = true
	}
	looked := 0
	look := func(path, id string) {
		looked++
		if !known[id] {
			t.Errorf("%s uses %s, which is not in the catalogues", path, id)
		}
	}
	says := []string{".New", ".NewError", ".Wrap", ".Failed", ".Usage", ".NewFolderError", ".Found", ".T", ".t", "t", ".Text", ".text", ".say", "say", ".note", ".remark"}
	id := regexp.MustCompile(`^[a-z]+(\.[\w-]+)+$`)
	for _, path := range goFiles(t) {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			name := ""
			switch fun := call.Fun.(type) {
			case *ast.Ident:
				name = fun.Name
			case *ast.SelectorExpr:
				name = "." + fun.Sel.Name
			}
			if !slices.Contains(says, name) {
				return true
			}
			arg := call.Args[0]
			if slices.Contains([]string{".Wrap", ".Failed", ".Usage", ".NewFolderError"}, name) && len(call.Args) > 1 {
				arg = call.Args[1]
			}
			literal, ok := arg.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			if text, err := strconv.Unquote(literal.Value); err == nil && id.MatchString(text) {
				look(path, text)
			}
			return true
		})
	}
	in := regexp.MustCompile(`\.(?:Text|Remark) "([^"]+)"`)
	for _, path := range templates(t) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range in.FindAllStringSubmatch(string(data), -1) {
			look(path, found[1])
		}
	}
	if looked < 1000 {
		t.Errorf("found only %d uses of messages", looked)
	}
}

// literalErrors are the files whose errors have English words, with the reason.
var literalErrors = map[string]string{ //nolint:gochecknoglobals // A table.
	"scaffold/pep508/version.go":                  "callers replace it",
	"scaffold/template/template.go":               "a template of sleet is wrong",
	"snowflake/account/execute_order.go":          "ends a run, never printed",
	"snowflake/account/session/transport_body.go": "invalidAnswer replaces them",
	"snowflake/literal.go":                        "Body replaces it",
	"steps/accessible/input.go":                   "noAnswer replaces it",
	"steps/command/values/store.go":               "stops a program, never printed",
	"steps/statestore/lock.go":                    "Lock replaces it",
}

// TestErrorsAreInTheCatalogues finds errors with English words outside the catalogues, which would be in English for
// every person. A single word, such as the name of a program, is allowed.
func TestErrorsAreInTheCatalogues(t *testing.T) {
	t.Parallel()
	words := regexp.MustCompile(`[A-Za-z][^A-Za-z]+[A-Za-z]`)
	verbs := regexp.MustCompile(`%[+#]?[a-z]`)
	seen := map[string]bool{}
	for _, path := range goFiles(t) {
		path = filepath.ToSlash(path)
		if strings.HasPrefix(path, "snowflake/snowflaketest/") || strings.HasPrefix(path, "scaffold/testtools/") || strings.HasPrefix(path, "scaffold/testapps/") {
			continue // used by tests and the demo account
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			fun, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			of, ok := fun.X.(*ast.Ident)
			if !ok || !slices.Contains([]string{"errors.New", "fmt.Errorf"}, of.Name+"."+fun.Sel.Name) {
				return true
			}
			ast.Inspect(call.Args[0], func(n ast.Node) bool {
				literal, ok := n.(*ast.BasicLit)
				if !ok || literal.Kind != token.STRING {
					return true
				}
				text, err := strconv.Unquote(literal.Value)
				if err != nil || !words.MatchString(verbs.ReplaceAllString(text, "")) {
					return true
				}
				seen[path] = true
				if literalErrors[path] == "" {
					t.Errorf("%s: %s belongs in the catalogues: use message.Wrap or message.NewError", files.Position(literal.Pos()), literal.Value)
				}
				return true
			})
			return true
		})
	}
	for path := range literalErrors {
		if !seen[path] {
			t.Errorf("%s has no such error: delete its line", path)
		}
	}
}

// templates returns the embedded templates.
func templates(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || len(path) > 1 && strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case slices.Contains([]string{".tmpl", ".html", ".js"}, filepath.Ext(path)):
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// workflow is the part of a workflow that the test reads.
type workflow struct {
	On          any            `yaml:"on"`
	Permissions map[string]any `yaml:"permissions"`
	Jobs        map[string]struct {
		Steps []struct {
			Uses string
			Run  string
			With map[string]any
		}
	}
}

// TestWorkflowsAreSafe checks that text from outsiders, such as a branch name, is never part of a script, and that
// jobs that run outsiders' code have no token with write access.
// https://docs.github.com/en/actions/reference/security/secure-use
func TestWorkflowsAreSafe(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(".github/workflows/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("%v, %v", files, err)
	}
	outside := regexp.MustCompile(`\$\{\{[^}]*(github\.event|head_ref|github\.actor)`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var w workflow
		if err := yaml.Unmarshal(text, &w); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if strings.Contains(string(text), "pull_request_target") || strings.Contains(string(text), "workflow_run") {
			t.Errorf("%s runs outsiders' code with this repository's permissions", file)
		}
		if outside.Match(text) {
			t.Errorf("%s uses text from outsiders", file)
		}
		if len(w.Permissions) == 0 {
			t.Errorf("%s does not set its permissions", file)
		}
		if on, _ := yaml.Marshal(w.On); strings.Contains(string(on), "pull_request") && (len(w.Permissions) != 1 || w.Permissions["contents"] != "read") {
			t.Errorf("%s has write access for a pull request: %v", file, w.Permissions)
		}
		for name, job := range w.Jobs {
			for _, step := range job.Steps {
				if strings.Contains(step.Run, "${{") {
					t.Errorf("%s, %s: a script contains an expression, which is inserted without escaping: %s", file, name, step.Run)
				}
				if _, commit, _ := strings.Cut(step.Uses, "@"); step.Uses != "" && !regexp.MustCompile(`^[0-9a-f]{40}$`).MatchString(commit) {
					t.Errorf("%s, %s: %s is not pinned to a commit, and a tag can be moved", file, name, step.Uses)
				}
				if strings.HasPrefix(step.Uses, "actions/checkout@") && step.With["persist-credentials"] != false {
					t.Errorf("%s, %s: the checkout leaves its token to later scripts", file, name)
				}
			}
		}
	}
}
