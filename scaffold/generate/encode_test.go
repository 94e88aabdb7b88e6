package generate_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/pelletier/go-toml/v2"
	"pgregory.net/rapid"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/generate"
	"sleet/scaffold/python"
	"sleet/scaffold/python/token"
	"sleet/scaffold/testtools"
	"sleet/scaffold/validate"
	"sleet/snowflake/sqltext"
)

// plain is part of every answer of the plain twin that a hostile app is compared with.
const plain = "plain"

// answer is one free-text answer: how to set it, and plausible texts to try besides hostile ones.
type answer struct {
	name  string
	plain string
	set   func(*scaffold.App, string)
	more  []string
}

// freeAnswers returns all answers that accept any text, except the keys of values, whose order
// matters.
func freeAnswers(runtime scaffold.Runtime) []answer {
	answers := []answer{
		{name: "app.name", plain: "plain_app", set: func(a *scaffold.App, s string) { a.App.Name = s }},
		{name: "app.title", plain: "plain title", set: func(a *scaffold.App, s string) { a.App.Title = s }},
		{name: "app.database", plain: "PLAIN_DB", set: func(a *scaffold.App, s string) { a.App.Database = s }},
		{name: "app.schema", plain: "PLAIN_SCHEMA", set: func(a *scaffold.App, s string) { a.App.Schema = s }},
		{name: "app.main_file", plain: "plain", set: func(a *scaffold.App, s string) {
			s = strings.ReplaceAll(s, "/", "")
			a.App.MainFile = s + ".py"
			if runtime == scaffold.Container { // a warehouse app has no subfolders
				a.App.MainFile = s + "/" + a.App.MainFile
			}
		}},
		{name: "app.query_warehouse", plain: "PLAIN_WH", set: func(a *scaffold.App, s string) { a.App.QueryWarehouse = s }},
		{name: "app.stage", plain: "PLAIN_STAGE", set: func(a *scaffold.App, s string) { a.App.Stage = s }},
		{name: "app.comment", plain: "plain comment", set: func(a *scaffold.App, s string) { a.App.Comment = s }},
		{
			name: "python.packages", plain: "plainpackage", set: func(a *scaffold.App, s string) { a.Python.Packages = []string{s} },
			more: []string{`plainpackage[a,b]>=2,<3; python_version < "3.13"`, "plainpackage ~= 1.0 ; sys_platform == 'linux'", "plainpackage==1.*"},
		},
		{
			name: "network.hosts", plain: "plain.example.com", set: func(a *scaffold.App, s string) { a.Network.Hosts = []string{s} },
			more: []string{"plain-1.example.com:8443", "PLAIN.example.com:443"},
		},
		{name: "network.rule", plain: "PLAIN_RULE", set: func(a *scaffold.App, s string) { a.Network.Rule = s }},
		{name: "network.integration", plain: "PLAIN_EAI", set: func(a *scaffold.App, s string) { a.Network.Integration = s }},
		{name: "network.rules", plain: "PLAIN_RULES", set: func(a *scaffold.App, s string) { a.Network.Rules = []string{s} }},
		{name: "roles.owner", plain: "PLAIN_OWNER", set: func(a *scaffold.App, s string) { a.Roles.Owner = s }},
		{name: "roles.admin", plain: "PLAIN_ADMIN", set: func(a *scaffold.App, s string) { a.Roles.Admin = s }},
		{name: "roles.viewers", plain: "PLAIN_VIEWER", set: func(a *scaffold.App, s string) { a.Roles.Viewers = []string{s} }},
		{name: "secrets.object", plain: "PLAIN_OBJECT", set: func(a *scaffold.App, s string) { a.Secrets[0].Object = s }},
		{name: "secrets.comment", plain: "plain remark", set: func(a *scaffold.App, s string) { a.Secrets[0].Comment = s }},
		{name: "secrets.integration", plain: "PLAIN_SIGN_IN", set: func(a *scaffold.App, s string) { a.Secrets[1].Integration = s }},
		{name: "secrets.scopes", plain: "plain.scope", set: func(a *scaffold.App, s string) { a.Secrets[1].Scopes = []string{s} }},
		{name: "config", plain: "plain font", set: func(a *scaffold.App, s string) { a.Config["theme.font"] = s }},
		{name: "config of a table", plain: "plain code", set: func(a *scaffold.App, s string) { a.Config["theme.sidebar.codeFont"] = s }},
	}
	if runtime == scaffold.Container {
		answers = append(answers, answer{name: "app.compute_pool", plain: "PLAIN_POOL", set: func(a *scaffold.App, s string) { a.App.ComputePool = &s }})
	}
	return answers
}

