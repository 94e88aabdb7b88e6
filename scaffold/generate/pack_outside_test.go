package generate_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/scaffold/generate"
	"sleet/scaffold/testapps"
	"sleet/scaffold/testtools"
	"sleet/scaffold/upload"
	"sleet/snowflake"
)

// writeApp writes the files of an App to a new folder.
func writeApp(t *testing.T, app scaffold.App, more ...scaffold.File) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range append(generate.Files(app), more...) {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// asJSON returns a value after a round trip through JSON, where 2.0 becomes 2.
func asJSON(t *testing.T, value any) any {
	t.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var back any
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	return back
}

// TestConfigUnderStreamlit checks that Streamlit reads every option that a runtime supports, each
// with a value that is not its default, and names the file as its source.
func TestConfigUnderStreamlit(t *testing.T) {
	runtimes := []scaffold.Runtime{scaffold.Container, scaffold.Warehouse}
	var dirs []string
	var reads []map[string]any
	for _, runtime := range runtimes {
		app, read := everyOption(t, runtime)
		// The pinned Streamlit does not have these options: Snowflake and older versions read them.
		delete(read, "mapbox.token")
		delete(read, "snowflake.sleep.streamlitSleepTimeoutMinutes")
		dirs, reads = append(dirs, writeApp(t, app)), append(reads, read)
	}
	var got []map[string]struct {
		Value any
		Where string
	}
	testtools.PythonJSON(t, "read_config.py", dirs, &got)
	for i, runtime := range runtimes {
		t.Run(string(runtime), func(t *testing.T) {
			testtools.CountConformance(t)
			values := map[string]any{}
			for key, option := range got[i] {
				values[key] = option.Value
				if !strings.HasSuffix(option.Where, filepath.FromSlash(configPath)) {
					t.Errorf("%s is defined by %s, want config.toml", key, option.Where)
				}
			}
			if diff := cmp.Diff(asJSON(t, reads[i]), any(values)); diff != "" {
				t.Errorf("Streamlit's options differ (-written +read):\n%s", diff)
			}
		})
	}
}

// TestValuesUnderStreamlit checks that Streamlit loads secrets.toml: every value is in st.secrets,
// and top-level strings and numbers are environment variables.
func TestValuesUnderStreamlit(t *testing.T) {
	cases := map[string]map[string]any{
		"text":     {"api_endpoint": "https://api.example.com", "Greeting": "こんにちは", "EMPTY": "", "quoted": `a "b" \ 'c'`, "lines": "one\ntwo\tthree"},
		"numbers":  {"max_results": int64(100), "below": int64(-7), "ratio": 0.25, "whole": 2.0, "tiny": 1e-9, "huge": int64(9007199254740993)},
		"booleans": {"on": true, "off": false},
		"lists":    {"regions": []any{"東京", "大阪"}, "sizes": []any{int64(1), int64(2)}, "none": []any{}},
		"tables": {
			"limits": map[string]any{"rows": int64(10), "deep": map[string]any{"a": "b"}, "empty": map[string]any{}},
			"hosts":  []any{map[string]any{"name": "a"}, map[string]any{"name": "b"}},
		},
		"names": {"with-dash": "x", "with space": "y", "名前": "z", "MixedCase": "w"},
	}
	names := slices.Sorted(maps.Keys(cases))
	var dirs []string
	for _, name := range names {
		dirs = append(dirs, writeApp(t, scaffold.App{Values: cases[name]}))
	}
	var got []struct {
		Loaded      bool
		Secrets     any
		Environment map[string]string
	}
	testtools.PythonJSON(t, "read_secrets.py", dirs, &got)
	for i, name := range names {
		t.Run(name, func(t *testing.T) {
			testtools.CountConformance(t)
			if !got[i].Loaded {
				t.Error("Streamlit did not load secrets.toml")
			}
			if diff := cmp.Diff(asJSON(t, cases[name]), got[i].Secrets); diff != "" {
				t.Errorf("st.secrets differs (-written +read):\n%s", diff)
			}
			environment := map[string]string{}
			for key, value := range cases[name] {
				switch v := value.(type) {
				case string:
					environment[key] = v
				case int64:
					environment[key] = fmt.Sprint(v)
				case float64:
					environment[key] = pythonFloat(v)
				}
			}
			if diff := cmp.Diff(environment, got[i].Environment); diff != "" {
				t.Errorf("environment variables differ (-written +read):\n%s", diff)
			}
		})
	}
}

// pythonFloat formats a float as Python's str does, for the floats of this file.
func pythonFloat(f float64) string {
	text := fmt.Sprint(f)
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return text
}

// TestEnvironmentUnderPyYAML parses environment.yml with PyYAML and checks that Snowflake supports
// it.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func TestEnvironmentUnderPyYAML(t *testing.T) {
	names := testapps.AppNames()
	var texts []string
	for _, name := range names {
		app := scaffold.App{Python: scaffold.Python{Packages: []string{"pandas==2.2.*", "numpy>=1,<2", "Pillow==11.0.0", "y", "ruamel.yaml"}}}
		name.Set(&app)
		app.App.Runtime = scaffold.Warehouse
		texts = append(texts, string(writtenFile(app, "environment.yml")))
	}
	var got []map[string]any
	testtools.PythonJSON(t, "read_yaml.py", texts, &got)
	spec := regexp.MustCompile(`^[a-z0-9._-]+(=[0-9]+(\.[0-9]+)*(\.\*)?)?$`)
	for i, name := range names {
		t.Run(name.Name, func(t *testing.T) {
			testtools.CountConformance(t)
			if keys := slices.Sorted(maps.Keys(got[i])); !slices.Equal(keys, []string{"channels", "dependencies", "name"}) {
				t.Errorf("environment.yml has keys %v", keys)
			}
			if diff := cmp.Diff(any([]any{"snowflake"}), got[i]["channels"]); diff != "" {
				t.Errorf("channels mismatch (-want +got):\n%s", diff)
			}
			if _, text := got[i]["name"].(string); !text {
				t.Errorf("name = %#v, want a string", got[i]["name"])
			}
			packages, _ := got[i]["dependencies"].([]any)
			if len(packages) != 8 {
				t.Errorf("%d packages, want 8", len(packages))
			}
			for _, p := range packages {
				if text, ok := p.(string); !ok || !spec.MatchString(text) {
					t.Errorf("%#v is not a package spec that Snowflake supports", p)
				}
			}
		})
	}
}

