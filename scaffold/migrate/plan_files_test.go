package migrate

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/testtools"
)

// TestPlanListsNoCredentials checks that snowflake.yml lists what the app needs, but no credentials and nothing that is
// not named: the Snowflake CLI uploads what is listed.
func TestPlanListsNoCredentials(t *testing.T) {
	const key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n"
	dir := testtools.Folder(t, map[string]string{
		"snowflake.yml": "definition_version: 2\nentities:\n  a:\n    type: streamlit\n    identifier: a\n    main_file: streamlit_app.py\n" +
			"    query_warehouse: W\n    artifacts:\n      - streamlit_app.py\n      - environment.yml\n",
		"environment.yml":  "name: a\nchannels:\n  - snowflake\ndependencies:\n  - streamlit=1.35.0\n",
		"streamlit_app.py": "import streamlit as st\nst.write(open('settings.yaml').read(), open('rsa.p8').read(), open('google.json').read())\n",
		"settings.yaml":    "a: 1\n", "logo.png": "x", "notes.docx": "x", "plan.drawio": "x", "rsa.p8": key, "connections.toml": "[a]\npassword = 'x'\n",
		"service_account.json": "{}", "google.json": `{"private_key": "MII"}`, "prod.env": "A=1",
	})
	got := string(changeOf(t, planned(t, dir), "snowflake.yml"))
	for _, name := range []string{"settings.yaml", "logo.png", "streamlit_app.py"} {
		if !strings.Contains(got, "- "+name) {
			t.Errorf("%s is not listed:\n%s", name, got)
		}
	}
	for _, name := range []string{"notes.docx", "plan.drawio", "rsa.p8", "connections.toml", "service_account.json", "google.json", "prod.env"} {
		if strings.Contains(got, name) {
			t.Errorf("%s is listed:\n%s", name, got)
		}
	}
}

// entity returns an app entity of snowflake.yml, with more lines before its artifacts.
func entity(key, main string, artifacts []string, more ...string) string {
	lines := append([]string{"  " + key + ":", "    type: streamlit", "    identifier: " + key, "    main_file: " + main}, more...)
	lines = append(lines, "    artifacts:")
	for _, a := range artifacts {
		lines = append(lines, "      - "+a)
	}
	return strings.Join(lines, "\n") + "\n"
}

// TestPlanEntities checks that every entity of an app uses the container, and that a file stays while an entity of
// something else lists it, because the Snowflake CLI would fail without it.
func TestPlanEntities(t *testing.T) {
	const (
		head      = "definition_version: 2\nentities:\n"
		app       = "import streamlit as st\nfrom snowflake.snowpark.context import get_active_session\n\nst.write(get_active_session().sql('SELECT 1').collect())\n"
		packages  = "name: a\nchannels:\n  - snowflake\ndependencies:\n  - streamlit=1.35.0\n  - openpyxl\n"
		container = "    runtime_name: SYSTEM$ST_CONTAINER_RUNTIME_PY3_11"
		pool      = "    compute_pool: SYSTEM_COMPUTE_POOL_CPU"
		function  = "  f:\n    type: function\n    identifier: f\n    handler: h.f\n    returns: string\n    signature: ''\n    artifacts:\n      - environment.yml\n"
	)
	shared := []string{"snowflake_session.py", "pyproject.toml"}
	for name, c := range map[string]struct {
		before, after string
		files         []string
		removed       []string
	}{
		"one folder": {
			head + entity("a", "a.py", []string{"a.py", "environment.yml"}) +
				entity("b", "b.py", []string{"b.py", "environment.yml"}, "    compute_pool: MINE", "    runtime_name: SYSTEM$WAREHOUSE_RUNTIME"),
			head + entity("a", "a.py", []string{"a.py", shared[0], shared[1]}, container, pool) +
				entity("b", "b.py", []string{"b.py", shared[0], shared[1]}, "    compute_pool: MINE", container),
			[]string{"a.py", "b.py"},
			[]string{"environment.yml"},
		},
		"one main file": {
			head + entity("dev", "a.py", []string{"a.py", "environment.yml"}) + entity("prod", "a.py", []string{"'*.py'", "environment.yml"}),
			head + entity("dev", "a.py", []string{"a.py", "pyproject.toml"}, container, pool) + entity("prod", "a.py", []string{"'*.py'", "pyproject.toml"}, container, pool),
			[]string{"a.py"},
			[]string{"environment.yml"},
		},
		"an app in another folder stays": {
			head + entity("a", "a/a.py", []string{"a/a.py", "environment.yml"}) + entity("b", "b/b.py", []string{"b/b.py", "environment.yml"}),
			head + entity("a", "a/a.py", []string{"a/a.py", "a/pyproject.toml"}, container, pool) + entity("b", "b/b.py", []string{"b/b.py", "environment.yml"}),
			[]string{"a/a.py", "b/b.py"},
			nil,
		},
		"a function needs it": {
			head + entity("a", "a.py", []string{"a.py", "environment.yml"}) + function,
			head + entity("a", "a.py", []string{"a.py", "pyproject.toml"}, container, pool) + function,
			[]string{"a.py"},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"snowflake.yml": c.before, "environment.yml": packages}
			for _, file := range c.files {
				files[file] = app
			}
			folder, err := existing.Read(testtools.Folder(t, files))
			if err != nil || len(folder.Apps) == 0 {
				t.Fatal(err)
			}
			m, err := Plan(folder, folder.Apps[0], Choices{App: Inspect(folder, folder.Apps[0]).App})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.after, string(changeOf(t, m, "snowflake.yml"))); diff != "" {
				t.Errorf("snowflake.yml (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.removed, m.Removed); diff != "" {
				t.Errorf("removed (-want +got):\n%s", diff)
			}
			stays := slices.ContainsFunc(m.Notes, func(n change.Note) bool { return n.Rule == RuleStays && n.Path == "environment.yml" })
			if stays != (c.removed == nil) {
				t.Errorf("it says that environment.yml stays: %t", stays)
			}
			for _, f := range m.New {
				if path.Base(f.Path) == "pyproject.toml" && !strings.Contains(string(f.Data), "openpyxl") {
					t.Errorf("%s:\n%s", f.Path, f.Data)
				}
			}
			for _, n := range m.Manual {
				if n.Rule != RuleShared {
					t.Errorf("left to the person: %s %s", n.Rule, n.Message)
				}
			}
		})
	}
}

// changeOf returns a file's content after a migration.
func changeOf(t *testing.T, m Migration, name string) []byte {
	t.Helper()
	for _, c := range m.Changes {
		if c.Path == name {
			return c.New
		}
	}
	t.Fatalf("%s does not change", name)
	return nil
}
