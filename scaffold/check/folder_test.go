package check_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
)

// tree writes files to a new folder, from path to content.
func tree(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func read(t testing.TB, files map[string]string) *existing.Folder {
	t.Helper()
	folder, err := existing.Read(tree(t, files))
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

const page = "import streamlit as st\nst.title('x')\n"

// TestUnparsedFilesAreCounted checks that the report on a folder with much Python has the number of files that were not
// parsed.
func TestUnparsedFilesAreCounted(t *testing.T) {
	t.Parallel()
	const app, broken = "import streamlit as st\nst.write(1)\n", "def f(:\n"
	large := "x = '" + strings.Repeat("a", 1<<20) + "'\n"
	for want, files := range map[string]map[string]string{
		".: 4 Python files": {"streamlit_app.py": app, "lib/broken.py": broken + large, "lib/a.py": large, "lib/b.py": large + large, "lib/c.py": large + large},
		"lib/broken.py: ":   {"streamlit_app.py": app, "lib/broken.py": broken},
	} {
		folder, err := existing.Read(tree(t, files))
		if err != nil {
			t.Fatal(err)
		}
		report := check.Folder(folder, facts.Options{})
		if len(report.Skipped) != 1 || !strings.HasPrefix(report.Skipped[0].Path+": "+report.Skipped[0].Reason.String(), want) {
			t.Errorf("%s: %+v", want, report.Skipped)
		}
	}
}
