package testtools_test

import (
	"os"
	"path/filepath"
	"testing"

	"sleet/scaffold/testtools"
)

// recorder is a testing.TB that records how it ended instead of ending.
type recorder struct {
	testing.TB
	ended   string
	cleanup []func()
}

func (r *recorder) Helper()               { /* nothing to hide */ }
func (r *recorder) Name() string          { return "TestCase/one" }
func (r *recorder) Skipf(string, ...any)  { r.ended = "skipped" }
func (r *recorder) Fatalf(string, ...any) { r.ended = "failed" }
func (r *recorder) Errorf(string, ...any) { r.ended = "failed" }
func (r *recorder) Failed() bool          { return r.ended == "failed" }
func (r *recorder) Skipped() bool         { return r.ended == "skipped" }
func (r *recorder) Cleanup(f func())      { r.cleanup = append(r.cleanup, f) }

func TestTool(t *testing.T) {
	dir := t.TempDir()
	tool := filepath.Join(dir, "bin", "uv")
	if err := os.MkdirAll(filepath.Dir(tool), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(tool, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, tool, conformance string
		path, ended             string
	}{
		{"installed", "bin/uv", "", tool, ""},
		{"installed, in CI", "bin/uv", "1", tool, ""},
		{"missing", "bin/snow", "", "", "skipped"},
		{"missing, in CI", "bin/snow", "1", "", "failed"},
		{"a folder", "bin", "1", "", "failed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("SLEET_TOOLS", dir)
			t.Setenv("SLEET_CONFORMANCE", test.conformance)
			r := &recorder{TB: t}
			if got := testtools.Tool(r, test.tool); got != test.path || r.ended != test.ended {
				t.Errorf("Tool = %q, %q; want %q, %q", got, r.ended, test.path, test.ended)
			}
		})
	}
}

func TestCase(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log")
	t.Setenv("SLEET_CONFORMANCE_LOG", log)
	for _, ended := range []string{"", "failed", "", "skipped"} {
		r := &recorder{TB: t}
		testtools.CountConformance(r)
		r.ended = ended
		for _, f := range r.cleanup {
			f()
		}
	}
	got, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if want := "TestCase/one\nTestCase/one\n"; string(got) != want {
		t.Errorf("log = %q, want %q", got, want)
	}
}

func TestDirDefault(t *testing.T) {
	t.Setenv("SLEET_TOOLS", "")
	t.Setenv("HOME", "/home/someone")
	if got, want := testtools.ToolsDir(), filepath.FromSlash("/home/someone/.cache/sleet-tools"); got != want {
		t.Errorf("Dir() = %q, want %q", got, want)
	}
}