// plainApp returns an app whose free-text answers are all plain.
func plainApp(runtime scaffold.Runtime, language scaffold.Language) scaffold.App {
	a := scaffold.App{
		App: scaffold.Identity{Runtime: runtime, Language: language},
		Secrets: []scaffold.SecretDecl{
			{Key: "api_key"}, {Key: "token", Type: scaffold.OAuth2, Flow: scaffold.ClientCredentials},
		},
		Config: map[string]any{},
	}
	for _, f := range freeAnswers(runtime) {
		f.set(&a, f.plain)
	}
	if runtime == scaffold.Container { // the warehouse runtime reads no values
		a = withValues(a, "plain_1", "plain_2", "plain_3", "plain value")
	}
	return a
}

// withValues returns the app with a value and a table with one value.
func withValues(a scaffold.App, key, table, inner, value string) scaffold.App {
	a.Values = map[string]any{key: value, table: map[string]any{inner: value}}
	return a
}

// valid reports whether the answers have no errors.
func valid(a scaffold.App) bool {
	return !slices.ContainsFunc(validate.Problems(a), func(p validate.Problem) bool { return p.Severity == validate.Error })
}

// hostileApp generates an app and its plain twin. Answers that are rejected stay plain. used counts
// those that are accepted.
func hostileApp(t *rapid.T, runtime scaffold.Runtime, language scaffold.Language, used map[string]int) (hostile, twin scaffold.App) {
	hostile, twin = plainApp(runtime, language), plainApp(runtime, language)
	for i, f := range freeAnswers(runtime) {
		draw := testtools.Hostile(fmt.Sprintf("x%d", i))
		if f.more != nil {
			draw = rapid.OneOf(draw, rapid.SampledFrom(f.more))
		}
		before := hostile.Clone()
		f.set(&hostile, draw.Draw(t, f.name))
		if !valid(hostile) {
			hostile = before
			continue
		}
		used[f.name]++
	}
	key, table := testtools.Hostile("k1").Draw(t, "key"), testtools.Hostile("k2").Draw(t, "table")
	tried := withValues(hostile.Clone(), key, table, testtools.Hostile("k3").Draw(t, "inner"), testtools.Hostile("v").Draw(t, "value"))
	if valid(tried) {
		hostile = tried
		used["values"]++
		if key > table { // values are sorted by key
			twin = withValues(twin, "plain_2", "plain_1", "plain_3", "plain value")
		}
	}
	return hostile, twin
}

// TestAnswersStayConstants checks that answers only change the constants of the generated files, regardless of the text
// that they contain.
func TestAnswersStayConstants(t *testing.T) {
	used := map[string]int{}
	for _, runtime := range []scaffold.Runtime{scaffold.Container, scaffold.Warehouse} {
		if a := plainApp(runtime, scaffold.English); !valid(a) {
			t.Fatal(validate.Problems(a))
		}
		t.Run(string(runtime), func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				language := rapid.SampledFrom([]scaffold.Language{scaffold.English, scaffold.Japanese}).Draw(rt, "language")
				hostile, twin := hostileApp(rt, runtime, language, used)
				sameButConstants(rt, hostile, twin)
				exactly(rt, hostile)
			})
		})
	}
	for _, f := range freeAnswers(scaffold.Container) {
		if used[f.name] == 0 {
			t.Errorf("no hostile text was accepted for %s", f.name)
		}
	}
	if used["values"] == 0 {
		t.Error("no hostile value was accepted")
	}
}

