package check_test

import (
	"os"
	"path/filepath"
	"testing"

	"sleet/scaffold/existing"
)

// tree writes files into a new folder: "a/b.py" to its content.
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
