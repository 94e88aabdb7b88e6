package rewrite

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/python"
	"sleet/scaffold/python/token"
	"sleet/scaffold/testtools"
)

// example is one app before and after.
type example struct {
	name          string
	before, after map[string]string
}

// examples reads an archive. Files NAME/path are an app before the edits, NAME/path.after is each changed or new file.
// The lines HELPER and HELPER(st) are placeholders for the helper.
func examples(t *testing.T, archive string) []example {
	t.Helper()
	data, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	var list []example
	for _, f := range txtar.Parse(data).Files {
		name, p, _ := strings.Cut(f.Name, "/")
		if len(list) == 0 || list[len(list)-1].name != name {
			list = append(list, example{name, map[string]string{}, map[string]string{}})
		}
		e := list[len(list)-1]
		text := string(f.Data)
		if before, is := strings.CutSuffix(p, ".after"); is {
			e.after[before] = helperIn(text)
			if text == "API\n" {
				e.after[before] = helperTexts{}.apiModule()
			}
		} else {
			e.before[p] = text
		}
	}
	return list
}

// helperIn replaces HELPER or HELPER(st) with the helper.
func helperIn(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if st, is := strings.CutPrefix(line, "HELPER"); is {
			st, name, _ := strings.Cut(strings.Trim(st, "()"), ",")
			if st == "" {
				st = "st"
			}
			if name == "" {
				name = "get_session"
			}
			lines[i] = strings.Join(helperTexts{}.session(st, name, "is_alive", "    "), "\n")
		}
	}
	return strings.Join(lines, "\n")
}

// rewrite returns the files of an app that change or are new.
func rewrite(t *testing.T, files map[string]string, choices Options) (map[string]string, Code) {
	t.Helper()
	dir := t.TempDir()
	testtools.WriteFiles(t, dir, files)
	folder, err := existing.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(folder.Apps) != 1 || len(folder.Skipped) != 0 {
		t.Fatalf("apps %d, skipped %v", len(folder.Apps), folder.Skipped)
	}
	code := Python(folder.Apps[0], choices)
	changed := map[string]string{}
	for _, f := range code.New {
		changed[f.Path] = string(f.Data)
	}
	for _, e := range code.Edits {
		if changed[e.Path] != "" {
			continue
		}
		after, err := change.ApplyEdits([]byte(files[e.Path]), change.EditsOf(e.Path, code.Edits))
		if err != nil {
			t.Fatal(err)
		}
		changed[e.Path] = string(after)
	}
	for p, text := range changed {
		if _, err := python.Parse([]byte(text)); err != nil {
			t.Errorf("%s: %v\n%s", p, err, text)
		}
	}
	return changed, code
}

// form is a variant of a file: line endings, indentation.
type form struct {
	name           string
	eol, unit, bom string
}

func forms() []form {
	return []form{
		{"as it is", "\n", "    ", ""},
		{"CRLF", "\r\n", "    ", ""},
		{"CR", "\r", "    ", ""},
		{"tabs", "\n", "\t", ""},
		{"two spaces, BOM", "\r\n", "  ", "\ufeff"},
	}
}

func (f form) of(files map[string]string, keep func(string) bool) map[string]string {
	out := map[string]string{}
	for p, text := range files {
		if keep(p) {
			out[p] = text
			continue
		}
		lines := strings.Split(text, "\n")
		for i, line := range lines {
			rest := strings.TrimLeft(line, " ")
			n := len(line) - len(rest)
			if n%4 == 0 {
				lines[i] = strings.Repeat(f.unit, n/4) + rest
			}
		}
		out[p] = f.bom + strings.Join(lines, f.eol)
	}
	return out
}

// TestPython checks the edits of the examples.
func TestPython(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("testdata/python/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no examples", err)
	}
	for _, archive := range archives {
		for _, e := range examples(t, archive) {
			for _, f := range forms() {
				t.Run(path.Base(archive)+"/"+e.name+"/"+f.name, func(t *testing.T) {
					t.Parallel()
					e.check(t, f)
				})
			}
		}
	}
}

func (e example) check(t *testing.T, f form) {
	isNew := func(p string) bool { _, was := e.before[p]; return !was }
	before := f.of(e.before, func(string) bool { return false })
	want := f.of(e.after, isNew)
	if f.unit != "    " && !e.indented(t) {
		t.Skip("no indentation to tell from")
	}
	got, _ := rewrite(t, before, exampleOptions())
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
		for p, text := range got {
			t.Logf("%s:\n%s", p, text)
		}
	}
	for p, text := range got {
		before[p] = text
	}
	again, code := rewrite(t, before, exampleOptions())
	if len(again) > 0 {
		t.Errorf("the second time: %v\n%+v", again, code.Edits)
	}
}

// indented reports whether every file that changes has an indented line.
func (e example) indented(t *testing.T) bool {
	for p := range e.after {
		text, was := e.before[p]
		if !was {
			continue
		}
		file, err := python.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(file.Tokens, func(k token.Token) bool { return k.Kind == token.Indent }) {
			return false
		}
	}
	return true
}

// exampleOptions returns the choices for the examples.
func exampleOptions() Options {
	return Options{App: scaffold.App{
		App: scaffold.Identity{Name: "APP", Database: "DB", Schema: "PUBLIC"},
		Secrets: []scaffold.SecretDecl{
			{Key: "plain", Type: scaffold.GenericString, Access: scaffold.AccessSecrets},
			{Key: "login", Type: scaffold.Password, Access: scaffold.AccessSecrets},
			{Key: "held", Type: scaffold.GenericString, Access: scaffold.AccessFunction},
			{Key: "held_login", Type: scaffold.Password, Access: scaffold.AccessFunction},
		},
	}}
}
