package migrate

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"sleet/scaffold"
	"sleet/scaffold/testtools"
)

// migratedApp is one case of the driver.
type migratedApp struct {
	Name      string           `json:"name"`
	Before    string           `json:"before"`
	After     string           `json:"after"`
	Main      string           `json:"main"`
	Pages     []string         `json:"pages"`
	Least     int              `json:"least"`
	Secrets   []migratedSecret `json:"secrets"`
	Functions []string         `json:"functions"`
	Answer    restAnswer       `json:"answer"`
	// Written says that sleet wrote the app, Renewed that it did so after the move as well: a page of its
	// tells the time, and one made again names the kinds of secrets in other words.
	Written bool `json:"written"`
	Renewed bool `json:"renewed"`
}

type migratedSecret struct {
	Key    string              `json:"key"`
	Type   scaffold.SecretType `json:"type"`
	Access scaffold.Access     `json:"access"`
	Value  any                 `json:"value"`
}

// restAnswer is what Snowflake's REST API says: text, or events.
type restAnswer struct {
	Status int              `json:"status"`
	Reason string           `json:"reason"`
	Text   string           `json:"text"`
	Events []map[string]any `json:"events"`
}

func migratedSecrets() []migratedSecret {
	pair := func(key string) map[string]string {
		return map[string]string{"username": "user of " + key, "password": `p'ass"word ` + key}
	}
	return []migratedSecret{
		{"plain", scaffold.GenericString, scaffold.AccessSecrets, `the value' of \ "plain" ☃`},
		{"login", scaffold.Password, scaffold.AccessSecrets, pair("login")},
		{"held", scaffold.GenericString, scaffold.AccessFunction, `the value' of \ "held" ☃`},
		{"held_login", scaffold.Password, scaffold.AccessFunction, pair("held_login")},
		{"drive", scaffold.OAuth2, scaffold.AccessFunction, "a token"},
		{"aws", scaffold.CloudProviderToken, scaffold.AccessFunction, map[string]string{
			"access_key_id": "AKIA", "secret_access_key": "secret", "token": "cloud token",
		}},
	}
}

// migratedChoices declare those secrets.
func migratedChoices() Choices {
	choices := exampleChoices()
	choices.App.Secrets = nil
	for _, s := range migratedSecrets() {
		choices.App.Secrets = append(choices.App.Secrets, scaffold.SecretDecl{Key: s.Key, Type: s.Type, Access: s.Access})
	}
	return choices
}

func restAnswers() map[string]restAnswer {
	return map[string]restAnswer{
		"analyst": {Status: 200, Reason: "OK", Text: `{"message": {"content": [{"type": "text", "text": "四十二"}]}}`},
		"refused": {Status: 403, Reason: "Forbidden", Text: `{"message": "no role"}`},
		"agent": {Status: 200, Reason: "OK", Events: []map[string]any{
			{"event": "message.delta", "data": map[string]any{"delta": map[string]any{"content": []any{map[string]any{"text": "売上"}}}}},
			{"event": "message.delta", "data": map[string]any{"delta": map[string]any{"content": []any{map[string]any{"text": "two"}}}}},
			{"event": "done", "data": "[DONE]"},
		}},
	}
}

// migrated lays an app down before and after its migration.
func migrated(t *testing.T, root, archive string) migratedApp {
	t.Helper()
	name := strings.TrimSuffix(filepath.Base(archive), ".txtar")
	data, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	c := migratedApp{
		Name: name, Before: filepath.Join(root, name, "before"), After: filepath.Join(root, name, "after"),
		Main: "streamlit_app.py", Pages: []string{}, Least: 1, Secrets: migratedSecrets(), Functions: []string{}, Answer: restAnswers()[name],
	}
	for _, f := range txtar.Parse(data).Files {
		files[f.Name] = string(f.Data)
		if strings.HasPrefix(f.Name, "pages/") {
			c.Pages = append(c.Pages, f.Name)
		}
	}
	layOut(t, c.Before, files)
	after, _ := rewrite(t, files, migratedChoices())
	for p, text := range after {
		files[p] = text
	}
	layOut(t, c.After, files)
	return c
}