// sameButConstants compares the files of an app with those of its plain twin.
func sameButConstants(t *rapid.T, hostile, twin scaffold.App) {
	files, want := generate.Files(hostile), generate.Files(twin)
	if len(files) != len(want) {
		t.Fatalf("Files() returned %d files, want %d", len(files), len(want))
	}
	for i, f := range files {
		got, plain := shape(t, f), shape(t, want[i])
		if where := differ(got, plain); where != "" {
			t.Fatalf("%s has a different structure: %s\n%s\nplain:\n%s", f.Path, where, f.Data, want[i].Data)
		}
	}
}

// piece is a part of a parsed file: its kind and its text.
type piece struct{ sort, text string }

// differ returns the first difference between two files that is not an answer, "" if there is none.
func differ(got, want []piece) string {
	for i := range min(len(got), len(want)) {
		answered := strings.Contains(strings.ToLower(want[i].text), plain)
		if got[i].sort != want[i].sort || got[i].text != want[i].text && !answered {
			return fmt.Sprintf("%q, plain is %q", got[i], want[i])
		}
	}
	if len(got) != len(want) {
		return fmt.Sprintf("%d parts, plain has %d", len(got), len(want))
	}
	return ""
}

// shape returns the structure of a generated file.
func shape(t *rapid.T, f scaffold.File) []piece {
	var parsed any
	var err error
	switch path.Ext(f.Path) {
	case ".toml":
		err = toml.Unmarshal(f.Data, &parsed)
	case ".yml":
		err = yaml.Unmarshal(f.Data, &parsed)
	case ".sql":
		return sqlShape(f.Data)
	case ".py":
		return pythonShape(t, f)
	default:
		return []piece{{"file", string(f.Data)}}
	}
	if err != nil {
		t.Fatalf("%s does not parse: %v\n%s", f.Path, err, f.Data)
	}
	return dataShape(nil, parsed)
}

// dataShape lists the contents of a TOML or YAML file, with tables sorted by key.
func dataShape(list []piece, value any) []piece {
	switch v := value.(type) {
	case map[string]any:
		list = append(list, piece{fmt.Sprint("table of ", len(v)), ""})
		for _, key := range slices.Sorted(maps.Keys(v)) {
			list = dataShape(append(list, piece{"key", key}), v[key])
		}
		return list
	case []any:
		list = append(list, piece{fmt.Sprint("list of ", len(v)), ""})
		for _, i := range v {
			list = dataShape(list, i)
		}
		return list
	}
	return append(list, piece{fmt.Sprintf("%T", value), fmt.Sprint(value)})
}

// sqlShape lists the tokens of a script. It ignores whether names are quoted, and parses bodies as
// Python or SQL.
func sqlShape(script []byte) []piece {
	var list []piece
	for _, s := range sqltext.Statements(script) {
		list = append(list, piece{"statement", ""})
		for i, token := range s.Tokens {
			switch {
			case token.Kind == sqltext.Body || token.Kind == sqltext.Text && (s.At(i-1, "IMMEDIATE") || s.At(i-1, "AS")):
				list = append(append(list, piece{"body", ""}), sqlShape([]byte(token.Text))...)
			case token.Kind == sqltext.Quoted || token.Kind == sqltext.Word:
				list = append(list, piece{"name", token.Raw})
			default:
				list = append(list, piece{fmt.Sprint("token ", token.Kind), token.Raw})
			}
		}
	}
	return list
}

// pythonShape lists every node of a Python file with its names and constants.
func pythonShape(t *rapid.T, f scaffold.File) []piece {
	file, err := python.Parse(f.Data)
	if file == nil || err != nil {
		t.Fatalf("%s does not parse: %v\n%s", f.Path, err, f.Data)
	}
	return treeShape(nil, reflect.ValueOf(file.Body))
}

