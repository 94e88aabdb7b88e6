package python

import (
	"bufio"
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"sleet/scaffold/testtools"
)

// TestTrees compares trees, positions and errors with CPython: with the newest Python for its
// standard library and all packages installed with Streamlit, with older ones for every third file
// of theirs.
func TestTrees(t *testing.T) {
	t.Parallel()
	if os.Getenv("SLEET_CONFORMANCE") != "1" {
		t.Skip("set SLEET_CONFORMANCE=1")
	}
	_, packages := testtools.AppPython(t)
	pythons := testtools.Pythons(t)
	for i, python := range pythons {
		name, every := "3."+strconv.Itoa(python.Minor), 3
		if i == len(pythons)-1 {
			every = 1
			t.Run(name+" packages", func(t *testing.T) {
				t.Parallel()
				compareTrees(t, python.Minor, python.Path, every, packages)
			})
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			compareTrees(t, python.Minor, python.Path, every, python.Lib)
		})
	}
}

// compareTrees runs one Python over a folder and compares its answers as they arrive.
func compareTrees(t *testing.T, minor int, python string, every int, folder string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), python, "testdata/trees.py", strconv.Itoa(every), folder)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	lines := make(chan string, 64)
	var count, refused, wrong atomic.Int64
	var workers sync.WaitGroup
	for range 2 {
		workers.Go(func() {
			for line := range lines {
				count.Add(1)
				answer, path, _ := strings.Cut(line, " ")
				if len(answer) < 40 {
					refused.Add(1)
				}
				if problem := compareTree(t, minor, python, answer, path); problem != "" && wrong.Add(1) < 20 {
					t.Errorf("%s: %s", path, problem)
				}
			}
		})
	}
	for scanner := bufio.NewScanner(out); scanner.Scan(); {
		lines <- scanner.Text()
	}
	close(lines)
	workers.Wait()
	if err := command.Wait(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, %d of them refused, %d differ", count.Load(), refused.Load(), wrong.Load())
	if count.Load() < 100 {
		t.Errorf("only %d files", count.Load())
	}
	testtools.CountConformance(t)
}

// compareTree returns the difference for one file, "" if there is none. A newer Python may accept
// what an older one rejects.
func compareTree(t *testing.T, minor int, python, answer, path string) string {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	file, refusal := parse(source)
	switch {
	case len(answer) < 40 && refusal == nil && minor < 13:
		return ""
	case len(answer) < 40 && refusal == nil:
		return "Python refuses it on line " + answer
	case len(answer) < 40:
		if line := strconv.Itoa(refusal.Line); line != answer && answer != "0" {
			return "refused on line " + line + " for " + refusal.Reason + ", Python on line " + answer
		}
		return ""
	case refusal != nil:
		return "refused: " + refusal.Error()
	}
	got := treeOf(file, minor)
	if sum := sha1.Sum(got); hex.EncodeToString(sum[:]) == answer {
		return ""
	}
	want, err := exec.CommandContext(t.Context(), python, "testdata/trees.py", "-dump", path).Output()
	if err != nil {
		return err.Error()
	}
	at := 0
	for at < min(len(got), len(want)) && got[at] == want[at] {
		at++
	}
	near := func(text []byte) []byte { return text[max(0, at-150):min(len(text), at+80)] }
	return "\n got " + string(bytes.ToValidUTF8(near(got), nil)) + "\nwant " + string(bytes.ToValidUTF8(near(want), nil))
}
