package check_test

import (
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
)

// app is a main file without a finding.
const app = st + "st.title('x')\n"

// warehoused returns snippets that are checked for the warehouse.
func warehoused(list []snippet) []snippet {
	for i := range list {
		list[i].options = inWarehouse()
	}
	return list
}

func inWarehouse() facts.Options { return facts.Options{Runtime: scaffold.Warehouse} }

func TestManifests(t *testing.T) {
	const project = "[project]\nname = \"x\"\nversion = \"1\"\n"
	try(t, "SL201", []snippet{
		{name: "none", code: app},
		{name: "conda's in a container", code: app + "## environment.yml\nname: x\n", want: []string{"environment.yml 1:1"}},
		{name: "conda's in a warehouse", code: app + "## environment.yml\nname: x\n", options: inWarehouse()},
		{name: "a project in a container", code: app + "## pyproject.toml\n" + project},
		{name: "a project in a warehouse", code: app + "## pyproject.toml\n" + project, options: inWarehouse(), want: []string{"pyproject.toml 1:1"}},
		{name: "tools only", code: app + "## pyproject.toml\n[tool.ruff]\nline-length = 100\n## requirements.txt\nstreamlit\n"},
		{name: "requirements in a warehouse", code: app + "## requirements.txt\nstreamlit\n", options: inWarehouse(), want: []string{"requirements.txt 1:1"}},
		{name: "requirements in a container", code: app + "## requirements.txt\nstreamlit\n"},
		{name: "both of a container", code: app + "## requirements.txt\nstreamlit\n## pyproject.toml\n" + project, want: []string{"pyproject.toml 1:1"}},
		{
			name: "both in a container", code: app + "## environment.yml\nname: x\n## pyproject.toml\n" + project,
			want: []string{"environment.yml 1:1"},
		},
		{
			name: "both in a warehouse", code: app + "## environment.yml\nname: x\n## requirements.txt\nstreamlit\n", options: inWarehouse(),
			want: []string{"requirements.txt 1:1"},
		},
		{name: "beside a main file in a folder", code: "## snowflake.yml\ndefinition_version: 2\nentities:\n  a:\n    type: streamlit\n    main_file: src/app.py\n" +
			"## src/app.py\n" + app + "## src/environment.yml\nname: x\n", want: []string{"src/environment.yml 1:1"}},
		{name: "of something else", code: app + "## tools/environment.yml\nname: x\n"},
		{name: "silenced", code: app + "## environment.yml\nname: x # sleet: ignore[SL201]\n"},
	})
}

func TestCondaPackages(t *testing.T) {
	const head = app + "## environment.yml\nname: x\nchannels:\n  - snowflake\ndependencies:\n"
	const at = "environment.yml 5:5 "
	try(t, "SL202", []snippet{
		{name: "the same names", code: head + "  - pandas=2.2\n  - streamlit=1.50.0\n  - python=3.11.*\n  - Pillow\n  - snowflake-snowpark-python\n  - pip\n"},
		{name: "another name", code: head + "  - opencv\n", want: []string{at + "opencv"}},
		{name: "another name with a version", code: head + "  - pytorch=2.1 # gpu\n", want: []string{at + "pytorch"}},
		{name: "not on PyPI", code: head + "  - openssl\n", want: []string{at + "openssl"}},
		{name: "an old Streamlit", code: head + "  - streamlit=1.35.0\n", want: []string{at + "streamlit"}},
		{name: "an old minor Streamlit", code: head + "  - streamlit==1.49.*\n", want: []string{at + "streamlit"}},
		{name: "at most an old Streamlit", code: head + "  - streamlit<1.50\n", want: []string{at + "streamlit"}},
		{name: "from an old Streamlit on", code: head + "  - streamlit>=1.20\n"},
		{name: "any Streamlit", code: head + "  - streamlit=\n  - streamlit\n"},
		{name: "an old Python", code: head + "  - python=3.8\n", want: []string{at + "python"}},
		{name: "a new Python", code: head + "  - python==3.12.*\n", want: []string{at + "python"}},
		{name: "a range with the Python", code: head + "  - python>=3.8,<3.12\n  - python 3.11.4\n"},
		{name: "an old Snowpark", code: head + "  - snowflake-snowpark-python=1.11.1\n", want: []string{at + "snowflake-snowpark-python"}},
		{name: "tensorflow", code: head + "  - tensorflow=2.12\n"},
		{name: "versions without words", code: head + "  - pandas>=2|<1\n", want: []string{at + "pandas"}},
		{name: "pip's", code: head + "  - pip:\n    - streamlit==1.30\n    - requests\n", want: []string{"environment.yml 6:7 streamlit"}},
		{name: "quoted", code: head + "  - \"opencv=4.6\"\n", want: []string{"environment.yml 5:6 opencv"}},
		{name: "in one line", code: app + "## environment.yml\ndependencies: [pandas, opencv]\n", want: []string{"environment.yml 1:24 opencv"}},
		{name: "CRLF", code: app + "## environment.yml\r\ndependencies:\r\n  - pandas\r\n  - opencv\r\n", want: []string{"environment.yml 3:5 opencv"}},
		{name: "wide characters before", code: app + "## environment.yml\n# 依存関係\ndependencies: [\"日本\", opencv]\n", want: []string{"environment.yml 2:17 日本", "environment.yml 2:22 opencv"}},
		{name: "no list", code: app + "## environment.yml\ndependencies: opencv\n"},
		{name: "empty", code: app + "## environment.yml\n"},
	})
}

