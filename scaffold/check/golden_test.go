package check_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
)

var update = flag.Bool("update", false, "write the golden reports")

// TestReports compares the findings in the sample apps with testdata/reports.
func TestReports(t *testing.T) {
	t.Parallel()
	dirs, err := filepath.Glob("testdata/apps/*")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no sample apps", err)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			folder, err := existing.Read(dir)
			if err != nil {
				t.Fatal(err)
			}
			got := written(folder, check.Folder(folder, facts.Options{Select: []string{"SL1"}}))
			name := filepath.Join("testdata", "reports", filepath.Base(dir)+".txt")
			if *update {
				if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// written returns a report as text for comparison.
func written(folder *existing.Folder, report check.Report) string {
	var b strings.Builder
	for _, app := range folder.Apps {
		fmt.Fprintf(&b, "app %s main %s code %s\n", app.Root, app.Main, strings.Join(app.Code(), " "))
	}
	for _, f := range report.Findings {
		fixes := "by hand"
		if f.Automatic {
			fixes = "automatic"
		}
		fmt.Fprintf(&b, "%s:%d:%d-%d:%d %s %s %s, %s\n    %s\n    %s\n",
			f.Path, f.Line, f.Column, f.EndLine, f.EndColumn, f.Rule, f.Symbol, f.Severity, fixes, f.Message, f.Fix)
	}
	for _, s := range report.Skipped {
		fmt.Fprintf(&b, "skipped %s:%d %s\n", s.Path, s.Line, s.Reason)
	}
	return b.String()
}
