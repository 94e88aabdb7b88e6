package check_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/scaffold/testtools"
)

// TestAgainstAST compares SL101 to SL106 with a checker based on Python's own ast, on the sample apps and on every app
// in the folders of SLEET_SAMPLES, a list like PATH.
func TestAgainstAST(t *testing.T) {
	python := testtools.Tool(t, "app/bin/python")
	dirs, err := filepath.Glob("testdata/apps/*")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no sample apps", err)
	}
	for _, dir := range append(dirs, filepath.SplitList(os.Getenv("SLEET_SAMPLES"))...) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			testtools.CountConformance(t)
			folder, err := existing.Read(dir)
			if err != nil {
				t.Fatal(err)
			}
			theirs := astFindings(t, python, folder)
			ours := map[string][]string{}
			report := check.Folder(folder, facts.Options{
				Runtime: scaffold.Container,
				Select:  []string{"SL101", "SL102", "SL103", "SL104", "SL105", "SL106"},
			})
			for _, f := range report.Findings {
				if !strings.ContainsAny(f.Symbol, ".=") { // it ignores the arguments of removed APIs
					ours[f.Path] = append(ours[f.Path], fmt.Sprint(f.Rule, " ", f.Symbol, " ", f.Line, ":", f.Column))
				}
			}
			code := map[string]bool{}
			for _, app := range folder.Apps {
				for _, p := range app.Code() {
					code[p] = true
					compare(t, p, ours[p], theirs[p])
				}
			}
			for p, list := range theirs {
				if !code[p] && len(list) > 0 {
					t.Logf("%s is no app code: %v", p, list)
				}
			}
		})
	}
}

func compare(t *testing.T, p string, ours, theirs []string) {
	t.Helper()
	for _, f := range theirs {
		if !slices.Contains(ours, f) {
			t.Errorf("%s: ast finds %s", p, f)
		}
	}
	for _, f := range ours {
		if !slices.Contains(theirs, f) {
			t.Errorf("%s: ast does not find %s", p, f)
		}
	}
}

// astFindings runs that checker on the folder's Python files.
func astFindings(t *testing.T, python string, folder *existing.Folder) map[string][]string {
	t.Helper()
	var input strings.Builder
	for _, p := range folder.Paths {
		if strings.HasSuffix(p, ".py") {
			input.WriteString(filepath.Join(folder.Dir, filepath.FromSlash(p)) + "\n")
		}
	}
	cmd := exec.CommandContext(t.Context(), python, "testdata/find.py")
	cmd.Stdin = strings.NewReader(input.String())
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(out, &raw); err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for full, msg := range raw {
		p, err := filepath.Rel(folder.Dir, full)
		if err != nil {
			t.Fatal(err)
		}
		p = filepath.ToSlash(p)
		var list [][]any
		if json.Unmarshal(msg, &list) != nil {
			if !slices.ContainsFunc(folder.Skipped, func(s existing.Skipped) bool { return s.Path == p }) {
				t.Errorf("%s: Python refuses it, %s; Read does not", p, msg)
			}
			continue
		}
		for _, f := range list {
			all[p] = append(all[p], fmt.Sprint(f[0], " ", f[1], " ", f[2], ":", f[3]))
		}
	}
	return all
}
