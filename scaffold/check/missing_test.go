package check_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/scaffold/upload"
	"sleet/ui/message"
)

// environment is the beginning of a package list of a warehouse app.
const environment = "## environment.yml\nchannels: [snowflake]\ndependencies:\n  - streamlit=1.51.0\n"

func TestMissingModules(t *testing.T) {
	const project = "## pyproject.toml\n[project]\nname = 'x'\nversion = '1'\ndependencies = ['streamlit[snowflake]>=1.50'%]\n"
	container := func(more string) string { return strings.Replace(project, "%", more, 1) }
	try(t, "SL117", []snippet{
		{name: "in no list", code: "import plotly.express as px\nfrom sqlparse import format\n" + environment, want: []string{"1:1 plotly.express", "2:1 sqlparse"}},
		{name: "in no list, in a warehouse", code: "import plotly.express as px\n" + environment, options: inWarehouse(), want: []string{"1:1 plotly.express"}},
		{name: "no list at all", code: "import plotly\n", want: []string{"1:1 plotly"}},
		{name: "listed", code: "import plotly.express, sqlparse\n" + environment + "  - plotly=5.22.0\n  - sqlparse\n"},
		{name: "under another name", code: "import cv2, sklearn.svm, PIL, yaml, bs4, dotenv, docx, fitz, jwt, st_aggrid\nfrom google.cloud import bigquery\n" + environment + "  - opencv\n  - scikit-learn\n  - pillow\n  - pyyaml\n  - beautifulsoup4\n  - python-dotenv\n  - python-docx\n  - pymupdf\n  - streamlit-aggrid\n  - google-cloud-bigquery\n"},
		{name: "under another name, not listed", code: "import cv2\nimport sklearn\n" + environment, want: []string{"1:1 cv2", "2:1 sklearn"}},
		{name: "brought along", code: "import scipy, joblib, matplotlib.pyplot, narwhals, urllib3\n" + environment + "  - scikit-learn\n  - seaborn\n  - plotly\n"},
		{name: "of the runtime", code: "import streamlit, pandas, numpy, altair, pyarrow, PIL.Image, requests, cachetools, dateutil, pydeck, yaml, git\nimport snowflake.snowpark.functions as F\nimport snowflake.connector\nfrom google.protobuf import message\nimport os, json, tomllib, zoneinfo, __future__\n" + environment},
		{name: "of snowflake", code: "from snowflake.core import Root\nimport snowflake.cortex\nfrom snowflake.ml.registry import Registry\nimport snowflake.permissions\n" + environment, want: []string{"1:1 snowflake.core"}},
		{name: "of snowflake, listed", code: "from snowflake.core import Root\nimport snowflake.cortex\n" + environment + "  - snowflake\n  - snowflake-ml-python\n"},
		{name: "of the app", code: "import utils\nfrom common import db\nfrom common.db import q\nimport lib.x.y\n" + environment + "## utils.py\nfrom common import db\n## common/__init__.py\nfrom . import db\nfrom .db import q\n## common/db.py\nq = 1\n## lib/x/y.py\n"},
		{name: "a folder without modules", code: "import common\n" + environment + "## common/data.csv\n1\n", want: []string{"1:1 common"}},
		{name: "relative", code: "import p\n" + environment + "## p/__init__.py\nfrom . import a\nfrom .b import x\nfrom ..c import y\n## p/a.py\n", want: []string{"p/__init__.py 2:1 .b", "p/__init__.py 3:1 ..c"}},
		{name: "once for the app", code: "import plotly.express\nimport plotly.graph_objects\nimport m\n" + environment + "## m.py\nimport plotly\n", want: []string{"m.py 1:1 plotly"}},
		{name: "in a folder on the path", code: "import sys\nsys.path.append('lib')\nimport helper\nfrom tools import x\n" + environment + "## lib/helper.py\n## lib/tools/x.py\n"},
		{name: "above the source", code: "## app/streamlit_app.py\nimport sys\nsys.path.append('..')\nimport streamlit as st\nimport shared\nst.write(shared)\n## app/environment.yml\ndependencies: [streamlit]\n## shared.py\nx = 1\n", want: []string{"app/streamlit_app.py 4:1 shared"}},
		{name: "above the source, brought by the CLI", code: "## app/streamlit_app.py\nimport streamlit as st\nimport shared\nst.write(shared)\n## app/environment.yml\ndependencies: [streamlit]\n## shared.py\nx = 1\n## snowflake.yml\ndefinition_version: 2\nentities:\n  a: {type: streamlit, main_file: app/streamlit_app.py, artifacts: [app/*, shared.py]}\n"},
		{name: "with a way out", code: "try:\n    import orjson\nexcept ImportError:\n    import json as orjson\ntry:\n    import ujson\nexcept Exception:\n    ujson = None\n" + environment},
		{name: "for the type checker", code: "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import mypy_boto3\n" + environment},
		{name: "outside of Snowflake", code: gas + "try:\n    session = get_active_session()\nexcept Exception:\n    from dotenv import load_dotenv\n    session = Session.builder.create()\n" + environment},
		{name: "of a handler and of tests", code: app + environment + "## udf.py\nimport plotly\n## tests/test_app.py\nimport pytest\nimport streamlit as st\nst.write(1)\n## test_app.py\nimport pytest, streamlit as st\nst.write(pytest)\n"},
		{name: "the private module", code: "import _snowflake\n" + environment},
		{name: "a package with much the same name", code: "import foo\nimport bar_client\n" + environment + "  - foo-sdk\n  - bar\n"},
		{name: "a component is no part of Streamlit", code: "import streamlit_option_menu\n" + environment, want: []string{"1:1 streamlit_option_menu"}},
		{name: "of a container", code: "import plotly, sqlparse\n" + container(", 'plotly'"), want: []string{"1:1 sqlparse"}},
		{name: "locked", code: "import anything\n" + container("") + "## uv.lock\nversion = 1\n[[package]]\nname = \"anything\"\nversion = \"1\"\n"},
		{name: "in requirements", code: "import plotly, sqlparse, wheelhouse\n## requirements.txt\nstreamlit\n-r base-requirements.txt\n./wheelhouse-1.0-py3-none-any.whl\n## base-requirements.txt\nplotly>=5 # charts\n", want: []string{"1:1 sqlparse"}},
		{name: "in a list that is not there, or a project of its own", code: "import plotly\n## requirements.txt\nstreamlit\n-r ../more.txt\n"},
		{name: "in a project of its own", code: "import plotly\n## requirements.txt\nstreamlit\n-e .\n"},
		{name: "of Poetry", code: "import plotly, sqlparse\n## pyproject.toml\n[tool.poetry.dependencies]\npython = '^3.11'\nplotly = '*'\n", want: []string{"1:1 sqlparse"}},
		{name: "tomllib of an older Python", code: "import tomllib\n" + environment + "  - python=3.10\n", options: inWarehouse(), want: []string{"1:1 tomllib"}},
		{name: "of IMPORTS", code: "import udfs\n" + environment + "## app.sql\nCREATE STREAMLIT a FROM '@s' MAIN_FILE = 'streamlit_app.py' IMPORTS = ('@s/udfs.py');\n", options: inWarehouse()},
		{name: "silenced", code: "import plotly  # sleet: ignore[SL117]\n" + environment},
	})
}

