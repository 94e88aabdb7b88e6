package existing_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold/existing"
)

// tree writes files to a new folder, from path to content.
func tree(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func read(t testing.TB, files map[string]string) *existing.Folder {
	t.Helper()
	folder, err := existing.Read(tree(t, files))
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

const (
	page    = "import streamlit as st\nst.title('x')\n"
	create  = "-- CREATE STREAMLIT no MAIN_FILE = 'no.py';\nCREATE OR REPLACE STREAMLIT a ROOT_LOCATION = '@s/x' MAIN_FILE = '/%' QUERY_WAREHOUSE = w;\n"
	project = "definition_version: 2\nentities:\n  a:\n    type: streamlit\n    main_file: %\n    runtime_name: SYSTEM$WAREHOUSE_RUNTIME\n"
)

func with(text, value string) string { return strings.ReplaceAll(text, "%", value) }

func TestApps(t *testing.T) {
	t.Parallel()
	type app struct{ Root, Main, Runtime string }
	for _, test := range []struct {
		name  string
		files map[string]string
		want  []app
	}{
		{"nothing", map[string]string{"README.md": "hello"}, nil},
		{"no streamlit", map[string]string{"job.py": "print(1)\n"}, nil},
		{"the usual name", map[string]string{"streamlit_app.py": page}, []app{{".", "streamlit_app.py", ""}}},
		{"another name", map[string]string{"dash.py": page}, []app{{".", "dash.py", ""}}},
		{"Streamlit through a module", map[string]string{"a/main.py": "from views.page import st\nst.title('x')\n", "a/views/page.py": page}, []app{{"a", "a/main.py", ""}}},
		{"two scripts", map[string]string{"a.py": page, "b.py": page}, []app{{".", "", ""}}},
		{"one script shows the other", map[string]string{"a.py": page, "b.py": "import streamlit as st\nst.navigation([st.Page('a.py')]).run()\n"}, []app{{".", "b.py", ""}}},
		{"a module that only defines", map[string]string{"a.py": page, "b.py": "import streamlit as st\ndef f():\n    st.write(1)\n"}, []app{{".", "a.py", ""}}},
		{"pages beside it", map[string]string{"a.py": page, "pages/b.py": page}, []app{{".", "a.py", ""}}},
		{"snowflake.yml without a main file", map[string]string{"snowflake.yml": "entities:\n  x:\n    type: streamlit\n", "a.py": page}, []app{{".", "a.py", ""}}},
		{"a flat bundle", map[string]string{"snowflake.yml": "entities:\n  x:\n    type: streamlit\n    main_file: m.py\n    artifacts: [src/*]\n", "src/m.py": page}, []app{{"src", "src/m.py", ""}}},
		{"below", map[string]string{"src/app/streamlit_app.py": page, "README.md": ""}, []app{{"src/app", "src/app/streamlit_app.py", ""}}},
		{"sleet.toml", map[string]string{"sleet.toml": "[app]\nruntime = \"warehouse\"\nmain_file = \"m.py\"\n", "m.py": page}, []app{{".", "m.py", "warehouse"}}},
		{"empty sleet.toml", map[string]string{"sleet.toml": ""}, []app{{".", "streamlit_app.py", "container"}}},
		{"snowflake.yml", map[string]string{"a/snowflake.yml": with(project, "src/m.py"), "a/src/m.py": page}, []app{{"a", "a/src/m.py", "warehouse"}}},
		{"snowflake.yml 1", map[string]string{"snowflake.yml": "definition_version: 1\nstreamlit:\n  name: x\n  main_file: m.py\n", "m.py": page}, []app{{".", "m.py", ""}}},
		{"snowflake.yml of Workspaces", map[string]string{"snowflake.yml": "entities:\n  x: {type: streamlit, main_file: m.py, run_mode: SpcsOnly, compute_pool: P}\n", "m.py": page}, []app{{".", "m.py", "container"}}},
		{"two entities", map[string]string{
			"snowflake.yml": "entities:\n  a: {type: streamlit, main_file: a/m.py}\n  b: {type: streamlit, main_file: b/m.py}\n  f: {type: function}\n",
			"a/m.py":        page, "b/m.py": page,
		}, []app{{"a", "a/m.py", ""}, {"b", "b/m.py", ""}}},
		{"main file in SQL", map[string]string{"sql/make.sql": with(create, "m.py"), "app/m.py": page, "no.py": ""}, []app{{"app", "app/m.py", ""}}},
		{"main file in SQL, the nearest", map[string]string{
			"a/sql/make.sql": with(create, "m.py"), "a/src/m.py": page, "b/src/m.py": "x = 1\n",
		}, []app{{"a/src", "a/src/m.py", ""}}},
		{"runtime in SQL", map[string]string{
			"make.sql": "create streamlit if not exists x from '@s' main_file='src/m.py' runtime_name = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11';",
			"src/m.py": page,
		}, []app{{".", "src/m.py", "container"}}},
		{"sleet.toml wins", map[string]string{
			"sleet.toml": "[app]\nruntime = \"container\"\nmain_file = \"m.py\"\n", "snowflake.yml": with(project, "m.py"), "m.py": page,
		}, []app{{".", "m.py", "container"}}},
		{"several", map[string]string{"one/streamlit_app.py": page, "two/streamlit_app.py": page, "utils/x.py": "y = 1\n"}, []app{
			{"one", "one/streamlit_app.py", ""}, {"two", "two/streamlit_app.py", ""},
		}},
		{"one in another", map[string]string{"streamlit_app.py": page, "demos/two/streamlit_app.py": page}, []app{
			{".", "streamlit_app.py", ""}, {"demos/two", "demos/two/streamlit_app.py", ""},
		}},
		{"the declared main file is elsewhere", map[string]string{"snowflake.yml": with(project, "gone.py"), "src/streamlit_app.py": page}, []app{
			{".", "src/streamlit_app.py", "warehouse"},
		}},
		{"environments and caches", map[string]string{
			"streamlit_app.py": page, ".venv/lib/streamlit_app.py": page, "node_modules/a/streamlit_app.py": page,
			"__pycache__/streamlit_app.py": page, ".git/streamlit_app.py": page, "mine/pyvenv.cfg": "", "mine/streamlit_app.py": page,
			"conda/conda-meta/history": "", "conda/streamlit_app.py": page,
		}, []app{{".", "streamlit_app.py", ""}}},
		{"broken snowflake.yml", map[string]string{"snowflake.yml": "a: [", "streamlit_app.py": page}, []app{{".", "streamlit_app.py", ""}}},
		{"broken sleet.toml", map[string]string{"sleet.toml": "[app", "streamlit_app.py": page}, []app{{".", "streamlit_app.py", ""}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got []app
			for _, a := range read(t, test.files).Apps {
				got = append(got, app{a.Root, a.Main, string(a.Runtime)})
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEveryFileHasOneApp(t *testing.T) {
	t.Parallel()
	folder := read(t, map[string]string{
		"one/streamlit_app.py": page, "two/streamlit_app.py": page + "from utils import helper\n",
		"utils/helper.py": "y = 1\n", "README.md": "x", "two/data/x.csv": "1", "two/pages/p.py": page, ".streamlit/config.toml": "",
	})
	got := map[string][]string{}
	for _, a := range folder.Apps {
		got[a.Root] = a.Paths
	}
	want := map[string][]string{
		"one": {"one/streamlit_app.py", ".streamlit/config.toml", "README.md"},
		"two": {"two/data/x.csv", "two/pages/p.py", "two/streamlit_app.py", "utils/helper.py"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSkipped(t *testing.T) {
	t.Parallel()
	folder := read(t, map[string]string{
		"streamlit_app.py": page, "snowflake.yml": "a: [\n", ".streamlit/config.toml": "[theme]\nbase = \n",
		"sleet.toml": "[app]\nname = \"x\"\nnope = 1\n", "environment.yml": "a:\n  b: 'x\n", "other.toml": "not = = read",
		"large.sql": strings.Repeat("--\n", 3<<20), "app.sql": "-- it's fine\nCREATE STREAMLIT a\n  COMMENT = 'open;\nSELECT 1;\n", "other.sql": "SELECT '",
	})
	type skip struct {
		Path string
		Line int
	}
	var got []skip
	for _, s := range folder.Skipped {
		got = append(got, skip{s.Path, s.Line})
		if s.Reason.IsZero() || strings.Contains(s.Reason.String(), "\n") || strings.Contains(s.Reason.String(), s.Path) {
			t.Errorf("the reason is %q", s.Reason)
		}
	}
	want := []skip{{".streamlit/config.toml", 2}, {"app.sql", 3}, {"environment.yml", 2}, {"large.sql", 0}, {"sleet.toml", 3}, {"snowflake.yml", 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{"app.py": page})
	for _, p := range []string{filepath.Join(dir, "gone"), filepath.Join(dir, "app.py")} {
		if _, err := existing.Read(p); err == nil || !strings.Contains(err.Error(), p) {
			t.Errorf("Read(%s) says %v", p, err)
		}
	}
}

func TestWith(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"streamlit_app.py": "import streamlit as st\nst.write(1)\n", "environment.yml": "dependencies: [streamlit]\n", "broken.py": "def\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	folder, err := existing.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	got := folder.With(map[string][]byte{"environment.yml": nil, "pages/a.py": []byte("x = 1\n"), "broken.py": []byte("pass\n")})
	if len(got.Apps) != 1 || len(got.Skipped) != 0 || len(folder.Skipped) != 1 {
		t.Fatalf("%+v", got)
	}
	app := got.Apps[0]
	if app.HasFile("environment.yml") || app.Python["pages/a.py"] == nil || app.Python["broken.py"] == nil || !folder.Apps[0].HasFile("environment.yml") {
		t.Errorf("%+v", app)
	}
}
