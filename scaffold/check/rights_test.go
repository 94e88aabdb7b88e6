package check_test

import (
	"slices"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
)

func TestSharedCallers(t *testing.T) {
	const callers = "conn = st.connection('snowflake-callers-rights')\n"
	try(t, "SL114", []snippet{
		{name: "a cached query", code: st + callers + "@st.cache_data\ndef rows():\n    return conn.query('SELECT 1')\n", want: []string{"3:2 rows"}},
		{name: "with a ttl", code: st + callers + "@st.cache_data(ttl=600)\ndef rows():\n    return conn.query('SELECT 1')\n", want: []string{"3:2 rows"}},
		{name: "through a session and a function", code: st + callers + "session = conn.session()\ndef run(q):\n    return session.sql(q).to_pandas()\n@st.cache_data(scope='global')\ndef rows():\n    return run('SELECT 1')\n", want: []string{"6:2 rows"}},
		{name: "connection itself", code: st + "@st.cache_resource\ndef connect():\n    return st.connection('snowflake-callers-rights')\n", want: []string{"2:2 connect"}},
		{name: "of each session", code: st + callers + "@st.cache_data(scope='session', ttl=600)\ndef rows():\n    return conn.query('SELECT 1')\n"},
		{name: "not cached", code: st + callers + "def rows():\n    return conn.query('SELECT 1')\n"},
		{name: "with the owner's rights", code: st + callers + "own = st.connection('snowflake')\n@st.cache_data\ndef rows():\n    return own.query('SELECT 1')\n"},
	})
}

func TestUnsupportedCallers(t *testing.T) {
	t.Parallel()
	const code = "import streamlit as st\n\nconn = st.connection(\"snowflake-callers-rights\")\nst.dataframe(conn.query(\"SELECT 1\"))\n"
	project := func(streamlit string) string {
		return "[project]\nname = \"a\"\nversion = \"1\"\nrequires-python = \">=3.11,<3.12\"\ndependencies = [\"" + streamlit + "\"]\n"
	}
	for _, test := range []struct {
		name    string
		runtime scaffold.Runtime
		files   map[string]string
		found   bool
	}{
		{"a warehouse", scaffold.Warehouse, map[string]string{"streamlit_app.py": code}, true},
		{"a pin below", scaffold.Container, map[string]string{"streamlit_app.py": code, "pyproject.toml": project("streamlit==1.52.2")}, true},
		{"a bound below", scaffold.Container, map[string]string{"streamlit_app.py": code, "requirements.txt": "streamlit>=1.50,<1.53  # old\n"}, true},
		{"a lock below", scaffold.Container, map[string]string{
			"streamlit_app.py": code, "pyproject.toml": project("streamlit>=1.50"), "uv.lock": "[[package]]\nname = \"streamlit\"\nversion = \"1.52.2\"\n",
		}, true},
		{"a range that reaches it", scaffold.Container, map[string]string{"streamlit_app.py": code, "pyproject.toml": project("streamlit[snowflake]>=1.50")}, false},
		{"no connection of that kind", scaffold.Warehouse, map[string]string{"streamlit_app.py": "import streamlit as st\nst.connection(\"snowflake\")\n"}, false},
	} {
		list := check.Folder(read(t, test.files), facts.Options{Runtime: test.runtime, Select: []string{"SL115"}}).Findings
		if got := len(list) > 0; got != test.found {
			t.Errorf("%s: %+v", test.name, list)
		}
	}
}

func TestBlockedContent(t *testing.T) {
	try(t, "SL116", []snippet{
		{name: "a script from elsewhere", code: st + "st.html('<script src=\"https://cdn.example.com/a.js\"></script>')\n", want: []string{"2:1 script"}},
		{name: "a style from elsewhere", code: st + "st.markdown('<link rel=\"stylesheet\" href=\"https://fonts.example.com/a.css\">', unsafe_allow_html=True)\n", want: []string{"2:1 style"}},
		{name: "a frame", code: st + "import streamlit.components.v1 as components\ncomponents.iframe('https://example.com/map')\n", want: []string{"3:1 iframe"}},
		{name: "eval", code: st + "import streamlit.components.v1 as components\ncomponents.html('<script>eval(\"1\")</script>')\n", want: []string{"3:1 eval"}},
		{name: "own styles", code: st + "st.markdown('<style>p { color: red }</style>', unsafe_allow_html=True)\nst.html('<p>https://example.com</p>')\n"},
		{name: "shown as text", code: st + "st.markdown('<script src=\"https://cdn.example.com/a.js\">')\nst.write('[a link](https://example.com)')\n"},
	})
}

// TestFacts checks the facts about an app's code that a diagnosis uses.
func TestFacts(t *testing.T) {
	t.Parallel()
	folder := read(t, map[string]string{"streamlit_app.py": `import os
import openai
import requests
import streamlit as st

BASE = "https://api.example.com:8443"
DOCS = "https://docs.example.com"
st.link_button("Docs", DOCS)
st.image("https://img.example.com/logo.png")
requests.get(f"{BASE}/v1")
requests.post("http://plain.example.com/x", json={"see": 1})
key = st.secrets["api_key"]
user = st.secrets.login.username
maybe = st.secrets.get("optional", None)
token = os.environ["API_TOKEN"]
st.connection("snowflake").session().sql("SELECT MY_DB.S.GET_KEY(), CURRENT_USER()").collect()
`})
	app := folder.Apps[0]
	var hosts, keys []string
	for _, h := range facts.Hosts(app) {
		hosts = append(hosts, h.Host)
	}
	if want := []string{"api.openai.com", "api.example.com:8443", "plain.example.com:80"}; !slices.Equal(hosts, want) {
		t.Errorf("hosts %q, want %q", hosts, want)
	}
	reads, dynamic := facts.SecretReads(app)
	for _, r := range reads {
		if r.Key == "login" && !slices.Equal(r.Types, []string{"PASSWORD"}) || r.Optional != (r.Key == "optional") {
			t.Errorf("%+v", r)
		}
		keys = append(keys, r.Key)
	}
	if want := []string{"api_key", "login", "optional", "API_TOKEN"}; !slices.Equal(keys, want) || dynamic {
		t.Errorf("keys %q, want %q; dynamic %v", keys, want, dynamic)
	}
	calls := facts.FunctionCalls(app)
	if len(calls) != 2 || calls[0].Name != "MY_DB.S.GET_KEY" || calls[0].Line != 16 {
		t.Errorf("calls %+v", calls)
	}
}
