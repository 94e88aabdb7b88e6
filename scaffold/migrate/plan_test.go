package migrate

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/migrate/manifest"
	"sleet/scaffold/testtools"
)

// unpacked writes the files before a migration to a folder.
func unpacked(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	files := map[string]string{}
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, "before/"); ok {
			files[name] = string(f.Data)
		}
	}
	return testtools.Folder(t, files)
}

// planned plans the only app of a folder.
func planned(t *testing.T, dir string) Migration {
	t.Helper()
	folder, err := existing.Read(dir)
	if err != nil || len(folder.Apps) != 1 {
		t.Fatalf("%+v, %v", folder, err)
	}
	m, err := Plan(folder, folder.Apps[0], Choices{App: Inspect(folder, folder.Apps[0]).App})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// notesText returns notes as lines.
func notesText(list []change.Note) string {
	var b strings.Builder
	for _, n := range list {
		b.WriteString(n.Rule + " " + n.Place(".") + " " + n.Symbol + ": " + n.Message.String() + "\n")
	}
	return b.String()
}

// TestPlanGoldens migrates folders. The files must match the golden file, a second migration must change nothing, and
// undo must restore every byte.
func TestPlanGoldens(t *testing.T) {
	names, err := filepath.Glob("testdata/plan/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			dir := unpacked(t, archive)
			before := tree(t, dir)
			m := planned(t, dir)
			if err := Apply(dir, m.Changes, WriteOptions{Generated: []string{"uv.lock"}}); err != nil {
				t.Fatal(err)
			}
			var got []txtar.File
			for _, f := range archive.Files {
				if strings.HasPrefix(f.Name, "before/") {
					got = append(got, f)
				}
			}
			for _, c := range m.Changes {
				if c.New == nil {
					got = append(got, txtar.File{Name: "removed/" + c.Path})
				} else {
					got = append(got, txtar.File{Name: "after/" + c.Path, Data: c.New})
				}
			}
			got = append(got, txtar.File{Name: "manual", Data: []byte(notesText(m.Manual))},
				txtar.File{Name: "said", Data: []byte(notesText(m.Notes))})
			text := txtar.Format(&txtar.Archive{Comment: archive.Comment, Files: got})
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(name, text, 0o600); err != nil {
					t.Fatal(err)
				}
			} else if diff := cmp.Diff(string(txtar.Format(archive)), string(text)); diff != "" {
				t.Error(diff)
			}
			again := planned(t, dir)
			for _, c := range again.Changes {
				t.Errorf("the second time changes %s:\n%s", c.Path, cmp.Diff(string(c.Old), string(c.New)))
			}
			if diff := cmp.Diff(notesText(m.Manual), notesText(again.Manual)); diff != "" {
				t.Errorf("the second time leaves other work:\n%s", diff)
			}
			if _, err := Undo(dir, WriteOptions{}); err != nil {
				t.Fatal(err)
			}
			same(t, "undone", before, tree(t, dir))
		})
	}
}

// TestPlanSecretAccess uses the other access method of a secret: Snowflake injects it.
func TestPlanSecretAccess(t *testing.T) {
	dir := testtools.Folder(t, map[string]string{
		"streamlit_app.py": "import _snowflake\nimport streamlit as st\nst.write(_snowflake.get_generic_secret_string('api_key'))\n",
		scaffold.ProjectYML: "definition_version: 2\nentities:\n  a:\n    type: streamlit\n    identifier: a\n    main_file: streamlit_app.py\n" +
			"    external_access_integrations: [maps]\n    secrets:\n      api_key: db.s.k\n      other: db.s.o\n",
	})
	folder, err := existing.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	app := Inspect(folder, folder.Apps[0]).App
	if len(app.Secrets) != 1 || app.Secrets[0].Object != "db.s.k" || !app.Secrets[0].Existing {
		t.Fatalf("%+v", app.Secrets)
	}
	if app, err = answers.Set(app, "secrets[0].access=st.secrets"); err != nil {
		t.Fatal(err)
	}
	m, err := Plan(folder, folder.Apps[0], Choices{App: app})
	if err != nil {
		t.Fatal(err)
	}
	text := map[string]string{}
	for _, c := range m.Changes {
		text[c.Path] = string(c.New)
	}
	for file, want := range map[string]string{
		scaffold.MigrateFile: "SECRETS = ('api_key' = db.s.k, 'other' = db.s.o)",
		scaffold.ProjectYML:  "      api_key: db.s.k\n      other: db.s.o\n",
		"streamlit_app.py":   "st.secrets['api_key']",
		"sleet.toml":         `access = "st.secrets"`,
	} {
		if !strings.Contains(text[file], want) {
			t.Errorf("%s lacks %q:\n%s", file, want, text[file])
		}
	}
	if strings.Contains(text[scaffold.MigrateFile], "CREATE OR REPLACE SECURE FUNCTION") {
		t.Error("a function that nobody calls")
	}
}

