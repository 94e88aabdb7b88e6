package python

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

	"sleet/scaffold/testtools"
)

// TestSymtables compares every name of every scope of Python's standard library, and of all that is
// installed beside Streamlit, with what CPython's symtable says, for the oldest and the newest
// Python found.
func TestSymtables(t *testing.T) {
	if os.Getenv("SLEET_CONFORMANCE") != "1" {
		t.Skip("set SLEET_CONFORMANCE=1")
	}
	tool := testtools.Tool(t, "app/bin/python")
	script, err := filepath.Abs("testdata/symtables.py")
	if err != nil {
		t.Fatal(err)
	}
	pythons := []string{tool}
	if others := otherPythons(t); len(others) > 0 {
		pythons = append(pythons, others[0], others[len(others)-1])
	}
	for _, python := range slices.Compact(pythons) {
		minor, folders := library(t, python, tool)
		t.Run("3."+strconv.Itoa(minor), func(t *testing.T) {
			compareSymtables(t, minor, python, script, folders)
			testtools.Case(t)
		})
	}
}

// otherPythons returns the Pythons on this machine, the oldest first.
func otherPythons(t *testing.T) []string {
	t.Helper()
	var paths []string
	for _, python := range testtools.Pythons(t) {
		paths = append(paths, python.Path)
	}
	return paths
}

// library returns the minor version of a Python and the folders of its standard library; for the
// tools' own Python that of the packages as well.
func library(t *testing.T, python, tool string) (int, []string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), python, "-c",
		`import sys, sysconfig; print(sys.version_info[1], sysconfig.get_path("stdlib"), sysconfig.get_path("purelib"), sep="\n")`).Output()
	if err != nil {
		t.Fatalf("%s: %v", python, err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	minor, err := strconv.Atoi(strings.TrimSpace(lines[0]))
	if err != nil {
		t.Fatal(err)
	}
	folders := []string{strings.TrimSpace(lines[1])}
	if python == tool {
		folders = append(folders, strings.TrimSpace(lines[2]))
	}
	return minor, folders
}

// compareSymtables runs one Python over the folders and compares as its answers come.
func compareSymtables(t *testing.T, minor int, python, script string, folders []string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), python, append([]string{script}, folders...)...)
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
				if problem := compareSymtable(minor, hash, path); problem != "" {
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

func compareSymtable(minor int, hash, path string) string {
	source, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	file, err := Parse(source)
	if err != nil {
		return "refused: " + err.Error()
	}
	sum := sha1.Sum([]byte(symtable(file, minor)))
	if hex.EncodeToString(sum[:]) != hash {
		return "other names"
	}
	return ""
}

// symtable writes the scopes of a file as testdata/symtables.py does. Before Python 3.10 annotations
// that are kept as text made names all the same.
func symtable(file *File, minor int) string {
	module := scopesOf(file.Body, minor >= 10 && hasFutureAnnotations(file.Body)).Module
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

// cpythonFlags returns flags as pycore_symtable.h numbers them.
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

func cpythonReach(reach Reach) int {
	return map[Reach]int{Local: 1, GlobalExplicit: 2, GlobalImplicit: 3, Free: 4, Cell: 5}[reach]
}

// TestSymtableOf compares one file, for a person who looks for what differs.
func TestSymtableOf(t *testing.T) {
	python, path := os.Getenv("SLEET_SYMTABLE_PYTHON"), os.Getenv("SLEET_SYMTABLE_FILE")
	if python == "" || path == "" {
		t.Skip("set SLEET_SYMTABLE_PYTHON and SLEET_SYMTABLE_FILE")
	}
	minor, _ := library(t, python, "")
	want, err := exec.CommandContext(t.Context(), python, "testdata/symtables.py", "-dump", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Split(symtable(file, minor), "\n")
	for _, line := range strings.Split(string(want), "\n") {
		if i := slices.Index(got, line); i >= 0 {
			got = slices.Delete(got, i, i+1)
		} else {
			t.Errorf("want %s", line)
		}
	}
	for _, line := range got {
		t.Errorf("got  %s", line)
	}
}
