//go:build !windows

package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/testtools"
)

// makePipe creates a named pipe.
func makePipe(t *testing.T, path string) {
	t.Helper()
	if err := syscall.Mkfifo(path, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestWriteRejectsPaths(t *testing.T) {
	link := func(target string) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			t.Helper()
			if err := os.Symlink(target, path); err != nil {
				t.Fatal(err)
			}
		}
	}
	file := func(t *testing.T, path string) {
		t.Helper()
		testtools.WriteFiles(t, filepath.Dir(path), map[string]string{filepath.Base(path): "x"})
	}
	folder := func(t *testing.T, path string) {
		t.Helper()
		if err := os.Mkdir(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		name, at string
		obstacle func(*testing.T, string)
		path     string
		want     string
	}{
		{"file for a folder", "sql", file, "sql/setup.sql", "sql: this is a file, and a folder is needed here; move the file away, or choose another folder"},
		{"folder for a file", "app.py", folder, "app.py", "app.py: this is a folder, and a file is needed here; move the folder away"},
		{"folder for sleet.toml", "sleet.toml", folder, "app.py", "sleet.toml: cannot read the answers: this is a folder, and a file is needed here; move the folder away"},
		{"link out for sleet.toml", "sleet.toml", link("/etc/hostname"), "app.py", "sleet.toml: this symbolic link leaves the app's folder; remove it, or move its target into the folder"},
		{"file link out", "app.py", link("/etc/hostname"), "app.py", "app.py: this symbolic link leaves the app's folder; remove it, or move its target into the folder"},
		{"relative link out", "app.py", link("../outside.py"), "app.py", "app.py: this symbolic link leaves the app's folder; remove it, or move its target into the folder"},
		{"folder link out", "sql", link("/tmp"), "sql/setup.sql", "sql: this symbolic link leaves the app's folder; remove it, or move its target into the folder"},
		{"link to nothing", "app.py", link("nothing.py"), "app.py", "app.py: this is a broken symbolic link; remove it"},
		{"link to itself", "app.py", link("app.py"), "app.py", "app.py: this symbolic link leaves the app's folder; remove it, or move its target into the folder"},
		{"link to a folder", "app.py", link("."), "app.py", "app.py: this symbolic link does not lead to a regular file; remove it"},
		{"pipe", "app.py", makePipe, "app.py", "app.py: this is not a regular file; move it away"},
		{"path out", "x", file, "../x.py", "../x.py: this path is not a file in the app's folder; choose a relative path without .."},
		{"absolute path", "x", file, "/tmp/x.py", "/tmp/x.py: this path is not a file in the app's folder; choose a relative path without .."},
		{"no path", "x", file, ".", ".: this path is not a file in the app's folder; choose a relative path without .."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			parent := t.TempDir()
			dir := filepath.Join(parent, "demo")
			testtools.WriteFiles(t, parent, map[string]string{"outside.py": "outside"})
			folder(t, dir)
			tt.obstacle(t, filepath.Join(dir, tt.at))
			for _, dry := range []bool{true, false} {
				_, err := Write(dir, scaffold.App{}, filesOf("first.py", "1\n", tt.path, "1\n"), Options{DryRun: dry, Overwrite: func(string) bool { return true }})
				if err == nil || strings.TrimPrefix(err.Error(), dir+"/") != tt.want {
					t.Errorf("Write error = %v\nwant %s", err, tt.want)
				}
				if _, err := os.Lstat(filepath.Join(dir, "first.py")); !errors.Is(err, fs.ErrNotExist) {
					t.Error("Write wrote a file although it failed")
				}
			}
		})
	}
}

func TestWriteNeedsPermission(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	for _, sub := range []string{".", "sql"} {
		dir := t.TempDir()
		write(t, dir, scaffold.App{}, filesOf("a.py", "1\n", "sql/setup.sql", "1\n"), Options{})
		before := treeOf(t, dir)
		locked := filepath.Join(dir, sub)
		if err := os.Chmod(locked, 0o555); err != nil {
			t.Fatal(err)
		}
		_, err := Write(dir, scaffold.App{}, filesOf("a.py", "2\n", "sql/setup.sql", "2\n"), Options{})
		var fe *FolderError
		if !errors.As(err, &fe) || !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "permission denied; make the folder writable") {
			t.Errorf("%s: Write error = %v", sub, err)
		}
		if err := os.Chmod(locked, 0o755); err != nil {
			t.Fatal(err)
		}
		testtools.Equal(t, "files", before, treeOf(t, dir))
	}
}
