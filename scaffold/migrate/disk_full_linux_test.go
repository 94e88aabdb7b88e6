package migrate

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// TestDiskFull migrates on disks of every size from too small to large enough. The folder must be migrated or
// unchanged, and the error must be true.
func TestDiskFull(t *testing.T) {
	const page = 4096
	files, last := map[string]string{}, ""
	var changes []Change
	for i := range 8 {
		name := fmt.Sprintf("pages/page_%d.py", i)
		files[name] = strings.Repeat(fmt.Sprintf("# %d old\n", i), (i+1)*500)
		changes = append(changes, Change{Path: name, Old: []byte(files[name]), New: []byte(strings.Repeat(fmt.Sprintf("# %d a new line\n", i), (i+1)*500))})
	}
	changes = append(changes, Change{Path: "sql/migrate.sql", New: []byte("SELECT 1;\n")}, Change{Path: "sleet.toml", New: []byte("version = 1\n")})
	outcomes := map[string]bool{}
	for pages := 60; pages < 240; pages += 4 {
		dir := t.TempDir()
		if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", pages*page)); err != nil {
			t.Skip("only root may make a small disk: ", err)
		}
		for name, text := range files {
			path := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		before := tree(t, dir)
		err := Apply(dir, changes, WriteOptions{})
		now := tree(t, dir)
		if err != nil {
			same(t, fmt.Sprintf("%d pages, %v", pages, err), before, now)
		} else if _, err := Undo(dir, WriteOptions{}); err != nil {
			t.Errorf("%d pages: it cannot be taken back: %v", pages, err)
		} else {
			same(t, fmt.Sprintf("%d pages, undone", pages), before, tree(t, dir))
		}
		last = fmt.Sprint(err == nil)
		outcomes[last] = true
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Fatal(err)
		}
	}
	if len(outcomes) != 2 || last != "true" {
		t.Errorf("only the outcomes %v were seen", slices.Collect(maps.Keys(outcomes)))
	}
}
