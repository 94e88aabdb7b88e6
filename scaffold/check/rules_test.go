package check_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
)

// snippet is the app's main file, or several files after lines "## path", with the expected findings of the rule that
// the test is named after: "path line:column symbol", without the path for the main file.
type snippet struct {
	name, code string
	want       []string
	options    facts.Options
}

// try checks the snippets of one rule.
func try(t *testing.T, rule string, snippets []snippet) {
	t.Helper()
	t.Parallel()
	for _, s := range snippets {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			folder := read(t, split(s.code))
			for _, skipped := range folder.Skipped {
				t.Errorf("%s:%d is skipped: %s", skipped.Path, skipped.Line, skipped.Reason)
			}
			s.options.Select = []string{rule}
			findings := check.Folder(folder, s.options).Findings
			inJapanese(t, findings)
			var got []string
			for _, f := range findings {
				place := fmt.Sprintf("%d:%d", f.Line, f.Column)
				if f.Path != "streamlit_app.py" {
					place = f.Path + " " + place
				}
				got = append(got, strings.TrimSpace(place+" "+f.Symbol))
			}
			if diff := cmp.Diff(s.want, got); diff != "" {
				t.Errorf("%s\n%s", s.code, diff)
			}
		})
	}
}

// split splits a snippet into its files.
func split(code string) map[string]string {
	files := map[string]string{}
	name := "streamlit_app.py"
	for line := range strings.Lines(code) {
		if p, ok := strings.CutPrefix(line, "## "); ok {
			name = strings.TrimSpace(p)
			files[name] = ""
			continue
		}
		files[name] += line
	}
	return files
}

const (
	st      = "import streamlit as st\n"
	gas     = "from snowflake.snowpark.context import get_active_session\n"
	session = "import streamlit as st\nfrom snowflake.snowpark.context import get_active_session\nsession = get_active_session()\n"
)

func TestSessionImports(t *testing.T) {
	try(t, "SL101", []snippet{
		{name: "plain", code: gas, want: []string{"1:1"}},
		{name: "alias", code: "from snowflake.snowpark.context import get_active_session as gas\n", want: []string{"1:1"}},
		{name: "among others", code: "from snowflake.snowpark.context import (\n    a,\n    get_active_session,\n)\n", want: []string{"1:1"}},
		{name: "module", code: "import snowflake.snowpark.context\n", want: []string{"1:1"}},
		{name: "module with alias", code: "import os, snowflake.snowpark.context as context\n", want: []string{"1:1"}},
		{name: "module from package", code: "from snowflake.snowpark import context as c, Session\n", want: []string{"1:1"}},
		{name: "star", code: "from snowflake.snowpark.context import *\n", want: []string{"1:1"}},
		{name: "in a function", code: "def f():\n    " + gas, want: []string{"2:5"}},
		{name: "in a try", code: "try:\n    " + gas + "except ImportError:\n    pass\n", want: []string{"2:5"}},
		{name: "after a semicolon", code: "ö = 1; " + gas, want: []string{"1:8"}},
		{name: "twice", code: gas + "if 1:\n\t" + gas, want: []string{"1:1", "3:2"}},
		{name: "through a module of the app", code: "from utils import get_active_session\n## utils.py\n" + gas, want: []string{"1:1", "utils.py 1:1"}},
		{name: "relative", code: "import p.a\n## p/__init__.py\n## p/a.py\nfrom .b import get_active_session as g\n## p/b.py\n" + gas, want: []string{"p/a.py 1:1", "p/b.py 1:1"}},
		{name: "a wrapper of the same name", code: "from utils import get_active_session\n## utils.py\ndef get_active_session(): ...\n"},
		{name: "another library", code: "from other.context import get_active_session\nfrom snowflake.snowpark import Session\nimport snowflake.snowpark\n"},
		{name: "relative of the same name", code: "from .snowflake.snowpark.context import get_active_session\n"},
		{name: "text", code: "'''\n" + gas + "'''\nx = 'import snowflake.snowpark.context'  # " + gas},
		{name: "a patch in a test", code: "from unittest.mock import patch\n@patch('streamlit_app.get_active_session')\ndef f(g): ...\n"},
		{name: "in a warehouse", code: gas, options: facts.Options{Runtime: scaffold.Warehouse}},
		{name: "silenced", code: strings.TrimSpace(gas) + "  # sleet: ignore[SL101]\n" + strings.TrimSpace(gas) + "  # sleet: ignore[SL102]\n", want: []string{"2:1"}},
	})
}