// TestPlanSeveralApps migrates the apps of one folder, each with its own files.
func TestPlanSeveralApps(t *testing.T) {
	const code = "import streamlit as st\nfrom snowflake.snowpark.context import get_active_session\nst.write(get_active_session().sql('SELECT 1'))\n"
	dir := testtools.Folder(t, map[string]string{
		"a/streamlit_app.py": code, "a/environment.yml": "dependencies: [pandas]\n",
		"b/streamlit_app.py": code, "b/environment.yml": "dependencies: [numpy]\n", "README.md": "x",
	})
	folder, err := existing.Read(dir)
	if err != nil || len(folder.Apps) != 2 {
		t.Fatal(err, folder.Apps)
	}
	for _, app := range folder.Apps {
		m, err := Plan(folder, app, Choices{App: Inspect(folder, app).App})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range m.Changes {
			if !strings.HasPrefix(c.Path, app.Root+"/") {
				t.Errorf("the app in %s changes %s", app.Root, c.Path)
			}
		}
		if m.App.Resolve().App.Name != app.Root {
			t.Errorf("the app in %s is called %s", app.Root, m.App.Resolve().App.Name)
		}
	}
}

// TestPlanBroken checks that files that cannot be read stay unchanged, with a note, while the rest is migrated.
func TestPlanBroken(t *testing.T) {
	dir := testtools.Folder(t, map[string]string{
		"streamlit_app.py": "import streamlit as st\nst.write(1)\n", "more.py": "def (\n", scaffold.CondaFile: "dependencies:\n  - [\n",
		scaffold.ConfigFile: "[server\n", scaffold.ProjectYML: "a: [\n", scaffold.SecretsFile: "x =\n",
	})
	folder, err := existing.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Plan(folder, folder.Apps[0], Choices{App: Inspect(folder, folder.Apps[0]).App})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range m.Changes {
		if c.Old != nil {
			t.Errorf("%s is changed", c.Path)
		}
	}
	manual := notesText(m.Manual)
	for _, name := range []string{"more.py:", scaffold.CondaFile + ":", scaffold.ConfigFile + ":", scaffold.ProjectYML + ":", scaffold.SecretsFile + ":"} {
		if !strings.Contains(manual, RuleUnreadable+" "+name) {
			t.Errorf("%s is not listed:\n%s", name, manual)
		}
	}
}

// TestManualNotesStay checks that manual work is listed until it is done, in a second run too.
func TestManualNotesStay(t *testing.T) {
	dir := testtools.Folder(t, map[string]string{
		"streamlit_app.py": "import streamlit as st\n\nst.title(\"x\")\n",
		"pyproject.toml":   "[tool.poetry]\nname = \"x\"\n\n[tool.poetry.dependencies]\npandas = { path = \"../pandas\" }\n",
		"app.sql":          "CREATE STREAMLIT X FROM '@s' MAIN_FILE = 'streamlit_app.py' IMPORTS = ('@lib/helpers.py');\n",
		"snowflake.yml":    "definition_version: 2\nentities:\n  x:\n    type: streamlit\n    identifier: x\n    main_file: streamlit_app.py\n    artifacts: [streamlit_app.py]\n    imports: [\"@lib/other.zip\"]\n",
	})
	want := []string{"SL201", "SL401", manifest.RuleImports}
	rules := func() []string {
		m := planned(t, dir)
		if err := Apply(dir, m.Changes, WriteOptions{}); err != nil {
			t.Fatal(err)
		}
		var rules []string
		for _, n := range m.Manual {
			if n.Rule == "SL201" || n.Rule == manifest.RuleImports || n.Symbol == importsSymbol {
				rules = append(rules, n.Rule)
			}
		}
		slices.Sort(rules)
		return rules
	}
	for _, run := range []string{"first", "second", "third"} {
		if diff := cmp.Diff(want, rules()); diff != "" {
			t.Errorf("%s run (-want +got):\n%s", run, diff)
		}
		if run == "second" { // work that is done is no longer listed
			project, _ := os.ReadFile(filepath.Join(dir, "pyproject.toml"))
			script, _ := os.ReadFile(filepath.Join(dir, "app.sql"))
			list, _ := os.ReadFile(filepath.Join(dir, scaffold.ManualFile))
			testtools.WriteFiles(t, dir, map[string]string{
				"helpers.py":        "A = 1\n",
				scaffold.ManualFile: strings.ReplaceAll(string(list), "[ ]", "[x]"),
				"app.sql":           strings.Replace(string(script), " IMPORTS = ('@lib/helpers.py')", "", 1),
				"pyproject.toml":    strings.Replace(string(project), "dependencies = [\n", "dependencies = [\n    \"pandas>=2\",\n", 1),
			})
			want = nil
		}
	}
}
