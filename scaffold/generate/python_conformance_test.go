package generate_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/generate"
	"sleet/scaffold/resources"
	"sleet/scaffold/testtools"
	"sleet/snowflake"
)

// driver is the script that runs apps. Each case in its list is a drivenApp.
const driver = "testdata/run_apps.py"

type drivenApp struct {
	Name        string          `json:"name"`
	Dir         string          `json:"dir"`
	Main        string          `json:"main"`
	Title       string          `json:"title"`
	Container   bool            `json:"container"`
	Database    string          `json:"database"`
	Schema      string          `json:"schema"`
	Secrets     []drivenSecret  `json:"secrets"`
	URLs        []string        `json:"urls"`
	Patterns    []string        `json:"patterns"`
	Cortex      scaffold.Cortex `json:"cortex"`
	Values      []any           `json:"values"`
	Environment string          `json:"environment"`
}

type drivenSecret struct {
	Key    string              `json:"key"`
	Type   scaffold.SecretType `json:"type"`
	Access scaffold.Access     `json:"access"`
	// Function is the UDF that setup.sql creates for it.
	Function string `json:"function"`
	Value    any    `json:"value"`
	// Hidden are the parts that printing the value must not show.
	Hidden []string `json:"hidden"`
}

// driven describes an app in a folder to the driver.
func driven(name, dir string, a scaffold.App) drivenApp {
	r := a.Resolve()
	d := drivenApp{
		Name: name, Dir: dir, Main: r.App.MainFile, Title: r.App.Title,
		Container: r.App.Runtime == scaffold.Container,
		Database:  snowflake.LenientIdent(r.App.Database), Schema: snowflake.LenientIdent(r.App.Schema),
		Secrets: []drivenSecret{}, URLs: []string{}, Patterns: []string{}, Cortex: r.App.Cortex, Values: []any{},
	}
	for _, s := range r.Secrets {
		value, hidden := standIn(s)
		d.Secrets = append(d.Secrets, drivenSecret{
			Key: s.Key, Type: s.Type, Access: s.Access, Function: madeFunction(r, s), Value: value, Hidden: hidden,
		})
	}
	for _, h := range r.Network.Hosts {
		if strings.ContainsAny(h, "*-") || strings.HasPrefix(h, "0.0.0.0") || strings.HasSuffix(h, ":0") {
			d.Patterns = append(d.Patterns, h)
			continue
		}
		url := strings.Replace("https://"+strings.ToLower(h), "https://plain.example.com:80", "http://plain.example.com", 1)
		if !slices.Contains(d.URLs, url) {
			d.URLs = append(d.URLs, url)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(r.Values)) {
		d.Values = append(d.Values, r.Values[key])
		if _, text := r.Values[key].(string); text && d.Environment == "" {
			d.Environment = key
		}
	}
	return d
}

// standIn returns the value of a secret, and the parts of it that must not be printed.
func standIn(s scaffold.SecretDecl) (value any, hidden []string) {
	switch s.Type {
	case scaffold.Password:
		return map[string]string{"username": "user of " + s.Key, "password": `p'ass"word ` + s.Key}, []string{`ass"word`, `ass\"word`}
	case scaffold.CloudProviderToken:
		return map[string]string{
			"access_key_id": "AKIA" + s.Key, "secret_access_key": "cloud secret " + s.Key, "token": "cloud token " + s.Key,
		}, []string{"AKIA" + s.Key, "cloud secret", "cloud token"}
	case scaffold.GenericString, scaffold.OAuth2:
	}
	return "the value'" + ` of \ "` + s.Key + `" ☃`, nil
}

// madeFunction returns the name of the function that setup.sql creates for a secret.
func madeFunction(a scaffold.App, s scaffold.SecretDecl) string {
	suffix := strings.ToUpper("_GET_" + s.Key + "()")
	for line := range strings.Lines(string(resources.SetupSQL(a))) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "CREATE OR REPLACE SECURE FUNCTION "); ok && strings.HasSuffix(name, suffix) {
			return name
		}
	}
	return ""
}