// treeShape lists a tree of arbitrary structs without positions.
func treeShape(list []piece, v reflect.Value) []piece {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return append(list, piece{"nothing", ""})
		}
		return treeShape(list, v.Elem())
	case reflect.Slice:
		list = append(list, piece{fmt.Sprint("list of ", v.Len()), ""})
		for i := range v.Len() {
			list = treeShape(list, v.Index(i))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[token.Span]() {
			return list
		}
		list = append(list, piece{v.Type().Name(), ""})
		for i := range v.NumField() {
			list = treeShape(list, v.Field(i))
		}
	default:
		list = append(list, piece{v.Kind().String(), fmt.Sprint(v)})
	}
	return list
}

// exactly checks that data files contain the answers.
func exactly(t *rapid.T, a scaffold.App) {
	files := map[string][]byte{}
	for _, f := range generate.Files(a) {
		files[f.Path] = f.Data
	}
	same := func(name string, want, got any) {
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s (-answered +read):\n%s", name, diff)
		}
	}
	again, err := answers.Parse(scaffold.AnswersFile, answers.TOML(a))
	if err != nil {
		t.Fatalf("%v\n%s", err, answers.TOML(a))
	}
	same(scaffold.AnswersFile, a, again)
	var values, config map[string]any
	if err := toml.Unmarshal(files[".streamlit/secrets.toml"], &values); err != nil {
		t.Fatal(err)
	}
	same("secrets.toml", a.Values, values)
	if err := toml.Unmarshal(files[".streamlit/config.toml"], &config); err != nil {
		t.Fatal(err)
	}
	theme, _ := config["theme"].(map[string]any)
	same("config.toml", map[string]any{"font": a.Config["theme.font"], "sidebar": map[string]any{"codeFont": a.Config["theme.sidebar.codeFont"]}}, theme)
	var project struct {
		Entities map[string]struct {
			Title, Comment string
			MainFile       string `yaml:"main_file"`
		}
	}
	if err := yaml.Unmarshal(files["snowflake.yml"], &project); err != nil {
		t.Fatal(err)
	}
	for _, e := range project.Entities {
		read := []string{rendered(e.Title), rendered(e.Comment), rendered(e.MainFile)}
		same("snowflake.yml", []string{a.App.Title, a.App.Comment, a.App.MainFile}, read)
	}
}

// template matches how snowflake.yml escapes template markers of the Snowflake CLI.
var template = regexp.MustCompile(`<% ctx\.definition_version\|replace\('2','([^']*)'\) %>`)

// rendered returns a text of snowflake.yml as the CLI reads it.
func rendered(text string) string { return template.ReplaceAllString(text, "$1") }

// compareTrees exits with an error if the two files of a pair have different nodes.
const compareTrees = `import ast, json, sys
for pair in json.load(sys.stdin):
    got, want = ([type(n).__name__ for n in ast.walk(ast.parse(text))] for text in pair)
    assert got == want, pair[0]
`

// TestAnswersStayConstantsForPython checks a batch of hostile apps with Python itself.
func TestAnswersStayConstantsForPython(t *testing.T) {
	if os.Getenv("SLEET_CONFORMANCE") != "1" {
		t.Skip("set SLEET_CONFORMANCE=1")
	}
	var pairs [][2]string
	draw := rapid.Custom(func(t *rapid.T) [2]scaffold.App {
		hostile, twin := hostileApp(t, scaffold.Container, scaffold.English, map[string]int{})
		return [2]scaffold.App{hostile, twin}
	})
	for seed := range 100 {
		apps := draw.Example(seed)
		want := generate.Files(apps[1])
		for i, f := range generate.Files(apps[0]) {
			if path.Ext(f.Path) == ".py" {
				pairs = append(pairs, [2]string{string(f.Data), string(want[i].Data)})
			}
		}
	}
	batch, err := json.Marshal(pairs)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range testtools.Pythons(t)[:1] {
		cmd := exec.Command(p.Path, "-c", compareTrees) //nolint:noctx // A test's time limit ends it.
		cmd.Stdin = bytes.NewReader(batch)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("Python %s: %v\n%s", p.Version, err, out)
		}
	}
}
