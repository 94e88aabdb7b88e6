package safely

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSweep(t *testing.T) {
	temp, now := t.TempDir(), time.Now()
	const gone = 1 << 30 // greater than any process id
	here := fmt.Sprintf("sleet-uv-%d-1", os.Getpid())
	for name, age := range map[string]time.Duration{
		"sleet-driver-123": 2 * time.Hour, "sleet-driver-456": time.Minute, "sleet-driver-mine": 2 * time.Hour, "other-1": 2 * time.Hour, here: 2 * time.Hour,
		fmt.Sprintf("sleet-git-%d-5", gone): 2 * time.Hour, fmt.Sprintf("sleet-uv-%d-6", gone): time.Minute,
	} {
		dir := filepath.Join(temp, name)
		if err := os.MkdirAll(filepath.Join(dir, "within"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(dir, now.Add(-age), now.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	sweep(temp, now)
	entries, err := os.ReadDir(temp)
	if err != nil {
		t.Fatal(err)
	}
	left := map[string]bool{}
	for _, e := range entries {
		left[e.Name()] = true
	}
	want := map[string]bool{"other-1": true, "sleet-driver-456": true, "sleet-driver-mine": true, here: true, fmt.Sprintf("sleet-uv-%d-6", gone): true}
	if diff := cmp.Diff(want, left); diff != "" {
		t.Error(diff)
	}
}

func TestTempFolder(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	dir, err := TempFolder("edit")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir) //nolint:errcheck // it is in the test's folder
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm()&0o077 != 0 || !strings.HasPrefix(filepath.Base(dir), "sleet-edit-") {
		t.Errorf("TempFolder() = %s with %v, %v", dir, info, err)
	}
}