func TestSessionCalls(t *testing.T) {
	try(t, "SL102", []snippet{
		{name: "plain", code: gas + "session = get_active_session()\n", want: []string{"2:11"}},
		{name: "alias", code: "from snowflake.snowpark.context import get_active_session as g\ng()\n", want: []string{"2:1"}},
		{name: "module", code: "import snowflake.snowpark.context as c\nx = c.get_active_session()\n", want: []string{"2:5"}},
		{name: "whole module", code: "import snowflake.snowpark.context\nsnowflake.snowpark.context.get_active_session()\n", want: []string{"2:1"}},
		{name: "from package", code: "from snowflake.snowpark import context\ncontext.get_active_session().sql('x')\n", want: []string{"2:1"}},
		{name: "chained over lines", code: gas + "df = (\n    get_active_session()\n    .sql('x')\n)\n", want: []string{"3:5"}},
		{name: "connection", code: gas + "c = get_active_session().connection\n", want: []string{"2:5"}},
		{name: "in a try", code: gas + "def f():\n    try:\n        return get_active_session()\n    except Exception:\n        return None\n", want: []string{"4:16"}},
		{name: "annotated", code: gas + "session: Session = get_active_session()\n", want: []string{"2:20"}},
		{name: "lambda, default, f-string", code: gas + "f = lambda: get_active_session()\ndef g(s=get_active_session()): ...\nx = f'{get_active_session()}'\n", want: []string{"2:13", "3:9", "4:8"}},
		{name: "assigned name", code: gas + "g = get_active_session\ng()\n", want: []string{"3:1"}},
		{name: "import in a function", code: "def f():\n    " + gas + "    return get_active_session()\n", want: []string{"3:12"}},
		{name: "star", code: "from snowflake.snowpark.context import *\nget_active_session()\n", want: []string{"2:1"}},
		{name: "fallback in a handler", code: "try:\n    " + gas + "except ImportError:\n    get_active_session = None\ns = get_active_session()\n", want: []string{"5:5"}},
		{name: "in one branch", code: "if 1:\n    " + gas + "else:\n    from mock import get_active_session\ns = get_active_session()\n", want: []string{"5:5"}},
		{name: "through a module of the app", code: "from utils import g\ng()\n## utils.py\nfrom snowflake.snowpark.context import get_active_session as g\n", want: []string{"2:1"}},
		{name: "through an attribute of a module of the app", code: "import lib.db as db\ndb.get_active_session()\n## lib/db.py\n" + gas, want: []string{"2:1"}},
		{name: "not called", code: gas + "st.cache_resource(get_active_session)\n"},
		{name: "shadowed by a parameter", code: gas + "def f(get_active_session):\n    get_active_session()\n"},
		{name: "shadowed in a function", code: gas + "def f():\n    get_active_session = 1\n    get_active_session()\n"},
		{name: "a wrapper", code: "from utils import get_active_session\nget_active_session()\n## utils.py\ndef get_active_session(): ...\n"},
		{name: "a method", code: gas + "self.get_active_session()\n"},
		{name: "import of another function's scope", code: "def f():\n    " + gas + "def g():\n    get_active_session()\n"},
		{name: "text", code: gas + "x = 'get_active_session()'  # get_active_session()\n"},
	})
}

func TestModule(t *testing.T) {
	try(t, "SL103", []snippet{
		{name: "plain", code: "import _snowflake\n", want: []string{"1:1"}},
		{name: "alias among others", code: "import os, _snowflake as sf\n", want: []string{"1:1"}},
		{name: "from", code: "from _snowflake import get_generic_secret_string as g\n", want: []string{"1:1"}},
		{name: "in a try in a function", code: "def f():\n    try:\n        import _snowflake\n    except ImportError:\n        _snowflake = None\n", want: []string{"3:9"}},
		{name: "others", code: "import snowflake\nimport _snowflake_x\nfrom . import _snowflake\nfrom ._snowflake import a\n"},
		{name: "text", code: "x = 'import _snowflake'  # import _snowflake\n"},
		{name: "a handler", code: st + "st.title('x')\n## udf.py\nimport _snowflake\n"},
	})
}

