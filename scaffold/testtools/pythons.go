package testtools

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Python is a CPython interpreter on this machine.
type Python struct {
	Path    string
	Version string // "3.11.7"
	Minor   int    // 11
	Lib     string // the folder of its standard library
}

// Pythons returns every CPython 3.8 or later on this machine, oldest first: those of the tools,
// PATH, the system, pyenv and uv. If there are none, the test is skipped, or fails with
// SLEET_CONFORMANCE=1.
func Pythons(t testing.TB) []Python {
	t.Helper()
	patterns := []string{
		filepath.Join(ToolsDir(), "app", "bin", "python"),
		"/usr/bin/python3*", "/usr/local/bin/python3*", "/opt/homebrew/bin/python3*",
	}
	if home, err := os.UserHomeDir(); err == nil {
		patterns = append(patterns,
			filepath.Join(home, ".pyenv", "versions", "*", "bin", "python"),
			filepath.Join(home, ".local", "share", "uv", "python", "*", "bin", "python3"))
	}
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		patterns = append(patterns, filepath.Join(dir, "python3"), filepath.Join(dir, "python3.*"))
	}
	found := map[string]Python{}
	for _, pattern := range patterns {
		paths, _ := filepath.Glob(pattern) // fails only on a malformed pattern, from an odd folder name
		for _, path := range paths {
			if _, tried := found[program(path)]; !tried && strings.Trim(filepath.Base(path), "python.0123456789") == "" {
				found[program(path)] = ask(path)
			}
		}
	}
	var all []Python
	for _, p := range found {
		same := func(q Python) bool { return q.Lib == p.Lib }
		if p.Minor >= 8 && !slices.ContainsFunc(all, same) {
			all = append(all, p)
		}
	}
	if len(all) == 0 {
		Tool(t, "app/bin/python")
	}
	slices.SortFunc(all, func(a, b Python) int {
		if a.Minor != b.Minor {
			return a.Minor - b.Minor
		}
		return strings.Compare(a.Lib, b.Lib)
	})
	return all
}

// AppPython returns the Python of the outside tools, which has Streamlit, and the folder of its
// packages.
func AppPython(t testing.TB) (python Python, packages string) {
	t.Helper()
	path := Tool(t, "app/bin/python")
	out, err := exec.CommandContext(t.Context(), path, "-I", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").Output()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return ask(path), strings.TrimSpace(string(out))
}

// program returns the path with symbolic links resolved, so that each program counts once.
func program(path string) string {
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		return resolved
	}
	return path
}

// ask runs an interpreter and returns its description. Minor is 0 if it is not CPython 3.
func ask(path string) Python {
	const question = "import sys, sysconfig; v = sys.version_info; " +
		"print(sys.implementation.name, v[0], v[1], v[2], sysconfig.get_paths()['stdlib'])"
	out, err := exec.CommandContext(context.Background(), path, "-I", "-c", question).Output()
	if err != nil {
		return Python{}
	}
	p := Python{Path: path}
	var name string
	var major, micro int
	if _, err := fmt.Sscan(string(out), &name, &major, &p.Minor, &micro, &p.Lib); err != nil || name != "cpython" || major != 3 {
		return Python{}
	}
	p.Version = fmt.Sprintf("%d.%d.%d", major, p.Minor, micro)
	return p
}