func TestChannelPackages(t *testing.T) {
	const head = app + "## environment.yml\nchannels:\n  - snowflake\ndependencies:\n"
	try(t, "SL202", warehoused([]snippet{
		{name: "right", code: head + "  - opencv\n  - python=3.9\n  - streamlit=1.35.0\n  - streamlit=1.44.*\n  - pandas=1\n"},
		{name: "a version that is not there", code: head + "  - streamlit=1.36.0\n", want: []string{"environment.yml 4:5 streamlit"}},
		{name: "an old Python", code: head + "  - python=3.8\n", want: []string{"environment.yml 4:5 python"}},
		{name: "pip", code: head + "  - pip:\n    - requests\n", want: []string{"environment.yml 4:5 pip"}},
		{name: "another channel", code: app + "## environment.yml\nchannels:\n- conda-forge\n- snowflake\n", want: []string{"environment.yml 2:3 conda-forge"}},
		{name: "ranges", code: head + "  - pandas>=2\n  - numpy<2\n  - scipy>=1,<2\n  - seaborn!=0.12\n  - plotly==5.22.0\n  - altair=5.*\n", want: []string{
			"environment.yml 4:5 pandas", "environment.yml 5:5 numpy", "environment.yml 6:5 scipy", "environment.yml 7:5 seaborn",
		}},
		{name: "a channel of a package", code: head + "  - conda-forge::pandas\n  - snowflake::numpy\n", want: []string{"environment.yml 4:5 pandas"}},
		{name: "lists of a container", code: app + "## requirements.txt\npytorch\n"},
	}))
}

func TestProjectPackages(t *testing.T) {
	const head = app + "## pyproject.toml\n[project]\n"
	try(t, "SL202", []snippet{
		{name: "right", code: head + "requires-python = \">=3.9\"\ndependencies = [\"streamlit[snowflake]>=1.50,<2\", \"pandas\", \"opencv-python\"]\n"},
		{name: "another Python", code: head + "requires-python = \">=3.12\"\n", want: []string{"pyproject.toml 2:20 python"}},
		{name: "an older Python", code: head + "requires-python = \"==3.10.*\"\n", want: []string{"pyproject.toml 2:20 python"}},
		{name: "an old Streamlit", code: head + "dependencies = [\n  \"pandas\", # data\n  \"streamlit==1.35\",\n]\n", want: []string{"pyproject.toml 4:4 streamlit"}},
		{name: "a name of conda's", code: head + "dependencies = [\"pytorch-cpu\"]\n", want: []string{"pyproject.toml 2:18 pytorch-cpu"}},
		{name: "conda's way", code: head + "dependencies = ['pandas=2']\n", want: []string{"pyproject.toml 2:18 pandas"}},
		{name: "for another Python", code: head + "dependencies = [\"numpy<1.20; python_version<'3.9'\"]\n"},
		{name: "escapes", code: head + "dependencies = [\"streamlit\\u003D=1.35\"]\n", want: []string{"pyproject.toml 2:13 streamlit"}},
		{name: "of a tool", code: app + "## pyproject.toml\n[tool.x]\ndependencies = [\"pytorch-cpu\"]\n"},
		{
			name: "requirements", code: app + "## requirements.txt\n# old\n-r more.txt\n./wheels/x.whl\nhttps://x/y.whl\npandas\nstreamlit==1.40 # pinned\nopencv-python\ndask-core\n",
			want: []string{"requirements.txt 6:1 streamlit", "requirements.txt 8:1 dask-core"},
		},
		{name: "requirements with a byte order mark", code: app + "## requirements.txt\n\ufeffstreamlit==1.40\r\n", want: []string{"requirements.txt 1:1 streamlit"}},
		{name: "requirements with hashes", code: app + "## requirements.txt\nstreamlit==1.40 \\\n    --hash=sha256:0123\n", want: []string{"requirements.txt 1:1 streamlit"}},
	})
}

