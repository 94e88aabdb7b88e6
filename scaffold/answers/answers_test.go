package answers

import (
	"errors"
	"maps"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"
	"pgregory.net/rapid"

	"sleet/scaffold"
	"sleet/scaffold/testtools"
	"sleet/scaffold/textedit"
)

func TestParseAllAnswers(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "full.toml"))
	if err != nil {
		t.Fatal(err)
	}
	empty := ""
	want := scaffold.App{
		App: scaffold.Identity{
			Name: "my_app", Title: "My app", Database: "DB", Schema: "APPS", Runtime: scaffold.Container, MainFile: "src/app.py",
			RuntimeName: "SYSTEM$ST_CONTAINER_RUNTIME_PY3_11", QueryWarehouse: "WH", ComputePool: &empty, Stage: "FILES", Comment: "two\nlines", Language: scaffold.Japanese, Cortex: scaffold.CortexAnalyst,
		},
		Python:  scaffold.Python{Version: "3.11", Streamlit: ">=1.53", Packages: []string{"pandas==2.2", "httpx"}, Source: scaffold.PyPIIntegration},
		Roles:   scaffold.Roles{Owner: "APP_OWNER", Admin: "SECURITYADMIN", Viewers: []string{"VIEWER", `"read only"`}},
		Network: scaffold.Network{Hosts: []string{"api.example.com", "*.example.com:8443"}, Rule: "R", Integration: "I", Rules: []string{"DB.S.OTHER"}},
		Secrets: []scaffold.SecretDecl{
			{Key: "api_key", Type: scaffold.GenericString, Object: "DB.S.K", Existing: true, Access: scaffold.AccessSecrets, Comment: "的"},
			{Key: "drive", Type: scaffold.OAuth2, Flow: scaffold.ClientCredentials, Access: scaffold.AccessFunction, Integration: "OAUTH", Scopes: []string{"read", "write"}},
		},
		Config: map[string]any{
			"theme.base": "dark", "theme.sidebar.base": "light", `theme."a.b"`: int64(1),
			"snowflake.sleep.streamlitSleepTimeoutMinutes": int64(30), "theme.chartColors": []any{"#fff", "#000"},
			"theme.fontFaces": []any{map[string]any{"family": "Inter", "weight": int64(400)}}, "runner.fastReruns": true,
		},
		Values: map[string]any{
			"endpoint": "https://api.example.com", "limit": int64(3), "ratio": 0.5, "on": false, "list": []any{int64(1), "a"},
			"day": toml.LocalDate{Year: 2026, Month: 11, Day: 24}, "nested": map[string]any{"deep": map[string]any{"x": int64(1)}},
		},
		Written: map[string]string{"streamlit_app.py": "abc", "sql/setup.sql": "def"},
	}
	for name, text := range map[string]string{
		"as it is":             string(data),
		"byte order mark":      "\ufeff" + string(data),
		"Windows line endings": strings.ReplaceAll(string(data), "\n", "\r\n"),
	} {
		got, err := Parse(scaffold.AnswersFile, []byte(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: Parse mismatch (-want +got):\n%s", name, diff)
		}
	}
}

// parsedForm is a text and the App that Parse should return for it.
type parsedForm struct {
	name, text string
	want       scaffold.App
}

