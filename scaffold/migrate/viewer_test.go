package migrate

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold/migrate/change"
	"sleet/ui/message"
)

// viewerApp is a warehouse app with each thing that changes, and each that does not, when one process serves all
// viewers.
var viewerApp = map[string]string{ //nolint:gochecknoglobals // A table.
	"streamlit_app.py": `import functools

import streamlit as st
from snowflake.snowpark.context import get_active_session

session = get_active_session()


@st.cache_data
def regions():
    return session.sql("SELECT * FROM REGIONS").to_pandas()


@st.cache_data(ttl=600)
def mine():
    return session.sql("SELECT * FROM ORDERS WHERE SELLER = CURRENT_USER()").to_pandas()


@functools.lru_cache
def factor():
    return 2


def hello():
    return session.sql("SELECT CURRENT_USER()").collect()


st.dataframe(regions())
st.dataframe(mine())
st.write(hello(), factor())
`,
	"environment.yml": "name: app\nchannels:\n  - snowflake\ndependencies:\n  - streamlit=1.52.2\n  - pandas\n",
	"policies.sql": `CREATE ROW ACCESS POLICY SALES.SELLERS AS (SELLER VARCHAR) RETURNS BOOLEAN -> SELLER = CURRENT_USER();
CREATE OR REPLACE MASKING POLICY SALES.PRICES AS (P NUMBER) RETURNS NUMBER -> IFF(IS_ROLE_IN_SESSION('BOSS'), P, NULL);
CREATE ROW ACCESS POLICY IF NOT EXISTS SALES.ALL_ROWS AS (A NUMBER) RETURNS BOOLEAN -> TRUE; -- not by CURRENT_USER()
CREATE VIEW SALES.ME AS SELECT CURRENT_USER() AS ME;
`,
}

// viewerNotes returns the notes of an app's migration about its viewers.
func viewerNotes(t *testing.T, files map[string]string) (manual, advice map[string]change.Note) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m := planned(t, dir)
	by := func(notes []change.Note) map[string]change.Note {
		all := map[string]change.Note{}
		for _, n := range notes {
			if slices.Contains([]string{RuleViewer, RuleCache, RulePolicy}, n.Rule) {
				all[fmt.Sprintf("%s %s", n.Rule, n.Symbol)] = n
			}
		}
		return all
	}
	return by(m.Manual), by(m.Advice)
}

func keysOf(notes map[string]change.Note) []string {
	keys := make([]string, 0, len(notes))
	for key := range notes {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// TestViewers checks the note about each function, policy and cache: if one viewer's rows could be shown to another,
// the person must decide; the rest is advice.
func TestViewers(t *testing.T) {
	manual, advice := viewerNotes(t, viewerApp)
	if diff := cmp.Diff([]string{"SL113 CURRENT_USER", "row-policy SALES.SELLERS", "shared-cache mine"}, keysOf(manual)); diff != "" {
		t.Errorf("manual (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"row-policy SALES.PRICES", "shared-cache regions"}, keysOf(advice)); diff != "" {
		t.Errorf("advice (-want +got):\n%s", diff)
	}
	if text := advice["shared-cache regions"].Message.String(); !strings.Contains(text, "factor() (") || !strings.Contains(text, "regions() (") {
		t.Errorf("%s", text)
	}
	n := manual["SL113 CURRENT_USER"]
	for _, want := range []string{"the viewer in a warehouse, and the app's owner in a container", "caller's rights, under which CURRENT_USER returns the same as before"} {
		if !strings.Contains(n.Message.String()+n.Fix.String(), want) {
			t.Errorf("no %q in %s; %s", want, n.Message, n.Fix)
		}
	}
	if n := manual["shared-cache mine"]; n.Line == 0 || n.Path != "streamlit_app.py" || !strings.Contains(n.Fix.String(), `scope="session"`) {
		t.Errorf("%+v", n)
	}
	if n := manual["row-policy SALES.SELLERS"]; n.Line != 1 || n.Path != "policies.sql" {
		t.Errorf("%+v", n)
	}
	ja := message.For("ja").T
	for _, n := range manual {
		if text := n.Message.In(ja); strings.Contains(text, "viewer") {
			t.Errorf("%s", text)
		}
	}
}

// TestViewersMixed checks that caller's rights are not suggested if they would change the result of another function.
func TestViewersMixed(t *testing.T) {
	files := map[string]string{
		"environment.yml": viewerApp["environment.yml"],
		"streamlit_app.py": `import streamlit as st
from snowflake.snowpark.context import get_active_session

session = get_active_session()
st.write(session.sql("SELECT CURRENT_USER(), CURRENT_ROLE()").collect())
`,
	}
	manual, advice := viewerNotes(t, files)
	if n := manual["SL113 CURRENT_USER"]; !strings.Contains(n.Fix.String(), "but change CURRENT_ROLE") {
		t.Errorf("%s; %s", n.Message, n.Fix)
	}
	if n, ok := advice["SL113 CURRENT_ROLE"]; !ok || !strings.Contains(n.Message.String(), "in a container as in a warehouse") {
		t.Errorf("%v %s", keysOf(advice), n.Message)
	}
}

// TestViewersOfASession checks that there is no note about a cache that belongs to each viewer.
func TestViewersOfASession(t *testing.T) {
	files := map[string]string{
		"environment.yml": viewerApp["environment.yml"],
		"streamlit_app.py": `import streamlit as st


@st.cache_data(scope="session")
def mine():
    return st.user.user_name


st.write(mine())
`,
	}
	if manual, advice := viewerNotes(t, files); len(manual)+len(advice) > 0 {
		t.Errorf("%v %v", keysOf(manual), keysOf(advice))
	}
}
