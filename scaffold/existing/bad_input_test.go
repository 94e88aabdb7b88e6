package existing_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"sleet/scaffold/existing"
)

// write writes files to a folder.
func write(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestManyFiles reads an app with thousands of files next to it, deep and flat, in bounded time.
func TestManyFiles(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{"streamlit_app.py": page + "import lib0.m1\n"}
	for i := range 4000 {
		files[fmt.Sprintf("lib%d/m%d.py", i%40, i)] = fmt.Sprintf("import json\n\ndef f%d():\n    return %d\n", i, i)
		files[fmt.Sprintf("data/%d/x.csv", i%100)] = "a,b\n"
	}
	files[strings.Repeat("deep/", 60)+"x.py"] = "x = 1\n"
	write(t, dir, files)
	begin := time.Now()
	folder, err := existing.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begin); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
	if len(folder.Apps) != 1 || len(folder.Skipped) != 0 || len(folder.Apps[0].Code()) != 1 {
		t.Errorf("%d apps, %d skipped, code %q", len(folder.Apps), len(folder.Skipped), folder.Apps[0].Code())
	}
}

// TestLibraryTreesAreDropped checks that the trees of a library next to an app are dropped, because they are many times its
// size.
func TestLibraryTreesAreDropped(t *testing.T) {
	dir := t.TempDir()
	var module strings.Builder
	for i := range 400 {
		fmt.Fprintf(&module, "def f%d(a, b=%d):\n    if a:\n        return [x * b for x in range(a) if x %% 2]\n    return {\"a\": a, \"b\": b}\n\n", i, i)
	}
	files := map[string]string{"streamlit_app.py": page + "import lib.m7\n"}
	for i := range 300 {
		files[fmt.Sprintf("lib/m%d.py", i)] = fmt.Sprintf("# %d\n", i) + module.String()
	}
	write(t, dir, files)
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	folder, err := existing.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if kept, bytes := int64(after.HeapAlloc)-int64(before.HeapAlloc), int64(300*module.Len()); kept > bytes/4 {
		t.Errorf("%d bytes stay of %d bytes of Python", kept, bytes)
	}
	if code := folder.Apps[0].Code(); len(code) != 2 || folder.Apps[0].Python["lib/m7.py"] == nil {
		t.Errorf("the code is %q", code)
	}
	if text, ok := folder.Content("lib/m8.py"); !ok || !strings.HasPrefix(string(text), "# 8\n") {
		t.Errorf("what was let go cannot be read again: %q", text)
	}
	runtime.KeepAlive(folder)
}

// TestOversized checks that a file of 50 MB, which no person wrote, is skipped without reading it.
func TestOversized(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, map[string]string{"streamlit_app.py": page, "big.py": ""})
	if err := os.Truncate(filepath.Join(dir, "big.py"), 50<<20); err != nil {
		t.Fatal(err)
	}
	folder, err := existing.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(folder.Skipped) != 1 || folder.Skipped[0].Path != "big.py" || !strings.Contains(folder.Skipped[0].Reason.String(), "MiB") {
		t.Errorf("skipped: %+v", folder.Skipped)
	}
}

// TestLoops reads a folder with symbolic links that lead back into it and out of it.
func TestLoops(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, map[string]string{"streamlit_app.py": page, "sub/helper.py": "x = 1\n"})
	for link, to := range map[string]string{"sub/up": "..", "self": ".", "round.py": "round.py", "out": "/", "alias.py": "sub/helper.py"} {
		if err := os.Symlink(to, filepath.Join(dir, filepath.FromSlash(link))); err != nil {
			t.Skip(err)
		}
	}
	folder, err := existing.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(folder.Paths, " "); got != "alias.py streamlit_app.py sub/helper.py" {
		t.Errorf("the files are %s", got)
	}
}

// TestOddNames reads files with unusual names.
func TestOddNames(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("such names are not allowed")
	}
	dir := t.TempDir()
	files := map[string]string{"streamlit_app.py": page}
	for _, name := range []string{"a b.py", "it's.py", "日本.py", "new\nline.py", "\xff\xfe.py", "-x.py", "'; DROP--.sql", "a\x1b[31m.py", ".py", "pages/1_📈.py"} {
		files[name] = "x = (\n"
	}
	write(t, dir, files)
	folder, err := existing.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	// The app and the SQL are fine, and hidden files are not read.
	if len(folder.Paths) != len(files) || len(folder.Skipped) != len(files)-3 {
		t.Errorf("%d of %d files, %d skipped: %+v", len(folder.Paths), len(files), len(folder.Skipped), folder.Skipped)
	}
}
