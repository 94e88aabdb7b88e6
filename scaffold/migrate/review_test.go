package migrate

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"sleet/scaffold"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/testtools"
)

// TestReviewListsEveryFlaggedEdit compares the edits that need review with what a person reads: the list of them, and
// MIGRATION.md.
func TestReviewListsEveryFlaggedEdit(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("rewrite/testdata/python/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, archive := range archives {
		for name, files := range examplesBefore(t, archive) {
			m := planned(t, testtools.Folder(t, files))
			written := ""
			for _, f := range m.New {
				if f.Path == scaffold.ManualFile {
					written = string(f.Data)
				}
			}
			for _, edit := range m.Edits {
				if edit.Automatic {
					continue
				}
				why := edit.Why.String()
				seen[why] = true
				if !slices.ContainsFunc(m.Review, func(n change.Note) bool { return n.Path == edit.Path && n.Message.String() == why }) {
					t.Errorf("%s: not listed: %s", name, why)
				}
				if !strings.Contains(written, "## Review these edits\n") || !strings.Contains(written, why) {
					t.Errorf("%s: not in %s: %s", name, scaffold.ManualFile, why)
				}
			}
		}
	}
	if len(seen) < 5 {
		t.Errorf("only %d reasons: %v", len(seen), seen)
	}
}

// TestReviewSaysWhere checks that the line is the line in the edited file.
func TestReviewSaysWhere(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, code, line, says string
	}{
		{
			"a handler of the old error", `try:
    session = get_active_session()
    st.caption("here")
except SnowparkSessionException:
    session = None
`, "session = get_session()", "check that the handler still applies",
		},
		{
			"a flag", `try:
    get_active_session()
    INSIDE = True
except Exception:
    INSIDE = False
`, "get_session()", "check that the handler still applies",
		},
		{
			"a cache of what holds the session", `@st.cache_resource
def table():
    return get_active_session().table("T")
`, `return get_session().table("T")`, "this cache keeps objects made with the session",
		},
		{
			"options of the connection", `other = st.connection("snowflake", role="VIEWER").session()
`, "other = get_session()", "without the other arguments",
		},
		{"a handler of every error", `try:
    session = get_active_session()
except Exception:
    st.error("no session")
    st.stop()
`, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m := planned(t, testtools.Folder(t, map[string]string{"streamlit_app.py": `import streamlit as st
from snowflake.snowpark.context import get_active_session
from snowflake.snowpark.exceptions import SnowparkSessionException

st.write(SnowparkSessionException)
` + c.code}))
			if c.says == "" {
				if len(m.Review) > 0 {
					t.Error(notesText(m.Review))
				}
				return
			}
			if len(m.Review) != 1 || !strings.Contains(m.Review[0].Message.String(), c.says) {
				t.Fatal(notesText(m.Review))
			}
			var after string
			for _, change := range m.Changes {
				if change.Path == "streamlit_app.py" {
					after = string(change.New)
				}
			}
			if line := strings.TrimSpace(strings.Split(after, "\n")[m.Review[0].Line-1]); line != c.line {
				t.Errorf("line %d is %q, want %q", m.Review[0].Line, line, c.line)
			}
		})
	}
}

// examplesBefore returns the apps of an archive before the edits, by name: files NAME/path, except NAME/path.after.
func examplesBefore(t *testing.T, archive string) map[string]map[string]string {
	t.Helper()
	data, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	apps := map[string]map[string]string{}
	for _, f := range txtar.Parse(data).Files {
		name, path, _ := strings.Cut(f.Name, "/")
		if strings.HasSuffix(path, ".after") {
			continue
		}
		if apps[name] == nil {
			apps[name] = map[string]string{}
		}
		apps[name][path] = string(f.Data)
	}
	return apps
}

// TestReviewSessionKeptForAll checks that a session that an imported module keeps for all viewers is listed: the helper
// cannot replace it when it has expired.
func TestReviewSessionKeptForAll(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		code string
		want int
	}{
		"a global name":      {"_kept = None\n\ndef session():\n    global _kept\n    if _kept is None:\n        _kept = get_active_session()\n    return _kept\n", 1},
		"a class":            {"class Kept:\n    session = None\n    @classmethod\n    def get(cls):\n        cls.session = cls.session or 1\n        cls.session = get_active_session()\n", 1},
		"a class by name":    {"class Kept:\n    session = None\n\ndef keep():\n    Kept.session = get_active_session()\n", 1},
		"a local name":       {"def session():\n    kept = get_active_session()\n    return kept\n", 0},
		"an instance's name": {"class A:\n    def __init__(self):\n        self.session = get_active_session()\n", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := planned(t, testtools.Folder(t, map[string]string{
				"streamlit_app.py": "import db\nimport streamlit as st\nst.write(db)\n",
				"db.py":            "from snowflake.snowpark.context import get_active_session\n\n" + c.code,
			}))
			if len(m.Review) != c.want {
				t.Errorf("got %d edits to review, want %d: %s", len(m.Review), c.want, notesText(m.Review))
			}
		})
	}
}