// TestPyprojectUnderUv resolves the packages of the cases with uv.
func TestPyprojectUnderUv(t *testing.T) {
	if os.Getenv("SLEET_CONFORMANCE") != "1" {
		t.Skip("asks the package index: set SLEET_CONFORMANCE=1")
	}
	packages := func(name string, packages ...string) scaffold.App {
		return scaffold.App{App: scaffold.Identity{Name: name}, Python: scaffold.Python{Packages: packages}}
	}
	for name, app := range map[string]scaffold.App{
		"defaults":           {Folder: "demo"},
		"name of a package":  packages("pandas", "plotly>=5,<7", "PyYAML==6.0.*"),
		"Japanese":           packages("売上アプリ", "h3-py", "requests==2.32.3", `tzdata; sys_platform == "win32"`),
		"longest, no index":  {App: scaffold.Identity{Name: strings.Repeat("n", 255)}, Python: scaffold.Python{Source: scaffold.Preinstalled}},
		"hosts and a number": {App: scaffold.Identity{Name: "2024"}, Network: scaffold.Network{Hosts: []string{"api.example.com"}}},
	} {
		t.Run(name, func(t *testing.T) {
			uv, python := testtools.Tool(t, "app/bin/uv"), testtools.Tool(t, "app/bin/python")
			testtools.CountConformance(t)
			dir := writeApp(t, app)
			out, err := exec.CommandContext(t.Context(), uv, "lock", "--project", dir, "--python", python).CombinedOutput()
			if err != nil {
				t.Fatalf("uv lock: %v\n%s\n%s", err, out, writtenFile(app, "pyproject.toml"))
			}
			lock, err := os.ReadFile(filepath.Join(dir, scaffold.LockFile))
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"streamlit", "snowflake-snowpark-python"} {
				if !strings.Contains(string(lock), "name = \""+name+"\"\nversion") {
					t.Errorf("uv.lock has no %s", name)
				}
			}
		})
	}
}

// loadedProject is what the Snowflake CLI reads from a snowflake.yml.
type loadedProject struct {
	ID, Name, Title, Comment, MainFile, Runtime, Pool, Create string

	Secrets      map[string]string
	Integrations []string
	Grants       []string
	Files        []string
}