func parsedForms() []parsedForm {
	return []parsedForm{
		{"empty", "", scaffold.App{}},
		{"comment", "# nothing\n\n", scaffold.App{}},
		{"version", "version = 1", scaffold.App{}},
		{"Cortex by name", `[app]` + "\n" + `cortex = "analyst"`, scaffold.App{App: scaffold.Identity{Cortex: scaffold.CortexAnalyst}}},
		{"no Cortex", `[app]` + "\n" + `cortex = false`, scaffold.App{}},
		{"a Cortex agent", `[app]` + "\n" + `cortex = "agent"`, scaffold.App{App: scaffold.Identity{Cortex: scaffold.CortexAgent}}},
		{"inline tables", `app = { name = "x", cortex = true }` + "\n" + `secrets = [{ key = "k" }]`, scaffold.App{App: scaffold.Identity{Name: "x", Cortex: scaffold.CortexAnalyst}, Secrets: []scaffold.SecretDecl{{Key: "k"}}}},
		{"dotted keys", "app.name = \"x\"\nconfig.theme.base = \"dark\"", scaffold.App{App: scaffold.Identity{Name: "x"}, Config: map[string]any{"theme.base": "dark"}}},
		{"quoted key", "[\"app\"]\n'name' = 'x'", scaffold.App{App: scaffold.Identity{Name: "x"}}},
		{"empty choices", "[[secrets]]\nflow = ''\naccess = ''", scaffold.App{Secrets: []scaffold.SecretDecl{{}}}},
		{"no secrets", "secrets = []", scaffold.App{}},
		{"empty tables", "[config]\n[values]\n[written]\n[config.theme]", scaffold.App{}},
		{"special numbers", "[values]\na = inf\nb = -0.0", scaffold.App{Values: map[string]any{"a": math.Inf(1), "b": math.Copysign(0, -1)}}},
		{"time", "[values]\na = 2026-11-24T08:00:00+09:00", scaffold.App{Values: map[string]any{"a": time.Date(2026, 11, 24, 8, 0, 0, 0, time.FixedZone("", 9*3600))}}},
	}
}

func TestParseForms(t *testing.T) {
	for _, tt := range parsedForms() {
		got, err := Parse(scaffold.AnswersFile, []byte(tt.text))
		if err != nil || !got.Equal(tt.want) {
			t.Errorf("%s: Parse: %v\ngot\n%s\nwant\n%s", tt.name, err, TOML(got), TOML(tt.want))
		}
	}
}

// parseErrors returns invalid texts and the errors that Parse should return.
func parseErrors(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "errors.txt"))
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]string{}
	for _, c := range strings.Split(string(data), "\n====\n") {
		text, want, ok := strings.Cut(c, "\n----\n")
		if !ok {
			t.Fatalf("errors.txt: a case without an expected error: %q", c)
		}
		cases[text] = strings.TrimSpace(want)
	}
	return cases
}

func TestParseErrors(t *testing.T) {
	for text, want := range parseErrors(t) {
		_, err := Parse(scaffold.AnswersFile, []byte(text))
		var pe *ParseError
		if !errors.As(err, &pe) {
			t.Errorf("Parse(%q) = %v, want %q", text, err, want)
			continue
		}
		if err.Error() != want {
			t.Errorf("Parse(%q):\n got %s\nwant %s", text, err, want)
		}
	}
}

func TestParseEncodings(t *testing.T) {
	for text, want := range map[string]string{
		"[app]\nname = \"\x83A\"":     "sleet.toml:2:9: the file is not UTF-8 text; save it as UTF-8",
		"\xff\xfea\x00p\x00p\x00":     "sleet.toml:1:1: the file is not UTF-8 text; save it as UTF-8",
		"# 日本\n# 日本\x80":              "sleet.toml:2:5: the file is not UTF-8 text; save it as UTF-8",
		"[app]\nname = \"a\x00\"\n":   `sleet.toml:2:10: a string contains a control character; write it as \u and four hexadecimal digits`,
		"[app]\nname = \"名\" \"前\"\n": "sleet.toml:2:12: unexpected text after the value; write one key = value per line",
	} {
		if _, err := Parse(scaffold.AnswersFile, []byte(text)); err == nil || err.Error() != want {
			t.Errorf("Parse(%q):\n got %v\nwant %s", text, err, want)
		}
	}
}

// TestErrorsContainNoGo checks that no message contains words of Go or of this program's code.
func TestErrorsContainNoGo(t *testing.T) {
	for text := range parseErrors(t) {
		_, err := Parse(scaffold.AnswersFile, []byte(text))
		for _, word := range []string{"map[", "interface", "struct", "int64", "float64", "[]", "scaffold.", "%!", "unmarshal", " toml:"} {
			if strings.Contains(err.Error(), word) {
				t.Errorf("message contains %q: %s", word, err)
			}
		}
	}
}

