package rewrite

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/scaffold/migrate/change"
)

const mixed = `import streamlit as st
import _snowflake
from snowflake.snowpark.context import get_active_session

st.set_page_config(page_title="a", layout="wide")
session = get_active_session()
KEY = st.text_input("key")
a = _snowflake.get_generic_secret_string("plain")
b = _snowflake.get_oauth_access_token("drive")
c = _snowflake.get_generic_secret_string(KEY)
d = _snowflake.get_secret_type("my-key")
e = _snowflake.send_snow_api_request("GET", "/", {}, {}, {}, None, 1)
try:
    f = get_active_session()
except RuntimeError:
    st.stop()
st.experimental_rerun()
`

// TestPythonResults checks the results of Python besides the edits.
func TestPythonResults(t *testing.T) {
	t.Parallel()
	_, code := rewrite(t, map[string]string{"streamlit_app.py": mixed}, exampleOptions())
	path := "streamlit_app.py"
	want := []Secret{
		{Key: "drive", Name: "drive", Type: scaffold.OAuth2, Ways: []scaffold.Access{scaffold.AccessFunction}, Reads: []change.Place{{Path: path, Line: 9, Column: 5}}},
		{Key: "my-key", Name: "my_key", Ways: []scaffold.Access{scaffold.AccessFunction, scaffold.AccessSecrets}, Reads: []change.Place{{Path: path, Line: 11, Column: 5}}},
		{Key: "plain", Name: "plain", Type: scaffold.GenericString, Ways: []scaffold.Access{scaffold.AccessFunction, scaffold.AccessSecrets}, Reads: []change.Place{{Path: path, Line: 8, Column: 5}}},
	}
	if diff := cmp.Diff(want, code.Secrets); diff != "" {
		t.Errorf("secrets (-want +got)\n%s", diff)
	}
	if !code.Session || !code.Cortex {
		t.Errorf("session %v, cortex %v", code.Session, code.Cortex)
	}
	var lines []int
	for _, n := range code.Notes {
		lines = append(lines, n.Line)
		if n.Rule != "SL104" || n.Path != path || n.Message.IsZero() || n.Fix.IsZero() || !n.Manual {
			t.Errorf("note %+v", n)
		}
	}
	if diff := cmp.Diff([]int{10, 11}, lines); diff != "" {
		t.Errorf("lines of notes (-want +got)\n%s", diff)
	}
	for _, e := range code.Edits {
		if flagged := e.Line == 14; e.Automatic == flagged {
			t.Errorf("automatic %v: %+v", e.Automatic, e)
		}
		if e.Rule == "" || e.Why.IsZero() || e.Kind == "" || e.Group != path+":"+string(e.Kind) || e.Line == 0 {
			t.Errorf("an edit says too little: %+v", e)
		}
	}
}

// TestPythonSkips checks that skipped edits are not made.
func TestPythonSkips(t *testing.T) {
	t.Parallel()
	kinds := []change.Kind{change.KindSession, change.KindSecret, change.KindCortex, change.KindPageConfig, change.KindStreamlit}
	path := "streamlit_app.py"
	for _, skipped := range kinds {
		choices := exampleOptions()
		choices.Skip = map[string]bool{path + ":" + string(skipped): true}
		after, code := rewrite(t, map[string]string{path: mixed}, choices)
		seen := map[change.Kind]bool{}
		for _, e := range code.Edits {
			seen[e.Kind] = true
		}
		for _, kind := range kinds {
			if seen[kind] == (kind == skipped) {
				t.Errorf("%s skipped: edits of %s: %v", skipped, kind, seen[kind])
			}
		}
		if _, parsed := after[path]; !parsed {
			t.Errorf("%s skipped: nothing else is left", skipped)
		}
		if _, has := after["snowflake_api.py"]; has == (skipped == change.KindCortex) {
			t.Errorf("%s skipped: snowflake_api.py made: %v", skipped, has)
		}
	}
}

