package safely_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"sleet/snowflake/safely"
)

func TestReadFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "a")
	if err := os.WriteFile(file, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close() //nolint:errcheck // It was only read.
	for name, c := range map[string]struct {
		path string
		most int64
		want error
	}{
		"fits": {file, 5, nil}, "too big": {file, 4, safely.ErrTooLarge}, "a folder": {dir, 100, syscall.EISDIR}, "none": {file + "x", 5, os.ErrNotExist},
	} {
		data, err := safely.ReadFile(c.path, c.most)
		if !errors.Is(err, c.want) || c.want == nil && string(data) != "12345" {
			t.Errorf("%s: ReadFile = %q, %v; want %v", name, data, err, c.want)
		}
	}
	if data, err := safely.ReadIn(root, "a", 10); err != nil || string(data) != "12345" {
		t.Errorf("ReadIn = %q, %v", data, err)
	}
	if runtime.GOOS == "linux" {
		// Its size is 0, but reading it never ends.
		if _, err := safely.ReadFile("/dev/zero", 10); !errors.Is(err, safely.ErrNotRegular) {
			t.Errorf("ReadFile(/dev/zero): %v, want ErrNotRegular", err)
		}
	}
}

func TestCall(t *testing.T) {
	t.Parallel()
	err := safely.Call(func() error { panic("a secret value") })
	var broken *safely.PanicError
	if !errors.As(err, &broken) || strings.Contains(err.Error(), "a secret value") {
		t.Errorf("Call = %v, want a PanicError without the value", err)
	}
	if err := safely.Go(func() error { return os.ErrClosed })(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("Go = %v, want the function's error", err)
	}
}
