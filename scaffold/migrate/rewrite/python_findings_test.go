package rewrite

import (
	"path"
	"path/filepath"
	"slices"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/testtools"
)

// TestPythonFixesFindings compares the findings that the edits fix with those of the check: the edits fix everything
// that the check calls automatic, nothing that it does not find, and leave nothing automatic.
func TestPythonFixesFindings(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("testdata/python/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, archive := range archives {
		for _, e := range examples(t, archive) {
			t.Run(path.Base(archive)+"/"+e.name, func(t *testing.T) {
				t.Parallel()
				left := leftTo(path.Base(archive) + "/" + e.name)
				found := findings(t, e.before)
				after, code := rewrite(t, e.before, exampleOptions())
				var all []change.Mark
				for _, f := range found {
					m := change.Mark{Rule: f.Rule, Path: f.Path, Line: f.Line}
					all = append(all, m)
					noted := slices.ContainsFunc(code.Notes, func(n change.Note) bool { return n.Rule == m.Rule && n.Line == m.Line })
					if f.Automatic && !noted && !slices.Contains(left, f.Rule) && !slices.Contains(code.Fixed, m) {
						t.Errorf("not fixed: %+v %s", m, f.Symbol)
					}
				}
				for _, m := range code.Fixed {
					if !slices.Contains(all, m) {
						t.Errorf("fixed, though not found: %+v", m)
					}
				}
				both := map[string]string{}
				for p, text := range e.before {
					both[p] = text
				}
				for p, text := range after {
					both[p] = text
				}
				for _, f := range findings(t, both) {
					if f.Automatic && !slices.Contains(left, f.Rule) {
						t.Errorf("left: %s %s:%d %s", f.Rule, f.Path, f.Line, f.Symbol)
					}
				}
			})
		}
	}
}

// leftTo returns the findings that an example leaves to the person, by archive and name.
func leftTo(example string) []string {
	return map[string][]string{
		"warehouse.txtar/handler_code": {"SL103"}, // a function that does not belong to the app
		"warehouse.txtar/variable":     {"SL103", "SL104"},
		"streamlit.txtar/widgets":      {"SL106"},
		"streamlit.txtar/manual":       {"SL106"},
		"streamlit.txtar/page_places":  {"SL105"},
	}[example]
}

// findings returns the findings of the rules that the Python edits fix.
func findings(t *testing.T, files map[string]string) []facts.Finding {
	t.Helper()
	dir := t.TempDir()
	testtools.WriteFiles(t, dir, files)
	folder, err := existing.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return check.Folder(folder, facts.Options{
		Runtime: scaffold.Container, Select: []string{"SL101", "SL102", "SL103", "SL104", "SL105", "SL106", "SL108"},
	}).Findings
}
