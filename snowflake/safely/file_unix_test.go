//go:build unix

package safely_test

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"sleet/snowflake/safely"
)

// TestReadPipe opens a pipe without a writer.
func TestReadPipe(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "sleet.toml")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := safely.ReadFile(pipe, 10); !errors.Is(err, safely.ErrNotRegular) {
		t.Errorf("ReadFile of a pipe: %v, want ErrNotRegular", err)
	}
}