// writtenCases are apps that sleet wrote, in each language, before and after: as they are, and with the
// app itself edited.
func writtenCases(t *testing.T) []migratedApp {
	t.Helper()
	var cases []migratedApp
	for _, name := range []string{"en cortex true secrets 4", "ja cortex false secrets 4"} {
		for _, edited := range []string{"", "# mine\n"} {
			a := writtenApps()[name]
			a.App.Database, a.App.Schema, a.Network.Hosts = "DB", "PUBLIC", nil
			before, after := writeApp(t, a), writeApp(t, a)
			c := migratedApp{
				Name: "written " + name + " " + edited, Before: before, After: after, Main: "streamlit_app.py", Pages: []string{}, Least: 4,
				Secrets: migratedSecrets(), Written: true, Renewed: edited == "",
			}
			main := filepath.Join(after, c.Main)
			if data, err := os.ReadFile(main); err != nil || os.WriteFile(main, append(data, edited...), 0o600) != nil {
				t.Fatal(err)
			}
			m := planned(t, after)
			if err := Apply(after, m.Changes, WriteOptions{}); err != nil {
				t.Fatal(err)
			}
			for i := range c.Secrets {
				c.Secrets[i].Access = scaffold.AccessFunction
			}
			c.Functions = heldBy(m.App, c.Secrets)
			cases = append(cases, c)
		}
	}
	return cases
}

// heldBy makes the functions that hold the secrets: with fixed answers.
func heldBy(app scaffold.App, secrets []migratedSecret) []string {
	var list []string
	app = app.Resolve()
	for _, s := range secrets {
		text, ok := s.Value.(string)
		if !ok {
			data, err := json.Marshal(s.Value)
			if err != nil {
				panic(err)
			}
			text = string(data)
		}
		list = append(list, fmt.Sprintf("CREATE OR REPLACE FUNCTION DB.PUBLIC.%s() RETURNS STRING AS $$%s$$", app.FunctionName(s.Key), text))
	}
	return list
}

// TestMigratedAppsShowTheSame runs apps as a warehouse would and, migrated, as a container would, and
// holds the pages against each other.
func TestMigratedAppsShowTheSame(t *testing.T) {
	python := testtools.Tool(t, "app/bin/python")
	root := t.TempDir()
	archives, err := filepath.Glob("testdata/apps/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no apps", err)
	}
	var cases []migratedApp
	for i, archive := range archives {
		c := migrated(t, root, archive)
		if i == 0 {
			c.Functions = heldBy(migratedChoices().App, migratedSecrets())
		}
		cases = append(cases, c)
	}
	cases = append(cases, writtenCases(t)...)
	list := filepath.Join(root, "cases.json")
	data, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(list, data, 0o600); err != nil {
		t.Fatal(err)
	}
	failures := map[string]string{}
	library, err := filepath.Abs("../generate/testdata")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), python, "testdata/run_migrated.py", library, list)
	var told bytes.Buffer
	cmd.Stderr = &told
	out, err := cmd.Output()
	if err != nil {
		t.Errorf("%v\n%s", err, told.String())
	}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		var result struct{ Name, Failure string }
		if err := json.Unmarshal(lines.Bytes(), &result); err != nil {
			t.Fatalf("%v in %q", err, lines.Text())
		}
		failures[result.Name] = result.Failure
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			testtools.Case(t)
			failure, ran := failures[c.Name]
			if !ran {
				t.Fatal("the driver ended before this app")
			}
			if failure != "" {
				t.Error(failure)
			}
		})
	}
}