func TestModuleCalls(t *testing.T) {
	try(t, "SL104", []snippet{
		{name: "plain", code: "import _snowflake\nk = _snowflake.get_generic_secret_string('k')\n", want: []string{"2:5 get_generic_secret_string"}},
		{name: "alias", code: "import _snowflake as s\ns.get_username_password('k').username\n", want: []string{"2:1 get_username_password"}},
		{name: "from", code: "from _snowflake import get_oauth_access_token as g\nx = {'a': g('k')}\n", want: []string{"2:11 get_oauth_access_token"}},
		{name: "request over lines", code: "import _snowflake\nr = _snowflake.send_snow_api_request(\n    'POST',\n)\n", want: []string{"2:5 send_snow_api_request"}},
		{name: "in a function", code: "def f():\n    import _snowflake\n    return _snowflake.get_secret_type('k')\n", want: []string{"3:12 get_secret_type"}},
		{name: "import in a try", code: "try:\n    import _snowflake\nexcept ImportError:\n    _snowflake = None\n_snowflake.get_cloud_provider_token('k')\n", want: []string{"5:1 get_cloud_provider_token"}},
		{name: "star", code: "from _snowflake import *\nget_generic_secret_string('k')\n", want: []string{"2:1 get_generic_secret_string"}},
		{name: "another's", code: "import x as _snowflake\n_snowflake.get_secret_type('k')\nfrom snowflake.snowpark.secrets import get_secret_type\nget_secret_type('k')\n"},
		{name: "getattr", code: "import _snowflake\nk = getattr(_snowflake, 'get_secret_type')('k')\n", want: []string{"2:5 get_secret_type"}},
		{name: "another getattr", code: "import _snowflake\ndef getattr(a, b): pass\ngetattr(_snowflake, 'get_secret_type')('k')\n"},
		{name: "a parameter", code: "def f(_snowflake):\n    _snowflake.get_secret_type('k')\n"},
		{name: "a handler", code: st + "st.title('x')\n## udf.py\nimport _snowflake\n_snowflake.get_secret_type('k')\n"},
	})
}

func TestModuleCallsByHand(t *testing.T) {
	t.Parallel()
	folder := read(t, map[string]string{"streamlit_app.py": "import _snowflake\n_snowflake.get_secret_type('k')\n_snowflake.get_secret_type(k)\n_snowflake.other()\n_snowflake.send_snow_api_request(m)\n"})
	var got []bool
	for _, f := range check.Folder(folder, facts.Options{Select: []string{"SL104"}}).Findings {
		got = append(got, f.Automatic)
	}
	if diff := cmp.Diff([]bool{true, false, false, true}, got); diff != "" {
		t.Error(diff)
	}
}

func TestPageArguments(t *testing.T) {
	try(t, "SL105", []snippet{
		{name: "all", code: st + "st.set_page_config(\n    page_title='x', layout='wide',\n    page_icon='y',\n    menu_items={},\n)\n", want: []string{"3:5 page_title", "4:5 page_icon", "5:5 menu_items"}},
		{name: "by place", code: st + "st.set_page_config('x', 'y', 'wide', 'auto', {})\n", want: []string{"2:20 page_title", "2:25 page_icon", "2:46 menu_items"}},
		{name: "from", code: "from streamlit import set_page_config as p\np(page_title='ö', page_icon='y')\n", want: []string{"2:3 page_title", "2:19 page_icon"}},
		{name: "module", code: "import streamlit\nif 1:\n\tstreamlit.set_page_config(page_icon='y')\n", want: []string{"3:28 page_icon"}},
		{name: "with an effect", code: st + "st.set_page_config(layout='wide', initial_sidebar_state='expanded')\n"},
		{name: "unknown", code: st + "st.set_page_config(*a, **k)\n"},
		{name: "another function", code: st + "st.x(page_title='x')\nset_page_config(page_title='x')\nfoo.set_page_config(page_title='x')\n"},
		{name: "in a warehouse", code: st + "st.set_page_config(page_title='x')\n", want: []string{"2:20 page_title"}, options: facts.Options{Runtime: scaffold.Warehouse}},
		{name: "silenced", code: st + "st.set_page_config(\n    page_title='x',  # sleet: ignore[SL101, sl105]\n    page_icon='y',  # sleet: ignore[SL1]\n    menu_items={},  # sleet:ignore\n)\n", want: []string{"4:5 page_icon"}},
	})
}