func TestTOMLIsCanonical(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "full.toml"))
	if err != nil {
		t.Fatal(err)
	}
	app, err := Parse(scaffold.AnswersFile, data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(data), string(TOML(app))); diff != "" {
		t.Errorf("full.toml is not canonical (-want +got):\n%s", diff)
	}
	if got, want := string(TOML(scaffold.App{})), "version = 1\n"; !strings.HasSuffix(got, want) || strings.Count(got, "\n") != 3 {
		t.Errorf("TOML(App{}) = %q, want it to end in %q", got, want)
	}
}

func TestTOMLRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		app := appGen(t)
		got, err := Parse(scaffold.AnswersFile, TOML(app))
		if err != nil {
			t.Fatalf("Parse: %v in\n%s", err, TOML(app))
		}
		if !got.Equal(app) {
			t.Fatalf("got\n%s\nwant\n%s", TOML(got), TOML(app))
		}
		// Equal compares texts, so compare the fixed fields by value too.
		for _, pair := range [][2]any{
			{got.App, app.App}, {got.Python, app.Python}, {got.Roles, app.Roles}, {got.Network, app.Network}, {got.Written, app.Written},
		} {
			if diff := cmp.Diff(pair[1], pair[0], cmpEmpty()); diff != "" {
				t.Fatalf("Parse mismatch (-want +got):\n%s", diff)
			}
		}
		if !app.Clone().Equal(app) {
			t.Fatal("Clone() is not equal to its source")
		}
	})
}

// cmpEmpty treats an empty list as nil.
func cmpEmpty() cmp.Option {
	return cmp.FilterValues(func(a, b any) bool {
		x, y := reflect.ValueOf(a), reflect.ValueOf(b)
		return x.IsValid() && y.IsValid() && x.Kind() == y.Kind() &&
			(x.Kind() == reflect.Slice || x.Kind() == reflect.Map) && x.Len() == 0 && y.Len() == 0
	}, cmp.Comparer(func(_, _ any) bool { return true }))
}

