//go:build unix

package uv

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRunLocally checks that the app runs in its folder, without secrets in the environment.
func TestRunLocally(t *testing.T) {
	dir, bin := t.TempDir(), filepath.Join(t.TempDir(), "uv")
	script := "#!/bin/sh\npwd\necho \"$@\"\necho \"secret:$SLEET_SECRET_KEY\"\n"
	if err := os.WriteFile(bin, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close() //nolint:errcheck // The test reads it by name.
	tool := Tool{Path: bin, Environ: append(os.Environ(), "SLEET_SECRET_KEY=p1geon")}
	if err := tool.Run(context.Background(), dir, []string{"run", "streamlit", "run", "my app.py"}, Terminal{Out: out, Err: out}); err != nil {
		t.Fatal(err)
	}
	said, err := os.ReadFile(out.Name())
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(said), "\n")
	if filepath.Base(lines[0]) != filepath.Base(dir) || lines[1] != "run streamlit run my app.py" || lines[2] != "secret:" {
		t.Errorf("uv got %q", lines)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if err := tool.Run(stopped, dir, nil, Terminal{}); err != nil {
		t.Errorf("Run with a canceled context: %v", err)
	}
	if err := (Tool{Path: filepath.Join(dir, "none")}).Run(context.Background(), dir, nil, Terminal{}); err == nil {
		t.Error("Run without uv succeeds")
	}
}
