package check_test

import (
	"strings"
	"testing"

	"sleet/scaffold/check/facts"
)

func TestProjectFile(t *testing.T) {
	const main = st + "import helper\nst.title(helper.x)\n## helper.py\nx = 1\n"
	const v2 = "## snowflake.yml\ndefinition_version: 2\nentities:\n  app:\n    type: streamlit\n    main_file: streamlit_app.py\n    runtime_name: SYSTEM$ST_CONTAINER_RUNTIME_PY3_11\n"
	const short = "## snowflake.yml\ndefinition_version: 2\nentities:\n  app:\n    type: streamlit\n    main_file: streamlit_app.py\n"
	try(t, "SL402", []snippet{
		{name: "none", code: main},
		{name: "all files", code: main + v2 + "    artifacts:\n      - streamlit_app.py\n      - helper.py\n"},
		{name: "one left out", code: main + v2 + "    artifacts:\n      - streamlit_app.py\n", want: []string{"snowflake.yml 7:5"}},
		{name: "no artifacts", code: main + v2, want: []string{"snowflake.yml 3:3"}},
		{name: "nothing to list", code: app + v2},
		{name: "a pattern", code: main + v2 + "    artifacts: ['*.py']\n"},
		{name: "a source with a destination", code: main + v2 + "    artifacts:\n      - src: ./*\n        dest: ./\n"},
		{name: "a folder", code: st + "from lib import x\nst.title(x.y)\n## lib/__init__.py\n## lib/x.py\ny = 1\n" + v2 + "    artifacts: [lib/]\n"},
		{name: "the folder of the pages", code: app + "## pages/one.py\n" + app + v2},
		{name: "another folder of pages", code: app + "## more/one.py\n" + app + v2 + "    pages_dir: more\n"},
		{name: "the packages", code: app + "## pyproject.toml\n[project]\nname = 'x'\n" + v2 + "    artifacts: [streamlit_app.py]\n", want: []string{"snowflake.yml 7:5"}},
		{name: "the options", code: app + "## .streamlit/config.toml\n" + v2 + "    artifacts: [streamlit_app.py]\n", want: []string{"snowflake.yml 7:5"}},
		{name: "the options of a machine", code: app + "## .streamlit/secrets.toml\n" + v2 + "    artifacts: [streamlit_app.py]\n"},
		{name: "conda's packages", code: app + "## environment.yml\nname: x\n" + v2, options: inWarehouse()},
		{name: "an image", code: st + "st.image('logo.png')\n## logo.png\nx\n" + v2, want: []string{"snowflake.yml 3:3"}},
		{name: "an image of nobody", code: app + "## logo.png\nx\n" + v2},
		{name: "a test", code: app + "## tests/test_x.py\nimport streamlit\n" + v2},
		{name: "version 1", code: app + "## snowflake.yml\ndefinition_version: 1\nstreamlit:\n  name: x\n", want: []string{"snowflake.yml 1:21"}},
		{name: "version 1 without an app", code: app + "## snowflake.yml\ndefinition_version: 1.1\n"},
		{name: "version 1 for a warehouse", code: app + "## snowflake.yml\ndefinition_version: 1\nstreamlit:\n  name: x\n", options: inWarehouse()},
		{name: "version 1 without a module", code: main + "## snowflake.yml\ndefinition_version: 1\nstreamlit:\n  name: x\n", options: inWarehouse(), want: []string{"snowflake.yml 2:1"}},
		{name: "version 1 with another module", code: main + "## snowflake.yml\ndefinition_version: 1\nstreamlit:\n  name: x\n  additional_source_files: [other/*.py]\n## other/a.py\n", options: inWarehouse(), want: []string{"snowflake.yml 4:3"}},
		{name: "version 1 with its modules", code: main + "## pages/p.py\n" + app + "## environment.yml\nname: x\n## snowflake.yml\ndefinition_version: 1\nstreamlit:\n  name: x\n  additional_source_files: ['*.py']\n", options: inWarehouse()},
		{name: "version 1.1", code: app + "## snowflake.yml\n# old\ndefinition_version: \"1.1\"\nstreamlit:\n  name: x\n", want: []string{"snowflake.yml 2:22"}},
		{name: "no version", code: app + "## snowflake.yml\nentities:\n  app:\n    type: streamlit\n", want: []string{"snowflake.yml 1:1"}},
		{name: "version 1 of something else", code: app + "## snowflake.yml\ndefinition_version: 1\nnative_app:\n  name: x\n"},
		{name: "a file above the app", code: "## one/streamlit_app.py\n" + app + "## two/streamlit_app.py\n" + st + "import helper\nst.title(helper.x)\n## two/helper.py\nx = 1\n" +
			"## snowflake.yml\ndefinition_version: 2\nentities:\n  one:\n    type: streamlit\n    main_file: one/streamlit_app.py\n    runtime_name: x\n" +
			"  two:\n    type: streamlit\n    main_file: two/streamlit_app.py\n    runtime_name: x\n    artifacts: [two/streamlit_app.py]\n", want: []string{"snowflake.yml 11:5"}},
		{
			name: "files that are put elsewhere", code: "## src/main.py\n" + st + "import helper\nst.title(helper.x)\n## src/helper.py\nx = 1\n" +
				"## snowflake.yml\ndefinition_version: 2\nentities:\n  one:\n    type: streamlit\n    main_file: main.py\n    runtime_name: x\n" +
				"    artifacts:\n      - src: src/main.py\n        dest: ./\n", want: []string{"snowflake.yml 7:5"},
		},
		{
			name: "a folder that is put elsewhere", code: "## src/a/main.py\n" + st + "import helper\nst.title(helper.x)\n## src/a/helper.py\nx = 1\n" +
				"## snowflake.yml\ndefinition_version: 2\nentities:\n  one:\n    type: streamlit\n    main_file: b/main.py\n    runtime_name: x\n" +
				"    artifacts:\n      - src: src/*\n        dest: b\n",
		},
		{name: "no runtime", code: app + short, want: []string{"snowflake.yml 3:3 runtime_name"}},
		{name: "no runtime in a warehouse", code: app + short, options: inWarehouse(), want: []string{"snowflake.yml 3:3 runtime_name"}},
		{name: "the runtime of a mixin", code: app + short + "    meta:\n      use_mixins: [all]\nmixins:\n  all:\n    runtime_name: SYSTEM$WAREHOUSE_RUNTIME\n", options: inWarehouse()},
		{name: "the runtime of another mixin", code: app + short + "    meta:\n      use_mixins: [all]\nmixins:\n  other:\n    runtime_name: x\n", want: []string{"snowflake.yml 3:3 runtime_name"}},
		{name: "secrets alone", code: app + v2 + "    secrets:\n      key: db.s.k\n", want: []string{"snowflake.yml 7:5 secrets"}},
		{name: "secrets with an integration", code: app + v2 + "    secrets:\n      key: db.s.k\n    external_access_integrations: [i]\n"},
		{name: "imports", code: app + v2 + "    imports: ['@s/lib.zip']\n", want: []string{"snowflake.yml 7:5 imports"}},
		{name: "imports in a warehouse", code: app + v2 + "    imports: ['@s/lib.zip']\n", options: inWarehouse()},
		{
			name: "a main file in a subfolder", code: "## src/app.py\n" + app + strings.Replace(v2, "streamlit_app.py", "src/app.py", 1) + "    artifacts: [src/app.py]\n", options: inWarehouse(),
			want: []string{"snowflake.yml 5:5 main_file"},
		},
		{name: "that of a container", code: "## src/app.py\n" + app + strings.Replace(v2, "streamlit_app.py", "src/app.py", 1) + "    artifacts: [src/app.py]\n"},
		{name: "a main file at the root", code: app + strings.Replace(v2, "streamlit_app.py", "./streamlit_app.py", 1), options: inWarehouse()},
		{name: "silenced", code: main + v2 + "    artifacts: [] # sleet: ignore[SL402]\n"},
		{name: "no mapping", code: app + "## snowflake.yml\n- definition_version: 1\n"},
		{name: "nothing", code: app + "## snowflake.yml\n"},
	})
}