func TestMissingSeverity(t *testing.T) {
	t.Parallel()
	folder := read(t, split("import plotly\ndef f():\n    import sqlparse\n"+environment))
	list := check.Folder(folder, facts.Options{Select: []string{"SL117"}, Runtime: scaffold.Warehouse}).Findings
	if len(list) != 2 || list[0].Severity != facts.Error || list[1].Severity != facts.Warning {
		t.Errorf("%+v", list)
	}
}

func TestMissingPages(t *testing.T) {
	const yml = "## snowflake.yml\ndefinition_version: 2\nentities:\n  a:\n    type: streamlit\n    main_file: streamlit_app.py\n"
	try(t, "SL117", []snippet{
		{name: "of navigation", code: st + "st.navigation([st.Page('views/a.py'), 'views/b.py', st.Page('views/none.py')]).run()\nst.navigation({'x': ['views/no.py']})\n## views/a.py\n## views/b.py\n", want: []string{"2:61 views/none.py", "3:22 views/no.py"}},
		{name: "to switch to", code: st + "st.switch_page('pages/a.py')\nst.switch_page('pages/none.py')\nst.page_link('pages/none.py', label='x')\nst.page_link('https://x.com/a', label='x')\nst.switch_page(name)\n## pages/a.py\n", want: []string{"3:16 pages/none.py", "4:14 pages/none.py"}},
		{name: "from a page", code: app + "## pages/a.py\n" + st + "st.switch_page('streamlit_app.py')\nst.switch_page('a.py')\n", want: []string{"pages/a.py 3:16 a.py"}},
		{name: "beside a main file in a folder", code: "## snowflake.yml\ndefinition_version: 2\nentities:\n  a: {type: streamlit, main_file: src/m.py}\n## src/m.py\n" + st + "st.switch_page('views/a.py')\nst.switch_page('src/views/a.py')\n## src/views/a.py\n", want: []string{"src/m.py 3:16 src/views/a.py"}},
		{name: "put together", code: st + "D = 'views/'\nst.Page(D + 'none.py')\nst.Page(lambda: 1)\n", want: []string{"3:9 views/none.py"}},
		{name: "of snowflake.yml", code: app + yml + "    pages_dir: views\n    artifacts:\n      - streamlit_app.py\n      - common/none.py\n      - src: lib/none.py\n        dest: x/\n      - data/*\n      - uv.lock\n", want: []string{
			"snowflake.yml 6:16 views", "snowflake.yml 9:9 common/none.py", "snowflake.yml 10:14 lib/none.py",
		}},
		{name: "of snowflake.yml, there", code: app + yml + "    artifacts: [streamlit_app.py, common, <% ctx.env.x %>]\n## common/a.py\n"},
		{name: "of the first version", code: app + "## snowflake.yml\ndefinition_version: 1\nstreamlit:\n  name: x\n  main_file: streamlit_app.py\n  env_file: environment.yml\n  additional_source_files: [utils/*.py, none.py]\n", want: []string{"snowflake.yml 5:13 environment.yml", "snowflake.yml 6:41 none.py"}},
	})
}

