// Package testtools lets tests use the programs that judge what sleet writes: Streamlit, Snowpark,
// ruff, sqlfluff, uv and the Snowflake CLI, as .ci/tools installs them.
//
// SLEET_TOOLS is the folder they are in, by default ~/.cache/sleet-tools. With SLEET_CONFORMANCE=1
// a missing tool fails the test instead of skipping it. SLEET_CONFORMANCE_LOG names a file that
// gets a line for every case that passed, so that .ci/run can tell when cases stop running.
package testtools

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Dir is the folder of the outside tools, or "" where there is no home folder.
func Dir() string {
	if dir := os.Getenv("SLEET_TOOLS"); dir != "" {
		return dir
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".cache", "sleet-tools")
}

// Tool returns the path of a tool, "app/bin/python" or "cli/bin/snow" for instance. Where it is not
// installed the test is skipped, or fails with SLEET_CONFORMANCE=1.
func Tool(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join(Dir(), filepath.FromSlash(name))
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return path
	}
	report := t.Skipf
	if os.Getenv("SLEET_CONFORMANCE") == "1" {
		report = t.Fatalf
	}
	report("needs %s: run .ci/tools", path)
	return ""
}

// Case counts the running test as one case of the conformance matrix once it has passed.
func Case(t testing.TB) {
	t.Helper()
	path := os.Getenv("SLEET_CONFORMANCE_LOG")
	if path == "" {
		return
	}
	t.Cleanup(func() {
		if t.Failed() || t.Skipped() {
			return
		}
		if err := appendLine(path, t.Name()); err != nil {
			t.Errorf("count this case: %v", err)
		}
	})
}

// appendLine adds a line in one write, so that test programs running side by side do not mix theirs.
func appendLine(path, line string) error {
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open the log: %w", err)
	}
	_, err = file.WriteString(line + "\n")
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("add to the log: %w", err)
	}
	return nil
}
