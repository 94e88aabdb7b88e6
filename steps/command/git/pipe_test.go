//go:build unix

package git

import (
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

// TestPipeInRepository checks that a repository with a pipe in place of a file does not block a run.
func TestPipeInRepository(t *testing.T) {
	dir, _ := repository(t)
	exclude := filepath.Join(dir, ".git", "info", "exclude")
	_ = os.Remove(exclude)
	if err := syscall.Mkfifo(exclude, 0o600); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if names := Uncommitted(t.Context(), os.Environ(), dir); !slices.Contains(names, "changed.py") {
		t.Errorf("Uncommitted() = %q", names)
	}
	if took := time.Since(began); took > 8*time.Second {
		t.Errorf("Uncommitted took %s", took)
	}
}