// projectCases returns Apps whose names the CLI must quote.
func projectCases() map[string]scaffold.App {
	cases := map[string]scaffold.App{}
	for _, name := range testapps.AppNames() {
		for _, runtime := range testapps.Runtimes() {
			for _, place := range testapps.Places() {
				app := scaffold.App{
					Roles:   scaffold.Roles{Viewers: []string{"analyst", "営業", "Sales Team"}},
					Network: scaffold.Network{Hosts: []string{"api.example.com"}, Integration: "select"},
					Secrets: []scaffold.SecretDecl{{Key: "api_key"}, {Key: "login", Type: scaffold.Password, Object: `other."my schema".LOGIN`}},
					Config:  map[string]any{"theme.base": "dark"},
				}
				app.App.QueryWarehouse = "my warehouse"
				for _, c := range []testapps.Choice{name, runtime, place} {
					c.Set(&app)
				}
				if app.App.Runtime == scaffold.Container {
					app.Secrets[0].Access, app.Secrets[1].Access = scaffold.AccessSecrets, scaffold.AccessSecrets
					app.Values = map[string]any{"a": "b"}
				}
				cases[strings.Join([]string{name.Name, runtime.Name, place.Name}, " ")] = app
			}
		}
	}
	pool := ""
	cases["text of the CLI's own"] = scaffold.App{
		App: scaffold.Identity{
			Name: "a <% b %>", Title: "<% ctx.env.HOME %> {# no remark #} %> {{ x }} {% y %}", Comment: "100 %>: <%\n{# open",
			ComputePool: &pool, MainFile: "pages [1]/*start?.py",
		},
	}
	return cases
}

// TestProjectUnderCLI loads snowflake.yml with the Snowflake CLI and collects the files, with and
// without a lock file.
func TestProjectUnderCLI(t *testing.T) {
	cases := projectCases()
	names := slices.Sorted(maps.Keys(cases))
	var dirs []string
	for i, name := range names {
		var more []scaffold.File
		beside := path.Dir(cases[name].Resolve().App.MainFile)
		for _, file := range []string{path.Join(beside, "helpers.py"), "pages/1_売上.py", "__pycache__/a.pyc", ".venv/a.py", ".streamlit/secrets.toml.bak"} {
			more = append(more, scaffold.File{Path: file})
		}
		if i%2 == 0 {
			more = append(append(more, generate.FilesLocked(cases[name], true)...), scaffold.File{Path: scaffold.LockFile})
		}
		dirs = append(dirs, writeApp(t, cases[name], more...))
	}
	var got []loadedProject
	testtools.ProgramJSON(t, testtools.Tool(t, "cli/bin/python"), "load_project.py", dirs, &got)
	for i, name := range names {
		t.Run(name, func(t *testing.T) {
			testtools.CountConformance(t)
			checkProject(t, cases[name].Resolve(), dirs[i], got[i])
		})
	}
}

// checkProject compares what the CLI loaded with the answers.
func checkProject(t *testing.T, app scaffold.App, dir string, got loadedProject) {
	t.Helper()
	schema := app.App.Schema
	if app.App.Database != "" && schema == "" {
		schema = "PUBLIC" // the default of the CLI
	}
	in := func(raw string) string { return snowflake.LenientJoin(app.App.Database, schema, raw) }
	want := loadedProject{
		ID: got.ID, Name: in(snowflake.LenientIdent(app.App.Name)), Title: app.App.Title, Comment: app.App.Comment,
		MainFile: app.App.MainFile, Runtime: scaffold.Facts(app.App.Runtime).SQLName, Create: got.Create,
		Secrets: map[string]string{}, Integrations: []string{}, Grants: got.Grants, Files: uploaded(t, app, dir),
	}
	if app.App.Runtime == scaffold.Container {
		want.Pool = *app.App.ComputePool
	}
	for _, s := range app.Secrets {
		want.Secrets[s.Key] = snowflake.LenientJoin(app.App.Database, app.App.Schema, s.Object)
	}
	if len(app.Network.Hosts) > 0 {
		want.Integrations = []string{snowflake.LenientIdent(app.Network.Integration)}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the CLI's project differs (-answers +CLI):\n%s", diff)
	}
	if len(got.Grants) != len(app.Roles.Viewers) {
		t.Errorf("grants = %q, want one for each viewer", got.Grants)
	}
	clauses := []string{"QUERY_WAREHOUSE = " + snowflake.LenientIdent(app.App.QueryWarehouse), "RUNTIME_NAME = " + snowflake.Literal(want.Runtime)}
	for _, integration := range want.Integrations {
		clauses = append(clauses, "external_access_integrations=("+integration+")")
	}
	for key, name := range want.Secrets {
		clauses = append(clauses, "'"+key+"'="+name)
	}
	for i, role := range app.Roles.Viewers {
		if !strings.HasSuffix(got.Grants[i], " TO ROLE "+snowflake.LenientIdent(role)) {
			t.Errorf("grant = %s", got.Grants[i])
		}
	}
	for _, clause := range clauses {
		if !strings.Contains(got.Create, clause) {
			t.Errorf("%s is not in %s", clause, got.Create)
		}
	}
}

// uploaded returns the files of a folder that belong to the app.
func uploaded(t *testing.T, app scaffold.App, dir string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		file, err := filepath.Rel(dir, path)
		if err == nil && upload.Uploads(app, filepath.ToSlash(file)) {
			files = append(files, filepath.ToSlash(file))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(files)
	return files
}
