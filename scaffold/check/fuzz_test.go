package check_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
)

// FuzzRead reads a folder from any text: lines "## path" start a file. Nothing may panic, every file must be in at most
// one app, and every finding must be inside its file.
func FuzzRead(f *testing.F) {
	f.Add("## streamlit_app.py\n" + session + "st.cache\n")
	f.Add("## snowflake.yml\nentities:\n  a: {type: streamlit, main_file: ../x.py}\n## a/../../x.py\n## sub/streamlit_app.py\n" + page)
	f.Add("## m.sql\nCREATE STREAMLIT a MAIN_FILE='//../b.py';\n## b.py\nimport a\n## a.py\nfrom b import *\nfrom a import x as x\nx()\n")
	f.Add("## sleet.toml\n[app]\nmain_file = \"\"\n## p/__init__.py\nfrom . import q\n## p/q.py\nfrom .. import p\nimport p.q.r\np = p\np.x()\n")
	f.Add("## environment.yml\n\x00: [\n## .streamlit/secrets.toml\na = \"\"\"\n## requirements.txt\n==\n## .git/x.py\n")
	f.Add("## streamlit_app.py\nst = st\na = b\nb = a\na.session()\nb.sql(b)\ndef f():\n    return f()\nf().collect()\n")
	f.Add("## streamlit_app.py\nimport streamlit as st\ncur = cur\ncur.execute(q)\nq = q + q\nsession.sql(q).collect()\ndf = df.df(df)\ndf.collect()\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 {
			return
		}
		dir := t.TempDir()
		for name, content := range split(text) {
			if !filepath.IsLocal(name) || strings.ContainsRune(name, 0) || len(name) > 200 {
				continue
			}
			path := filepath.Join(dir, name)
			if os.MkdirAll(filepath.Dir(path), 0o750) == nil {
				_ = os.WriteFile(path, []byte(content), 0o600) // invalid names are left out
			}
		}
		folder, err := existing.Read(dir)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, app := range folder.Apps {
			all = append(all, app.Paths...)
		}
		slices.Sort(all)
		if len(slices.Compact(slices.Clone(all))) != len(all) {
			t.Fatalf("a file has two apps: %q", all)
		}
		for _, runtime := range []scaffold.Runtime{scaffold.Container, scaffold.Warehouse} {
			for _, f := range check.Folder(folder, facts.Options{Runtime: runtime}).Findings {
				start, end := f.Span()
				if f.Line < 1 || f.Column < 1 || f.EndLine < f.Line || start > end || start < 0 || f.Rule == "" || f.Message.IsZero() || f.Fix.IsZero() {
					t.Errorf("%+v", f)
				}
				if f.EndLine == f.Line && f.EndColumn < f.Column {
					t.Errorf("%+v", f)
				}
			}
		}
	})
}