func TestConfig(t *testing.T) {
	const at = "## .streamlit/config.toml\n"
	try(t, "SL301", []snippet{
		{name: "read", code: app + at + "[theme]\nbase = \"dark\"\n[client]\nshowErrorDetails = true\n[runner]\nmagicEnabled = false\n"},
		{
			name: "ignored", code: app + at + "[theme]\nbase = \"dark\"\n\n[server]\nport = 80 # mine\n\nheadless = true\n[browser]\n\"gatherUsageStats\" = false\n",
			want: []string{
				".streamlit/config.toml 5:1 server.port", ".streamlit/config.toml 7:1 server.headless",
				".streamlit/config.toml 9:1 browser.gatherUsageStats",
			},
		},
		{name: "an option of a section", code: app + at + "[client]\ntoolbarMode = \"minimal\"\n", want: []string{".streamlit/config.toml 2:1 client.toolbarMode"}},
		{name: "the pages disagree", code: app + at + "[server]\nmaxUploadSize = 400\n"},
		{
			name: "that in a warehouse", code: app + at + "[server]\nmaxUploadSize = 400\n", options: inWarehouse(),
			want: []string{".streamlit/config.toml 2:1 server.maxUploadSize"},
		},
		{name: "asleep in a container", code: app + at + "[snowflake.sleep]\nstreamlitSleepTimeoutMinutes = 8\n", want: []string{".streamlit/config.toml 2:1 snowflake.sleep.streamlitSleepTimeoutMinutes"}},
		{name: "asleep in a warehouse", code: app + at + "[snowflake.sleep]\nstreamlitSleepTimeoutMinutes = 8\n", options: inWarehouse()},
		{
			name: "asleep too soon", code: app + at + "[snowflake.sleep]\nstreamlitSleepTimeoutMinutes = 4\n", options: inWarehouse(),
			want: []string{".streamlit/config.toml 2:1 snowflake.sleep.streamlitSleepTimeoutMinutes"},
		},
		{
			name: "asleep too late", code: app + at + "snowflake.sleep.streamlitSleepTimeoutMinutes = 241\n", options: inWarehouse(),
			want: []string{".streamlit/config.toml 1:1 snowflake.sleep.streamlitSleepTimeoutMinutes"},
		},
		{name: "asleep at the limits", code: app + at + "[snowflake.sleep]\nstreamlitSleepTimeoutMinutes = 240\n", options: inWarehouse()},
		{name: "a value of another type", code: app + at + "[client]\nshowErrorDetails = 3\n", want: []string{".streamlit/config.toml 2:1 client.showErrorDetails"}},
		{name: "an unknown choice", code: app + at + "[theme]\nbase = \"black\"\n", want: []string{".streamlit/config.toml 2:1 theme.base"}},
		{name: "deprecated", code: app + at + "[mapbox]\ntoken = \"pk.x\"\n", want: []string{".streamlit/config.toml 2:1 mapbox.token"}},
		{name: "deprecated in a warehouse, which ignores it", code: app + at + "[mapbox]\ntoken = \"pk.x\"\n", options: inWarehouse(), want: []string{".streamlit/config.toml 2:1 mapbox.token"}},
		{name: "dotted", code: app + at + "server.port = 80\ntheme.base = \"light\"\n", want: []string{".streamlit/config.toml 1:1 server.port"}},
		{name: "in braces", code: app + at + "server = { port = 80 }\n", want: []string{".streamlit/config.toml 1:12 server.port"}},
		{name: "no section", code: app + at + "base = \"dark\"\n", want: []string{".streamlit/config.toml 1:1 base"}},
		{name: "unknown section", code: app + at + "[sever]\nport = 1\n", want: []string{".streamlit/config.toml 2:1 sever.port"}},
		{name: "unknown option", code: app + at + "[theme]\nprimaryColour = \"red\"\n", want: []string{".streamlit/config.toml 2:1 theme.primaryColour"}},
		{name: "wide characters", code: app + at + "[server] # 設定\nbaseUrlPath = \"日本\"\n", want: []string{".streamlit/config.toml 2:1 server.baseUrlPath"}},
		{name: "an option that is a table", code: app + at + "[[theme.fontFaces]]\nfamily = \"x\"\nurl = \"y\"\n"},
		{name: "not the app's", code: app + "## docs/.streamlit/config.toml\n[server]\nport = 1\n"},
		{name: "silenced", code: app + at + "[server]\nport = 1 # sleet: ignore[SL301]\n"},
	})
}

func TestSecretsFile(t *testing.T) {
	const at = "## .streamlit/secrets.toml\n"
	const path = ".streamlit/secrets.toml "
	try(t, "SL302", []snippet{
		{name: "values", code: app + at + "endpoint = \"https://api.example.com\"\nlimit = 3\n"},
		{name: "values in a warehouse", code: app + at + "endpoint = \"https://api.example.com\"\n\n[more]\nlimit = 3\n", options: inWarehouse(), want: []string{path + "1:1 endpoint", path + "4:1 more.limit"}},
		{name: "by its name", code: app + at + "password = \"hunter22\"\n", want: []string{path + "1:1 password"}},
		{name: "by its shape", code: app + at + "x = \"ghp_" + "0123456789abcdefghijABCDEFGHIJ012345\"\n", want: []string{path + "1:1 x"}},
		{name: "in a table", code: app + at + "[snow]\nuser = \"ME\"\n  password = \"hunter22\"\n", want: []string{path + "3:3 snow.password"}},
		{name: "in braces", code: app + at + "snow = { user = \"ME\", password = \"hunter22\" }\n", want: []string{path + "1:23 snow.password"}},
		{name: "in a list", code: app + at + "passwords = [\"a\", \"hunter22\"]\n", want: []string{path + "1:1 passwords"}},
		{name: "placeholder", code: app + at + "password = \"<your password>\"\n"},
		{name: "none", code: app, options: inWarehouse()},
	})
}