// TestMigratedFilesCompile holds every rewritten file of the examples and the apps against Python
// 3.11's compiler, and against Ruff for names that are missing or imports that are left unused: what
// was there before is not ours.
func TestMigratedFilesCompile(t *testing.T) {
	python, ruff := testtools.Tool(t, "app/bin/python"), testtools.Tool(t, "app/bin/ruff")
	testtools.Case(t)
	root := t.TempDir()
	count := 0
	lay := func(name string, files map[string]string, choices Choices) {
		after, _ := rewrite(t, files, choices)
		for p := range after {
			count++
			_, was := files[p]
			if was {
				layOut(t, filepath.Join(root, "before", name), map[string]string{p: files[p]})
			}
			layOut(t, filepath.Join(root, "after", name), map[string]string{p: after[p]})
		}
	}
	archives, err := filepath.Glob("testdata/python/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, archive := range archives {
		for _, e := range examples(t, archive) {
			for i, f := range forms() {
				name := fmt.Sprintf("%s%s%d", strings.TrimSuffix(filepath.Base(archive), ".txtar"), e.name, i)
				lay(name, f.of(e.before, func(string) bool { return false }), exampleChoices())
			}
		}
	}
	apps, err := filepath.Glob("testdata/apps/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, archive := range apps {
		c := migrated(t, filepath.Join(t.TempDir()), archive)
		_ = os.CopyFS(filepath.Join(root, "before", "app"+c.Name), os.DirFS(c.Before))
		_ = os.CopyFS(filepath.Join(root, "after", "app"+c.Name), os.DirFS(c.After))
	}
	const compileAll = `
import ast, pathlib, sys
for path in pathlib.Path("after").rglob("*.py"):
    data = path.read_bytes()
    compile(data, path, "exec", dont_inherit=True)
    ast.parse(data, path, feature_version=(3, 11))
`
	cmd := exec.CommandContext(t.Context(), python, "-c", compileAll)
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%.4000s", err, out)
	}
	before, after := ruffSays(t, ruff, filepath.Join(root, "before")), ruffSays(t, ruff, filepath.Join(root, "after"))
	for complaint := range after {
		if !before[complaint] {
			t.Errorf("new: %s", complaint)
		}
	}
	if count < 100 {
		t.Errorf("only %d files", count)
	}
}

// ruffSays are Ruff's complaints about unused imports and names that are missing, without their
// lines.
func ruffSays(t *testing.T, ruff, dir string) map[string]bool {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), ruff, "check", "--no-cache", "--isolated", "--exit-zero", "--output-format=json", "--select=F401,F811,F821,F823,E9", ".")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var found []struct{ Filename, Code, Message string }
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatal(err)
	}
	resolved, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	says := map[string]bool{}
	for _, f := range found {
		name := f.Filename
		for _, d := range []string{dir, resolved} {
			name = strings.TrimPrefix(name, d)
		}
		says[strings.Join([]string{name, f.Code, f.Message}, " ")] = true
	}
	return says
}

// TestEventsBecomeAList holds the reading of an event stream against what the standard says of one.
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
func TestEventsBecomeAList(t *testing.T) {
	python := testtools.Tool(t, "app/bin/python")
	testtools.Case(t)
	root := t.TempDir()
	layOut(t, root, map[string]string{"snowflake_api.py": helperTexts{}.apiModule(), "try.py": `
from snowflake_api import read_events

CASES = {
    "": [],
    "data: {\"a\": 1}\n\n": [{"event": "message", "data": {"a": 1}}],
    "event: x\r\ndata: 1\r\n\r\nevent:y\r\ndata:[2]\r\n\r\n": [{"event": "x", "data": 1}, {"event": "y", "data": [2]}],
    ": a comment\n\nevent: alone\n\ndata: a\ndata: b\n\n": [{"event": "message", "data": "a\nb"}],
    "event: done\ndata: [DONE]": [{"event": "done", "data": "[DONE]"}],
    "id: 7\nretry: 3\ndata: \"a: b\"\n\n\n\n": [{"event": "message", "data": "a: b"}],
    "data\ndata:  two\n\n": [{"event": "message", "data": "\n two"}],
}
for stream, want in CASES.items():
    got = read_events(stream)
    assert got == want, f"{stream!r}: {got}"
`})
	cmd := exec.CommandContext(t.Context(), python, "try.py")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
