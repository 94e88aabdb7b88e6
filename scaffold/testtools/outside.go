// Package testtools finds the outside programs that tests check sleet's output with, such as
// Streamlit, Snowpark, ruff, sqlfluff, uv and the Snowflake CLI, as .ci/tools installs them. It
// also has helpers that many tests share.
//
// SLEET_TOOLS is the folder of the tools, by default ~/.cache/sleet-tools. With SLEET_CONFORMANCE=1
// a missing tool fails the test instead of skipping it. SLEET_CONFORMANCE_LOG names a file to which
// every passed case appends a line, so that .ci/run notices when cases stop running.
package testtools

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// ToolsDir returns the folder of the outside tools, "" if there is no home folder.
func ToolsDir() string {
	if dir := os.Getenv("SLEET_TOOLS"); dir != "" {
		return dir
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".cache", "sleet-tools")
}

// Tool returns the path of a tool, such as "app/bin/python" or "cli/bin/snow". If it is not
// installed, the test is skipped, or fails with SLEET_CONFORMANCE=1.
func Tool(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join(ToolsDir(), filepath.FromSlash(name))
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

// CountConformance counts the running test as a case of the conformance matrix if it passes.
func CountConformance(t testing.TB) {
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

// appendLine appends a line with a single write, so that concurrent test programs do not mix their
// lines.
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
