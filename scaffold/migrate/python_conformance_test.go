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
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/migrate/rewrite"
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
	// Written reports whether sleet wrote the app, Renewed whether it also wrote it after the migration: such a page
	// shows the time, and a generated page describes the kinds of secrets in other words.
	Written bool `json:"written"`
	Renewed bool `json:"renewed"`
}

type migratedSecret struct {
	Key    string              `json:"key"`
	Type   scaffold.SecretType `json:"type"`
	Access scaffold.Access     `json:"access"`
	Value  any                 `json:"value"`
}

// restAnswer is an answer of Snowflake's REST API: text or events.
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

// migratedOptions returns options that declare those secrets.
func migratedOptions() rewrite.Options {
	choices := rewrite.Options{App: scaffold.App{App: scaffold.Identity{Name: "APP", Database: "DB", Schema: "PUBLIC"}}}
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

// migrated writes an app before and after its migration.
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
	testtools.WriteFiles(t, c.Before, files)
	for p, text := range rewritten(t, c.Before, files) {
		files[p] = text
	}
	testtools.WriteFiles(t, c.After, files)
	return c
}

// writtenCases returns apps that sleet wrote, in each language, before and after: unchanged, and with the app itself
// edited.
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

// heldBy returns the functions that hold the secrets, with fixed results.
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

// TestMigratedAppsShowTheSame runs apps as in a warehouse and, after the migration, as in a container, and compares the
// pages.
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
			c.Functions = heldBy(migratedOptions().App, migratedSecrets())
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
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Errorf("%v\n%s", err, stderr.String())
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
			testtools.CountConformance(t)
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

// rewritten returns the files of an app that change or are new.
func rewritten(t *testing.T, dir string, files map[string]string) map[string]string {
	t.Helper()
	folder, err := existing.Read(dir)
	if err != nil || len(folder.Apps) != 1 {
		t.Fatalf("%+v, %v", folder, err)
	}
	code := rewrite.Python(folder.Apps[0], migratedOptions())
	changed := map[string]string{}
	for _, f := range code.New {
		changed[f.Path] = string(f.Data)
	}
	for _, e := range code.Edits {
		after, err := change.ApplyEdits([]byte(files[e.Path]), change.EditsOf(e.Path, code.Edits))
		if err != nil {
			t.Fatal(err)
		}
		changed[e.Path] = string(after)
	}
	return changed
}