// TestModulesBehindLinks checks that a link to a folder outside the app is recognized.
func TestModulesBehindLinks(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{"app/streamlit_app.py": st + "from lib.db import q\nst.write(q)\n", "shared/db.py": "q = 1\n"})
	if err := os.Symlink("../shared", filepath.Join(dir, "app", "lib")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	folder, err := existing.Read(filepath.Join(dir, "app"))
	if err != nil {
		t.Fatal(err)
	}
	list := check.Folder(folder, facts.Options{Select: []string{"SL117"}}).Findings
	if len(list) != 1 || list[0].Message.ID != "finding.SL117.what.outside" {
		t.Errorf("%+v", list)
	}
}

// TestPrivateKeyIsNotUploaded checks that the finding does not say that the file is uploaded, because it never is.
func TestPrivateKeyIsNotUploaded(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		for _, id := range []message.ID{"finding.SL118.what.key", "finding.SL118.what.account"} {
			if text := message.For(lang).T(id, "file", "x"); strings.Contains(text, "upload") || strings.Contains(text, "アップロード") {
				t.Errorf("%s: %s", id, text)
			}
		}
	}
	files := map[string][]byte{"streamlit_app.py": []byte("import streamlit\n"), "rsa_key.p8": []byte("-----BEGIN PRIVATE KEY-----\nMIIEvg\n")}
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	up, err := upload.Read(scaffold.App{}, dir, upload.Guard{})
	if _, sent := up.Files["rsa_key.p8"]; sent || err != nil {
		t.Errorf("the key is uploaded: %v", err)
	}
}

func TestPrivateKeys(t *testing.T) {
	const key = "-----BEGIN PRIVATE KEY-----\nMIIEvg\n"
	try(t, "SL118", []snippet{
		{name: "a key", code: app + "## rsa_key.p8\n" + key + "## keys/id_rsa\n" + key, want: []string{"keys/id_rsa 1:1", "rsa_key.p8 1:1"}},
		{name: "a service account", code: app + "## service_account.json\n{\"private_key\":\"x\"}\n", want: []string{"service_account.json 1:1"}},
		{name: "a public key, a certificate, data", code: app + "## rsa_key.pub\n-----BEGIN PUBLIC KEY-----\n## cert.pem\n-----BEGIN CERTIFICATE-----\n## data.json\n{\"key\": 1}\n"},
		{name: "of tests", code: app + "## tests/rsa_key.p8\n" + key},
	})
}

func TestMissingPackageOfManyNames(t *testing.T) {
	t.Parallel()
	folder := read(t, map[string]string{
		"streamlit_app.py": "import streamlit as st\nimport cv2\nst.write(cv2)\n", "environment.yml": "dependencies: [streamlit=1.51.0]\n",
	})
	for _, f := range check.Findings(folder.Apps[0], facts.Options{Runtime: scaffold.Container, Select: []string{"SL117"}}) {
		if got := f.Fix.String(); strings.Contains(got, "opencv-python-headless ") {
			return
		}
		t.Errorf("cv2: got the fix %q, want the build that needs no libGL", f.Fix)
	}
	t.Error("cv2 is not reported with the build that needs no libGL")
}
