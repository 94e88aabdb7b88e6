package scope

import (
	"bufio"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold/testtools"
)

// TestSymtables compares every name in every scope of Python's standard library, and of all
// packages installed with Streamlit, with CPython's symtable, for the oldest and the newest Python
// found.
func TestSymtables(t *testing.T) {
	if os.Getenv("SLEET_CONFORMANCE") != "1" {
		t.Skip("set SLEET_CONFORMANCE=1")
	}
	app, packages := testtools.AppPython(t)
	pythons := testtools.Pythons(t)
	script, err := filepath.Abs("testdata/symtables.py")
	if err != nil {
		t.Fatal(err)
	}
	compare := func(python testtools.Python, folders ...string) {
		t.Run("3."+strconv.Itoa(python.Minor), func(t *testing.T) {
			compareSymtables(t, python, script, folders)
			testtools.CountConformance(t)
		})
	}
	compare(app, app.Lib, packages)
	ends := slices.Compact([]testtools.Python{pythons[0], pythons[len(pythons)-1]})
	for _, python := range ends {
		if python.Path != app.Path {
			compare(python, python.Lib)
		}
	}
}

// compareSymtables runs one Python over the folders and compares its answers as they arrive.
func compareSymtables(t *testing.T, python testtools.Python, script string, folders []string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), python.Path, append([]string{script}, folders...)...)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	lines := make(chan string, 64)
	var count, wrong atomic.Int64
	var workers sync.WaitGroup
	for range 2 {
		workers.Go(func() {
			for line := range lines {
				count.Add(1)
				hash, path, _ := strings.Cut(line, " ")
				if problem := compareSymtable(t, python, hash, path); problem != "" {
					if wrong.Add(1) < 20 {
						t.Errorf("%s: %s", path, problem)
					}
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
	t.Logf("%d files, %d differ", count.Load(), wrong.Load())
	if count.Load() < 300 {
		t.Errorf("only %d files", count.Load())
	}
}

// compareSymtable returns the difference for one file, "" if there is none.
func compareSymtable(t *testing.T, python testtools.Python, hash, path string) string {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	parsed, err := parseSource(string(source))
	if err != nil {
		return "refused: " + err.Error()
	}
	got := symtable(parsed, python.Minor)
	if sum := sha1.Sum([]byte(got)); hex.EncodeToString(sum[:]) == hash {
		return ""
	}
	want, err := exec.CommandContext(t.Context(), python.Path, "testdata/symtables.py", "-dump", path).Output()
	if err != nil {
		return err.Error()
	}
	return cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n"))
}

// symtable writes the scopes of a file in the format of testdata/symtables.py. Before Python 3.10,
// annotations that are kept as text added names anyway.
func symtable(file *source, minor int) string {
	module := scopesOf(file.Body, file.scopes.index, minor >= 10 && hasFutureAnnotations(file.Body)).Module
	if minor >= 12 {
		module = inlined(module)
	}
	var out []string
	symtableLines(module, "", &out)
	slices.Sort(out)
	return strings.Join(out, "\n")
}

func symtableLines(s *Scope, path string, out *[]string) {
	path += "/" + s.Name
	names := make([]string, 0, len(s.Names))
	for name, symbol := range s.Names {
		names = append(names, fmt.Sprintf("%s:%d:%d", name, cpythonFlags(symbol.Flags), cpythonReach(symbol.Reach)))
	}
	slices.Sort(names)
	*out = append(*out, path+" "+strings.Join(names, " "))
	for _, child := range s.Children {
		symtableLines(child, path, out)
	}
}

// cpythonFlags returns flags with the values of pycore_symtable.h.
func cpythonFlags(flags Flag) int {
	n := 0
	for flag, bit := range map[Flag]int{
		DeclaredGlobal: 1, Assigned: 2, Parameter: 4, DeclaredNonlocal: 8, Referenced: 16,
		Imported: 128, Annotated: 256, TypeParameter: 1024,
	} {
		if flags&flag != 0 {
			n |= bit
		}
	}
	return n
}

func cpythonReach(reach Visibility) int {
	return map[Visibility]int{Local: 1, GlobalExplicit: 2, GlobalImplicit: 3, Free: 4, Cell: 5}[reach]
}