// writeFiles writes the files of an app to a folder.
func writeFiles(t *testing.T, dir string, a scaffold.App) {
	t.Helper()
	for _, f := range generate.Files(a) {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestPythonRuns runs the apps in Streamlit with a Snowpark session, secrets and hosts.
func TestPythonRuns(t *testing.T) {
	python := testtools.Tool(t, "app/bin/python")
	root := t.TempDir()
	apps := runningApps()
	var cases []drivenApp
	for i, name := range slices.Sorted(maps.Keys(apps)) {
		dir := filepath.Join(root, fmt.Sprintf("app%d", i))
		writeFiles(t, dir, apps[name])
		cases = append(cases, driven(name, dir, apps[name]))
	}
	failures := drive(t, python, root, cases)
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			testtools.CountConformance(t)
			failure, ran := failures[c.Name]
			if !ran {
				t.Fatal("the driver stopped before this app")
			}
			if failure != "" {
				t.Error(failure)
			}
		})
	}
}

// drive runs the driver and returns the failure of each app that it ran, "" for a success.
func drive(t *testing.T, python, root string, cases []drivenApp) map[string]string {
	t.Helper()
	list := filepath.Join(root, "cases.json")
	data, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(list, data, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), python, driver, list)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Errorf("%v\n%s", err, stderr.String())
	}
	failures := map[string]string{}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		var result struct{ Name, Failure string }
		if err := json.Unmarshal(lines.Bytes(), &result); err != nil {
			t.Fatalf("%v in %q", err, lines.Text())
		}
		failures[result.Name] = result.Failure
	}
	return failures
}

// TestPythonTests runs tests/test_app.py of the golden apps with pytest.
func TestPythonTests(t *testing.T) {
	python := testtools.Tool(t, "app/bin/python")
	root := t.TempDir()
	for name, app := range goldenPython() {
		writeFiles(t, filepath.Join(root, name), app)
	}
	cmd := exec.CommandContext(t.Context(), python,
		"-m", "pytest", "-q", "--import-mode=importlib", "-p", "no:cacheprovider", "-rA", "--tb=short")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "HOME="+root)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	for name := range goldenPython() {
		t.Run(name, func(t *testing.T) {
			testtools.CountConformance(t)
			if !bytes.Contains(out, []byte("PASSED "+name+"/tests/test_app.py::test_page_opens")) {
				t.Error("no test of this app passed")
			}
		})
	}
}

// TestPythonReads checks the Python of many apps with Python's compiler, for the warehouse also in
// its oldest version, and with Ruff's rules and formatter.
func TestPythonReads(t *testing.T) {
	python, ruff := testtools.Tool(t, "app/bin/python"), testtools.Tool(t, "app/bin/ruff")
	testtools.CountConformance(t)
	root := t.TempDir()
	apps := runningApps()
	maps.Copy(apps, goldenPython())
	maps.Copy(apps, layoutApps())
	for i, name := range slices.Sorted(maps.Keys(apps)) {
		a := apps[name]
		writeFiles(t, filepath.Join(root, string(a.Resolve().App.Runtime), fmt.Sprintf("app%d", i)), a)
	}
	const compileAll = `
import ast, pathlib
for path in pathlib.Path().rglob("*.py"):
    text = path.read_text("utf-8")
    compile(text, path, "exec", dont_inherit=True)
    if path.parts[0] == "warehouse":
        ast.parse(text, path, feature_version=(3, 9))
`
	for _, command := range [][]string{
		{python, "-W", "error", "-c", compileAll},
		{ruff, "check", "--no-cache", "--quiet", "--output-format=concise", "."},
		{ruff, "check", "--no-cache", "--quiet", "--output-format=concise", "--target-version=py39", "warehouse"},
		{ruff, "format", "--no-cache", "--diff", "."},
	} {
		cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%.4000s", strings.Join(command[1:3], " "), err, out)
		}
	}
}
