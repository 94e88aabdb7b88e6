package findings

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
)

// TestSARIFFixes applies the replacements of each fix to the files of a report, as an editor does, and checks that the
// finding is fixed.
func TestSARIFFixes(t *testing.T) {
	const main = "streamlit_app.py"
	for _, test := range []struct {
		name  string
		files map[string]string
		want  []string // the rules that have a fix
	}{
		{"page", map[string]string{main: "import streamlit as st\nst.set_page_config('売上', 'x', layout='wide', menu_items={})\n"}, []string{"SL105"}},
		{"line ends", map[string]string{main: "import streamlit as st\r\nst.set_page_config(\r\n\tpage_title='売上', layout='wide',\r\n)\r\nst.experimental_rerun()\r\n"}, []string{"SL105", "SL106"}},
		{"byte order mark", map[string]string{main: "\ufeffimport streamlit as st; st.set_page_config(page_title='x'); st.title('x')\n"}, []string{"SL105"}},
		{"imported", map[string]string{main: "from streamlit import experimental_rerun, title\ndef f():\n    experimental_rerun()\nf()\n"}, []string{"SL106"}},
		{"session", map[string]string{main: "import streamlit as st\nfrom snowflake.snowpark.context import get_active_session\nst.title('売上'); s = get_active_session()\n"}, []string{"SL101", "SL102"}},
		{"session of two files", map[string]string{
			main:   "import a\nfrom snowflake.snowpark.context import get_active_session\nget_active_session()\n",
			"a.py": "from snowflake.snowpark.context import get_active_session\nget_active_session()\n",
		}, nil},
		{"secret", map[string]string{main: "import _snowflake\n_snowflake.get_generic_secret_string('k')\n"}, nil},
		{"by hand", map[string]string{main: "import streamlit as st\nst.cache\n"}, nil},
		{"options", map[string]string{main: "import streamlit as st\nst.title('x')\n", ".streamlit/config.toml": "[theme]\nbase = 'dark'\n\n[server]\nport = 1\n"}, []string{"SL301"}},
		{"in a folder", map[string]string{"sub/" + main: "import streamlit as st\nst.set_page_config(page_title='x')\nst.title('x')\n"}, []string{"SL105"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, text := range test.files {
				path := filepath.Join(dir, filepath.FromSlash(name))
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			folder := readFolder(t, dir)
			c := Checked{Folder: folder, Report: check.Folder(folder, facts.Options{Runtime: "container"})}
			if rules := fixedRules(t, c); !slices.Equal(rules, test.want) {
				t.Errorf("fixes for %v, want %v", rules, test.want)
			}
		})
	}
}

// fixedRules applies every fix of a report and returns the rules that have one.
func fixedRules(t *testing.T, c Checked) []string {
	t.Helper()
	fixes := fixesOf(c, facts.Options{})
	var rules []string
	for _, f := range c.Report.Findings {
		for _, fix := range fixes.sarifFixes(c.Folder, f) {
			rules = append(rules, f.Rule)
			text, _ := c.Folder.Content(f.Path)
			after := c.Folder.With(map[string][]byte{f.Path: replaced(t, text, fix.Changes[0].Replacements)})
			for _, s := range after.Skipped {
				t.Errorf("%s: the fix of %s breaks %s: %s", f.Path, f.Rule, s.Path, s.Reason)
			}
			for _, left := range check.Folder(after, facts.Options{Runtime: "container"}).Findings {
				if left.Rule == f.Rule && left.Path == f.Path && left.Automatic {
					t.Errorf("%s:%d: %s is still found after its fix", left.Path, left.Line, left.Rule)
				}
			}
		}
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

// replaced applies replacements to a text, the last one first.
func replaced(t *testing.T, text []byte, list []sarifReplacement) []byte {
	t.Helper()
	for _, r := range slices.Backward(list) {
		start, end := offset(t, text, r.Deleted.StartLine, r.Deleted.StartColumn), offset(t, text, r.Deleted.EndLine, r.Deleted.EndColumn)
		inserted := ""
		if r.Inserted != nil {
			inserted = r.Inserted.Text
		}
		text = slices.Concat(text[:start], []byte(inserted), text[end:])
	}
	return text
}

// offset returns the byte offset of a line and column; columns count characters, as in editors.
func offset(t *testing.T, text []byte, line, column int) int {
	t.Helper()
	at := 0
	for range line - 1 {
		at += bytes.IndexByte(text[at:], '\n') + 1
	}
	if at == 0 {
		at = len(text) - len(bytes.TrimPrefix(text, []byte("\ufeff")))
	}
	for range column - 1 {
		at += len(string([]rune(string(text[at:min(len(text), at+4)]))[0]))
	}
	return at
}

func readFolder(t *testing.T, dir string) *existing.Folder {
	t.Helper()
	folder, err := existing.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return folder
}