func TestCovers(t *testing.T) {
	for _, test := range []struct {
		pattern, file string
		want          bool
	}{
		{"a.py", "a.py", true},
		{"./a.py", "a.py", true},
		{"a.py", "b/a.py", false},
		{"b", "b/a.py", true},
		{"b/", "b/c/a.py", true},
		{"*", "b/a.py", true},
		{"*.py", "b/a.py", false},
		{"**/*.py", "a.py", true},
		{"**/*.py", "b/c/a.py", true},
		{"**", "b/c/a.py", true},
		{".", "b/c/a.py", true},
		{"b*/[ac].py", "bx/c.py", true},
		{"[", "[", true},
		{"[x", "y", false},
	} {
		if got := facts.Covers(test.pattern, test.file); got != test.want {
			t.Errorf("Covers(%q, %q) is %v", test.pattern, test.file, got)
		}
	}
}

// TestListOfAnotherEntity checks that a package list that another entity of the project uploads is not a second list of
// the app if the app has one for a container.
func TestListOfAnotherEntity(t *testing.T) {
	t.Parallel()
	const (
		project = "## snowflake.yml\ndefinition_version: 2\nentities:\n  app:\n    type: streamlit\n    main_file: streamlit_app.py\n" +
			"    artifacts: [streamlit_app.py, pyproject.toml]\n  f:\n    type: function\n    artifacts:\n      - src: environment.yml\n        dest: f/\n"
		conda = "## environment.yml\nname: x\ndependencies:\n  - streamlit=1.35.0\n"
		pip   = "## pyproject.toml\n[project]\nname = 'x'\nversion = '1'\ndependencies = ['streamlit[snowflake]>=1.50']\n"
	)
	for _, rule := range []string{"SL201", "SL202"} {
		t.Run(rule, func(t *testing.T) {
			try(t, rule, []snippet{
				{name: "beside the app's", code: app + conda + pip + project},
			})
		})
	}
	t.Run("not beside it", func(t *testing.T) {
		try(t, "SL201", []snippet{
			{name: "alone", code: app + conda + project, want: []string{"environment.yml 1:1"}},
			{name: "of nobody", code: app + conda + pip + strings.Replace(project, "src: environment.yml", "src: f.py", 1), want: []string{"environment.yml 1:1"}},
		})
	})
}
