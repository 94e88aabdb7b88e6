package screens

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold/check"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/rewrite"
	"sleet/scaffold/workspace"
	"sleet/steps"
	"sleet/steps/command/machine"
)

// threeFiles creates a warehouse app of three files, two of which a migration changes.
func threeFiles(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "app")
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	files(t, dir, map[string]string{
		"streamlit_app.py": "import _snowflake\nimport streamlit as st\nfrom helper import rows\nfrom words import TITLE\n\nst.experimental_rerun()\n" +
			"st.write(TITLE, rows(), len(_snowflake.get_generic_secret_string(\"api_key\")))\n",
		"helper.py":       "from snowflake.snowpark.context import get_active_session\n\n\ndef rows():\n    return get_active_session().sql(\"SELECT 1\").collect()\n",
		"words.py":        "TITLE = \"Sales\"\n",
		"environment.yml": "name: app\nchannels:\n  - snowflake\ndependencies:\n  - pandas=2.2\n",
	})
	return dir
}

// counts are how often a run parsed, inspected and rewrote.
type counts struct{ parses, inspections, reinspected, rewrites int }

func counted(run func()) counts {
	before := counts{existing.ParseCount(), check.InspectionCount(), check.ReinspectionCount(), rewrite.Count()}
	run()
	return counts{
		existing.ParseCount() - before.parses, check.InspectionCount() - before.inspections, check.ReinspectionCount() - before.reinspected,
		rewrite.Count() - before.rewrites,
	}
}

// migratedOnce is the work that a migration of threeFiles needs: parse each content once (three original files, two
// changed ones, two new modules), inspect the app once and the four changed and new files again, and rewrite it once.
func migratedOnce() counts {
	return counts{parses: 7, inspections: 1, reinspected: 4, rewrites: 1}
}

// TestWizardAnalysesOnce checks that the wizard does no more work than `sleet migrate`: it scans the app, shows the
// report, lists the changes and writes them.
func TestWizardAnalysesOnce(t *testing.T) {
	dir := threeFiles(t)
	scan, write := moveEffects(machine.Host{Environ: []string{"HOME=" + t.TempDir()}}, dir, nil)
	got := counted(func() {
		folder, _, err := scan(func(int) {})
		if err != nil {
			t.Fatal(err)
		}
		s := steps.State{Migration: &steps.Migration{}}
		if s, err = s.WithScan(folder, nil); err != nil {
			t.Fatal(err)
		}
		for range 3 { // once for each screen
			if _, err := s.Migration.Groups(s.App); err != nil {
				t.Fatal(err)
			}
		}
		plan, err := s.Migration.Plan(s.App)
		if err != nil {
			t.Fatal(err)
		}
		if err := write(plan.Changes); err != nil {
			t.Fatal(err)
		}
	})
	if want := migratedOnce(); got != want {
		t.Errorf("counts %+v, want %+v", got, want)
	}
}

// TestWizardTellsOfForeignBackup checks that an interrupted migration which came with the folder is not recovered, and
// that the wizard's report mentions it.
func TestWizardTellsOfForeignBackup(t *testing.T) {
	dir := threeFiles(t)
	files(t, dir, map[string]string{
		".sleet/migrate/1/after/0": "x = 1\n",
		".sleet/migrate/1/state.json": `{"version":1,"state":"writing","files":[{"path":"other.py","mode":420,"after":"` +
			workspace.Hash([]byte("x = 1\n")) + `"}]}`,
	})
	scan, _ := moveEffects(machine.Host{Environ: []string{"HOME=" + t.TempDir()}}, dir, nil)
	folder, _, err := scan(func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "other.py")); err == nil {
		t.Error("the foreign migration was recovered")
	}
	if !slices.ContainsFunc(folder.Skipped, func(s existing.Skipped) bool { return strings.Contains(s.Reason.String(), "did not write it") }) {
		t.Errorf("the report does not mention the migration: %v", folder.Skipped)
	}
}

// files writes files to a folder.
func files(t *testing.T, dir string, texts map[string]string) {
	t.Helper()
	for name, text := range texts {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
