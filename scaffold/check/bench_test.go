package check_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/scaffold/testtools"
)

// BenchmarkLibrary reads and checks an app of one line next to CPython's standard library, which the app does not
// import: 29 MB of Python. .bench/check.py times the whole program on it, and ruff.
func BenchmarkLibrary(b *testing.B) {
	pythons := testtools.Pythons(b)
	dir := b.TempDir()
	copyPython(b, pythons[len(pythons)-1].Lib, dir)
	if err := os.WriteFile(filepath.Join(dir, "streamlit_app.py"), []byte(page), 0o600); err != nil {
		b.Fatal(err)
	}
	benchmark(b, dir)
}

// BenchmarkSamples reads and checks the sample apps.
func BenchmarkSamples(b *testing.B) {
	dir := b.TempDir()
	samples, err := filepath.Glob(filepath.Join("testdata", "apps", "*"))
	if err != nil || len(samples) == 0 {
		b.Fatal(samples, err)
	}
	for _, sample := range samples {
		if err := os.CopyFS(filepath.Join(dir, filepath.Base(sample)), os.DirFS(sample)); err != nil {
			b.Fatal(err)
		}
	}
	benchmark(b, dir)
}

// benchmark reads and checks a folder, and reports the throughput in bytes of Python.
func benchmark(b *testing.B, dir string) {
	b.Helper()
	size := int64(0)
	_ = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, _ error) error {
		if info, err := entry.Info(); err == nil && strings.HasSuffix(path, ".py") {
			size += info.Size()
		}
		return nil
	})
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		folder, err := existing.Read(dir)
		if err != nil {
			b.Fatal(err)
		}
		if check.Folder(folder, facts.Options{}); len(folder.Apps) == 0 {
			b.Fatal("no app")
		}
	}
}

// copyPython copies the Python files of a folder, without installed packages.
func copyPython(b *testing.B, from, to string) {
	b.Helper()
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if strings.HasSuffix(path, "-packages") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".py") {
			return nil
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(to, name)), 0o750); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, name), text, 0o600)
	})
	if err != nil {
		b.Fatal(err)
	}
}