// appGen generates an arbitrary App.
func appGen(t *rapid.T) scaffold.App {
	text := rapid.OneOf(rapid.Just(""), rapid.SampledFrom([]string{`"q"`, "日本語", "a\nb", "\x00\x7f\u2028", `\`, "'''", `"""`, "a.b", "#"}), rapid.String())
	texts := rapid.SliceOfN(text, 0, 3)
	var a scaffold.App
	for _, table := range Schema() {
		n := 1
		if table.List {
			n = rapid.IntRange(0, 3).Draw(t, "secrets")
			a.Secrets = make([]scaffold.SecretDecl, n)
		}
		for i := range n {
			for _, f := range table.fields {
				drawField(t, f, f.At(&a, i), text, texts)
			}
		}
	}
	for i := range a.Secrets {
		a.Secrets[i].Key += string(rune('a' + i)) // unique
	}
	values := rapid.MapOfN(text, testtools.Values(text), 0, 4)
	if config := textedit.Flatten(values.Draw(t, "config")); len(config) > 0 {
		a.Config = config
	}
	a.Values = values.Draw(t, "values")
	a.Written = rapid.MapOfN(text, text, 0, 3).Draw(t, "written")
	return a
}

func drawField(t *rapid.T, f Field, target any, text *rapid.Generator[string], texts *rapid.Generator[[]string]) {
	if f.Choices != nil {
		text = rapid.SampledFrom(append([]string{""}, f.Choices...))
	}
	switch p := target.(type) {
	case *string:
		*p = text.Draw(t, f.key)
	case **string:
		if rapid.Bool().Draw(t, "given") {
			s := text.Draw(t, f.key)
			*p = &s
		}
	case *bool:
		*p = rapid.Bool().Draw(t, f.key)
	case *scaffold.Cortex:
		*p = scaffold.Cortex(text.Draw(t, f.key))
	case *[]string:
		*p = texts.Draw(t, f.key)
	default:
		t.Fatalf("%s has type %T", f.key, target)
	}
}

func TestEqual(t *testing.T) {
	empty := ""
	for _, tt := range []struct {
		name string
		a, b scaffold.App
		want bool
	}{
		{"nothing", scaffold.App{}, scaffold.App{}, true},
		{"folder", scaffold.App{Folder: "a"}, scaffold.App{Folder: "b"}, true},
		{"empty list", scaffold.App{Python: scaffold.Python{Packages: []string{}}}, scaffold.App{}, true},
		{"empty pool", scaffold.App{App: scaffold.Identity{ComputePool: &empty}}, scaffold.App{}, false},
		{"number and text", scaffold.App{Values: map[string]any{"a": int64(1)}}, scaffold.App{Values: map[string]any{"a": "1"}}, false},
		{"int and int64", scaffold.App{Values: map[string]any{"a": 1}}, scaffold.App{Values: map[string]any{"a": int64(1)}}, true},
		{"int and float", scaffold.App{Values: map[string]any{"a": 1}}, scaffold.App{Values: map[string]any{"a": 1.0}}, false},
		{"not a number", scaffold.App{Values: map[string]any{"a": math.NaN()}}, scaffold.App{Values: map[string]any{"a": math.NaN()}}, true},
		{"key with dot", scaffold.App{Config: map[string]any{`"a.b"`: 1}}, scaffold.App{Config: map[string]any{"a.b": 1}}, false},
	} {
		if got := tt.a.Equal(tt.b); got != tt.want {
			t.Errorf("%s: Equal = %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestCloneSharesNothing(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "full.toml"))
	if err != nil {
		t.Fatal(err)
	}
	a, err := Parse(scaffold.AnswersFile, data)
	if err != nil {
		t.Fatal(err)
	}
	b := a.Clone()
	*b.App.ComputePool = "X"
	b.Python.Packages[0], b.Roles.Viewers[0], b.Network.Hosts[0], b.Network.Rules[0] = "x", "x", "x", "x"
	b.Secrets[0].Key, b.Secrets[1].Scopes[0] = "x", "x"
	b.Config["theme.chartColors"].([]any)[0] = "x"
	b.Values["nested"].(map[string]any)["deep"] = "x"
	maps.Copy(b.Written, map[string]string{"x": "x"})
	if diff := cmp.Diff(string(data), string(TOML(a))); diff != "" {
		t.Errorf("changing a clone changed the App:\n%s", diff)
	}
}

func FuzzParse(f *testing.F) {
	data, err := os.ReadFile(filepath.Join("testdata", "full.toml"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	cases, err := os.ReadFile(filepath.Join("testdata", "errors.txt"))
	if err != nil {
		f.Fatal(err)
	}
	for _, c := range strings.Split(string(cases), "\n====\n") {
		text, _, _ := strings.Cut(c, "\n----\n")
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		app, err := Parse(scaffold.AnswersFile, data)
		var pe *ParseError
		switch {
		case err == nil:
			again, err := Parse(scaffold.AnswersFile, TOML(app))
			if err != nil || !again.Equal(app) {
				t.Errorf("Parse(TOML(app)): %v; %q was written as\n%s", err, data, TOML(app))
			}
		case !errors.As(err, &pe):
			t.Errorf("%T: %v", err, err)
		case pe.Line < 1 || pe.Column < 1 || pe.Why.IsZero() || pe.Fix.IsZero():
			t.Errorf("%q: no place, message or fix in %#v", data, pe)
		case pe.Line > strings.Count(string(data), "\n")+1:
			t.Errorf("%q: %v is past the end", data, err)
		}
	})
}

func TestParseDraft(t *testing.T) {
	app := scaffold.App{Secrets: []scaffold.SecretDecl{{Key: "a"}, {Key: "A"}}}
	if _, err := Parse("", TOML(app)); err == nil {
		t.Error("Parse accepts two secrets with the same key")
	}
	if got, err := ParseDraft("", TOML(app)); err != nil || !got.Equal(app) {
		t.Errorf("ParseDraft: %v\n%s", err, TOML(got))
	}
	if _, err := ParseDraft("", []byte("[app]\nnmae = 1")); err == nil {
		t.Error("ParseDraft accepts an unknown key")
	}
}

func BenchmarkEqual(b *testing.B) {
	data, err := os.ReadFile(filepath.Join("testdata", "full.toml"))
	if err != nil {
		b.Fatal(err)
	}
	app, err := Parse(scaffold.AnswersFile, data)
	if err != nil {
		b.Fatal(err)
	}
	other := app.Clone()
	for b.Loop() {
		if !app.Equal(other) {
			b.Fatal("a clone differs")
		}
	}
}
