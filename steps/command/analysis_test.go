package command

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"sleet/scaffold/check"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/rewrite"
	"sleet/steps/command/exit"
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
func migratedOnce() counts { return counts{parses: 7, inspections: 1, reinspected: 4, rewrites: 1} }

// TestMigrateAnalysesOnce checks that `sleet migrate` does no more work than migratedOnce. It is not parallel, since
// the counts are those of the process.
func TestMigrateAnalysesOnce(t *testing.T) {
	want := migratedOnce()
	for _, flags := range [][]string{{"--yes", "--no-lock"}, {"--dry-run"}, {"--dry-run", "--json"}} {
		dir := threeFiles(t)
		got := counted(func() {
			var out, errors bytes.Buffer
			host := machine.Host{Dir: filepath.Dir(dir), Out: &out, Err: &errors, Environ: []string{"HOME=" + t.TempDir()}}
			code := Run(context.Background(), append([]string{"migrate", dir}, flags...), host)
			if code != exit.Success && code != exit.Failure || out.Len() == 0 {
				t.Fatalf("%q: exit code %d\n%s\n%s", flags, code, &out, &errors)
			}
		})
		if got != want {
			t.Errorf("%q: counts %+v, want %+v", flags, got, want)
		}
	}
}

// TestSecondMigrateAnalysesOnce checks the same for a migration that changes nothing.
func TestSecondMigrateAnalysesOnce(t *testing.T) {
	dir := threeFiles(t)
	run := func() {
		var out, errors bytes.Buffer
		host := machine.Host{Dir: filepath.Dir(dir), Out: &out, Err: &errors, Environ: []string{"HOME=" + t.TempDir()}}
		if code := Run(context.Background(), []string{"migrate", dir, "--yes", "--no-lock"}, host); code != exit.Success && code != exit.Failure {
			t.Fatalf("exit code %d\n%s\n%s", code, &out, &errors)
		}
	}
	run()
	python, err := filepath.Glob(filepath.Join(dir, "*.py"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := counted(run), (counts{parses: len(python), inspections: 1, rewrites: 1}); got != want {
		t.Errorf("counts %+v, want %+v", got, want)
	}
}
