package ui_test

import (
	"bytes"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestWidthMemory measures a line in a process of its own: some versions of the library for character widths build a
// table of two megabytes for that.
func TestWidthMemory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("/proc/self/status exists only on Linux")
	}
	if os.Getenv("SLEET_TEST_WIDTHS") != "" {
		before := anonymous(t)
		ansi.StringWidthWc("├─ 日本")
		t.Logf("grown=%d", anonymous(t)-before)
		return
	}
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestWidthMemory$", "-test.v")
	child.Env = append(os.Environ(), "SLEET_TEST_WIDTHS=1")
	out, err := child.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	_, after, _ := bytes.Cut(out, []byte("grown="))
	line, _, _ := bytes.Cut(after, []byte("\n"))
	grown, err := strconv.Atoi(string(line))
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if grown > 1000 {
		t.Errorf("measuring a line allocated %d kB: keep versions of go-runewidth that build tables out of go.mod", grown)
	}
}

// anonymous returns the anonymous memory of the process, in kB.
func anonymous(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := bytes.Cut(status, []byte("RssAnon:"))
	kB, err := strconv.Atoi(string(bytes.TrimSpace(after[:bytes.Index(after, []byte("kB"))])))
	if err != nil {
		t.Fatal(err)
	}
	return kB
}