// TestPythonKeepsOtherFiles checks that files that are not app code stay unchanged.
func TestPythonKeepsOtherFiles(t *testing.T) {
	t.Parallel()
	handler := "import _snowflake\nfrom snowflake.snowpark.context import get_active_session\n" +
		"def run():\n    return get_active_session(), _snowflake.get_generic_secret_string(\"plain\")\n"
	after, code := rewrite(t, map[string]string{
		"streamlit_app.py": "import streamlit as st\nst.write(1)\n",
		"procedures/p.py":  handler,
	}, exampleOptions())
	if len(after) > 0 || len(code.Fixed) > 0 || len(code.Secrets) > 0 {
		t.Errorf("changed %v, secrets %v", after, code.Secrets)
	}
}

// TestPythonKeepsOtherModules checks that generated modules do not replace modules with the same names.
func TestPythonKeepsOtherModules(t *testing.T) {
	t.Parallel()
	after, _ := rewrite(t, map[string]string{
		"streamlit_app.py":       "import streamlit as st\nfrom a import b\nimport _snowflake\nst.write(_snowflake.get_generic_secret_string(\"held\"), b)\n",
		"a.py":                   "import streamlit as st\nfrom snowflake.snowpark.context import get_active_session\nb = get_active_session()\nst.write(b)\n",
		"snowflake_session/x.py": "y = 1\n",
		"snowflake_secrets.py":   "mine = 1\n",
	}, exampleOptions())
	for _, p := range []string{"streamlit_app.py", "a.py", "snowflake_session_2.py", "snowflake_secrets_2.py"} {
		if after[p] == "" {
			t.Errorf("no %s in %v", p, after)
		}
	}
	if len(after) != 4 {
		t.Errorf("%d files change", len(after))
	}
}

// TestPythonOtherEncodings checks that only ASCII is written into a file that is not UTF-8.
func TestPythonOtherEncodings(t *testing.T) {
	t.Parallel()
	const before = "# coding: latin-1\nimport streamlit as st\nfrom snowflake.snowpark import Session\n" +
		"from snowflake.snowpark.context import get_active_session\n# caf\xe9\n" +
		"try:\n    # d\xe9but\n    session = get_active_session()  # ici: \xe9\nexcept Exception:\n" +
		"    session = Session.builder.create()\nst.write('\xe9', session)\n"
	choices := exampleOptions()
	choices.App.App.Language = scaffold.Japanese
	after, _ := rewrite(t, map[string]string{"app.py": before}, choices)
	want := helperIn("# coding: latin-1\nimport streamlit as st\n\n\nHELPER\n\n\n# caf\xe9\n" +
		"session = get_session()  # ici: \xe9\nst.write('\xe9', session)\n")
	if diff := cmp.Diff(want, after["app.py"]); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestPythonInJapanese checks that the helpers' comments are in the language of the app.
func TestPythonInJapanese(t *testing.T) {
	t.Parallel()
	choices := exampleOptions()
	choices.App.App.Language = scaffold.Japanese
	after, _ := rewrite(t, map[string]string{"streamlit_app.py": mixed}, choices)
	for p, text := range after {
		if p != "streamlit_app.py" && isASCII(text) {
			t.Errorf("%s has no Japanese:\n%s", p, text)
		}
	}
}

// TestPythonFlagsWhatStays checks that a session is flagged if a module that runs once keeps it.
func TestPythonFlagsWhatStays(t *testing.T) {
	t.Parallel()
	_, code := rewrite(t, map[string]string{
		"streamlit_app.py": "import streamlit as st\nfrom db import rows\nfrom snowflake.snowpark.context import get_active_session\nst.write(rows(), get_active_session())\n",
		"db.py":            "from snowflake.snowpark.context import get_active_session\nsession = get_active_session()\nNAME = session.get_current_database()\ndef rows():\n    return session, get_active_session()\n",
	}, exampleOptions())
	for _, e := range code.Edits {
		if flagged := e.Path == "db.py" && e.Line == 2; e.Automatic == flagged {
			t.Errorf("automatic %v: %+v", e.Automatic, e)
		}
	}
}
