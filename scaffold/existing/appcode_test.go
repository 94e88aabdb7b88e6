package existing_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCode checks which files of an app are app code. The main file is streamlit_app.py unless the case names another.
func TestCode(t *testing.T) {
	t.Parallel()
	const handler = "import _snowflake\ndef run(session):\n    return _snowflake.get_generic_secret_string('k')\n"
	for _, test := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"the main file, without streamlit", map[string]string{"streamlit_app.py": "print(1)\n"}, "streamlit_app.py"},
		{"imported and used", map[string]string{"streamlit_app.py": "", "a.py": page}, "a.py streamlit_app.py"},
		{"imported, not used", map[string]string{"streamlit_app.py": "", "a.py": "import streamlit as st\n"}, "streamlit_app.py"},
		{"shadowed", map[string]string{"streamlit_app.py": "", "a.py": "import streamlit as st\ndef f(st):\n    st.title('x')\n"}, "streamlit_app.py"},
		{"a word in a string and a comment", map[string]string{"streamlit_app.py": "", "a.py": "# import streamlit\nx = 'import streamlit as st; st.title()'\n"}, "streamlit_app.py"},
		{"a name of it", map[string]string{"streamlit_app.py": "", "a.py": "from streamlit import title as t\nt('x')\n"}, "a.py streamlit_app.py"},
		{"all of its names", map[string]string{"streamlit_app.py": "", "a.py": "from streamlit import *\ntitle('x')\n"}, "a.py streamlit_app.py"},
		{"a module of it", map[string]string{"streamlit_app.py": "", "a.py": "import streamlit.components.v1 as c\nc.html('x')\n"}, "a.py streamlit_app.py"},
		{"as a decorator", map[string]string{"streamlit_app.py": "", "a.py": "import streamlit as st\n@st.cache_data\ndef f():\n    pass\n"}, "a.py streamlit_app.py"},
		{"in a function", map[string]string{"streamlit_app.py": "", "a.py": "def f():\n    import streamlit as st\n    st.title('x')\n"}, "a.py streamlit_app.py"},
		{"in a try", map[string]string{"streamlit_app.py": "", "a.py": "try:\n    import streamlit as st\nexcept ImportError:\n    st = None\nif st: st.title('x')\n"}, "a.py streamlit_app.py"},
		{"another package of a like name", map[string]string{"streamlit_app.py": "", "a.py": "import streamlit_extras as st\nst.title('x')\n"}, "streamlit_app.py"},
		{"a test of the app", map[string]string{
			"streamlit_app.py": "", "tests/test_app.py": "from streamlit.testing.v1 import AppTest\nAppTest.from_file('x').run()\n",
			"tests/test_two.py": "import streamlit.testing.v1 as t\nt.AppTest.from_file('x').run()\n",
		}, "streamlit_app.py"},
		{"a handler", map[string]string{"streamlit_app.py": page, "proc.py": handler}, "streamlit_app.py"},
		{"reached, so no handler", map[string]string{"streamlit_app.py": "import proc\n", "proc.py": handler}, "proc.py streamlit_app.py"},
		{"reached through another", map[string]string{"streamlit_app.py": "import a\n", "a.py": "from b import x\n", "b.py": "x = 1\n", "c.py": "import b\n"}, "a.py b.py streamlit_app.py"},
		{"in a circle", map[string]string{"streamlit_app.py": "import a\n", "a.py": "import b\n", "b.py": "import a\n"}, "a.py b.py streamlit_app.py"},
		{"imported in a function", map[string]string{"streamlit_app.py": "def f():\n    from a import x\n", "a.py": ""}, "a.py streamlit_app.py"},
		{"packages on the way", map[string]string{
			"streamlit_app.py": "import p.q.m\n", "p/__init__.py": "from . import side\n", "p/side.py": "", "p/q/__init__.py": "", "p/q/m.py": "", "p/q/n.py": "",
		}, "p/__init__.py p/q/__init__.py p/q/m.py p/side.py streamlit_app.py"},
		{"a module from a package", map[string]string{"streamlit_app.py": "from p import m, x\n", "p/__init__.py": "x = 1\n", "p/m.py": "", "p/n.py": ""}, "p/__init__.py p/m.py streamlit_app.py"},
		{"a package without __init__", map[string]string{"streamlit_app.py": "from p.q import m\n", "p/q/m.py": "", "p/n.py": ""}, "p/q/m.py streamlit_app.py"},
		{"relative", map[string]string{
			"streamlit_app.py": "import p.m\n", "p/m.py": "from .n import x\nfrom ..o import y\nfrom . import k\nfrom .. import l\n", "p/n.py": "", "p/k.py": "", "o.py": "", "l.py": "", "n.py": "",
		}, "l.py o.py p/k.py p/m.py p/n.py streamlit_app.py"},
		{"a module hides its folder", map[string]string{"streamlit_app.py": "import a.b\n", "a.py": "", "a/b.py": ""}, "a.py streamlit_app.py"},
		{"a package hides its module", map[string]string{"streamlit_app.py": "import a\n", "a.py": "", "a/__init__.py": ""}, "a/__init__.py streamlit_app.py"},
		{"not beside the main file", map[string]string{"streamlit_app.py": "import p.m\n", "p/m.py": "import json\nimport n\n", "p/json.py": "", "p/n.py": ""}, "p/m.py streamlit_app.py"},
		{"the path is changed", map[string]string{"streamlit_app.py": "import p.m\n", "p/m.py": "import sys\nsys.path.append('p')\nimport n\n", "p/n.py": ""}, "p/m.py p/n.py streamlit_app.py"},
		{"pages", map[string]string{"streamlit_app.py": page, "pages/1_One.py": "import a\n", "a.py": "", "pages/deep/two.py": "", "pages/__init__.py": ""}, "a.py pages/1_One.py streamlit_app.py"},
		{"pages elsewhere", map[string]string{"streamlit_app.py": page, "other/pages/1_One.py": "print(1)\n"}, "streamlit_app.py"},
		{"st.Page", map[string]string{
			"streamlit_app.py": "import streamlit as st\nD = 'views/'\nst.navigation([st.Page('views/a.py'), st.Page(D + 'b.py', title='b'), st.Page(lambda: 1)]).run()\n",
			"views/a.py":       "", "views/b.py": "", "views/c.py": "",
		}, "streamlit_app.py views/a.py views/b.py"},
		{"importlib", map[string]string{"streamlit_app.py": "import importlib\nimportlib.import_module('p.a')\n__import__('b')\n", "p/a.py": "", "b.py": "", "c.py": ""}, "b.py p/a.py streamlit_app.py"},
		{"main file named by snowflake.yml", map[string]string{"snowflake.yml": with(project, "m.py"), "m.py": "import a\n", "a.py": "", "b.py": ""}, "a.py m.py"},
		{"main file named by SQL", map[string]string{"make.sql": with(create, "m.py"), "m.py": "import a\n", "a.py": "", "b.py": ""}, "a.py m.py"},
		{"no main file", map[string]string{"src/dash.py": page + "import helper\n", "src/helper.py": "", "src/job.py": handler}, "src/dash.py src/helper.py"},
		{"broken Python", map[string]string{"streamlit_app.py": page, "a.py": "import streamlit as st\nst.title(\n"}, "streamlit_app.py"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			folder := read(t, test.files)
			if len(folder.Apps) != 1 {
				t.Fatalf("%d apps", len(folder.Apps))
			}
			if diff := cmp.Diff(strings.Fields(test.want), folder.Apps[0].Code()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// FuzzCode checks that no import crashes the analysis or makes it loop forever.
func FuzzCode(f *testing.F) {
	f.Add("import a.b, .c\n", "from . import x\nfrom ... import y\n")
	f.Add("from .a import *\nimport p\n", "import streamlit as st\nst.Page('../../x')\n")
	f.Fuzz(func(t *testing.T, main, module string) {
		folder := read(t, map[string]string{"streamlit_app.py": main, "p/__init__.py": module, "p/a.py": main, "p/b/c.py": module})
		for _, app := range folder.Apps {
			for _, p := range app.Code() {
				if app.Python[p] == nil {
					t.Errorf("%s is not of the app", p)
				}
			}
		}
	})
}