func TestRemoved(t *testing.T) {
	version := func(v string) facts.Options { return facts.Options{Streamlit: v} }
	try(t, "SL106", []snippet{
		{name: "getattr", code: st + "getattr(st, 'experimental_rerun')()\n", want: []string{"2:1 experimental_rerun"}},
		{name: "getattr of what may be missing", code: st + "f = getattr(st, 'experimental_rerun', None)\nif hasattr(st, 'cache'):\n    pass\n"},
		{name: "getattr by a variable", code: st + "for name in ['experimental_rerun']:\n    getattr(st, name)()\n"},
		{name: "call", code: st + "st.experimental_rerun()\n", want: []string{"2:1 experimental_rerun"}},
		{name: "decorators", code: st + "@st.cache(ttl=1)\ndef f():\n    pass\n@st.experimental_memo\ndef g(): ...\n", want: []string{"2:2 cache", "5:2 experimental_memo"}},
		{name: "further attributes", code: st + "x = st.experimental_user.email\nst.experimental_memo.clear()\n", want: []string{"2:5 experimental_user", "3:1 experimental_memo"}},
		{name: "over lines", code: st + "x = (st\n    .bokeh_chart)(f)\n", want: []string{"2:6 bokeh_chart"}},
		{name: "import", code: "from streamlit import cache, title, experimental_rerun as r\nr()\n", want: []string{"1:1 cache", "1:1 experimental_rerun"}},
		{name: "star", code: "from streamlit import *\nexperimental_rerun()\ntitle('x')\ncache = 1\ncache\n", want: []string{"2:1 experimental_rerun"}},
		{name: "sidebar", code: st + "st.sidebar.beta_columns(2)\n", want: []string{"2:1 beta_columns"}},
		{name: "arguments", code: st + "@st.cache_data(experimental_allow_widgets=True)\ndef f(): ...\nst.image(\n    'x', use_column_width=True)\n", want: []string{"2:2 cache_data.experimental_allow_widgets"}},
		{name: "the argument that came back", code: st + "st.image('x', use_column_width=True)\n", want: []string{"2:1 image.use_column_width"}, options: version("1.63.1")},
		{name: "before", code: st + "st.image('x', use_column_width=True)\nst.cache\nst.experimental_rerun()\n", options: version("1.36")},
		{name: "from then on", code: st + "st.cache\nst.experimental_rerun()\n", want: []string{"3:1 experimental_rerun"}, options: version("1.37.0")},
		{name: "parts of the page", code: st + "a, b = st.columns(2)\na.bokeh_chart(f)\nwith st.expander('x') as e:\n    e.image('x', use_column_width=True)\nfor t in st.tabs([]):\n    t.beta_columns(2)\nst.empty().image('x', use_column_width=True)\nst.sidebar.container().image('y', use_column_width=1)\ndef f():\n    return st.container()\nf().bokeh_chart(x)\n", want: []string{"3:1 bokeh_chart", "5:5 image.use_column_width", "7:5 beta_columns", "8:1 image.use_column_width", "9:1 image.use_column_width", "12:1 bokeh_chart"}, options: version("1.62")},
		{name: "connection", code: st + "st.connection('x', type='snowpark')\nst.connection('snowpark')\nst.connection('x', 'snowpark')\nst.connection('snowpark', type='sql')\n", want: []string{"2:1 connection.type=snowpark", "3:1 connection.type=snowpark", "4:1 connection.type=snowpark"}},
		{name: "the warehouse's newest", code: st + "st.cache\nst.experimental_rerun()\n", want: []string{"3:1 experimental_rerun"}, options: facts.Options{Runtime: scaffold.Warehouse}},
		{name: "still there", code: st + "st.rerun()\nst.cache_data\nst.image('x', use_container_width=True)\nst.user\n"},
		{name: "another's", code: "import functools as st\nst.cache\nfrom x import cache\nfoo.experimental_rerun()\n"},
		{name: "text", code: st + "'st.cache'  # st.cache\nhasattr(st, 'experimental_rerun')\n"},
		{name: "set by the app", code: st + "st.experimental_rerun = st.rerun\n"},
	})
}
