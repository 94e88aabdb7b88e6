package python

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"sleet/scaffold/testtools"
)

// snippets are sources, each preceded by a line with the number of the line on which Python rejects
// it, 0 if it is accepted.
//
//go:embed testdata/snippets.txt
var snippets string

// snippet is a parsed entry of snippets.
type snippet struct {
	source string
	line   int
}

func readSnippets(t *testing.T) []snippet {
	t.Helper()
	var list []snippet
	for _, part := range strings.Split(strings.TrimPrefix(snippets, "--- "), "\n--- ") {
		number, source, _ := strings.Cut(part, "\n")
		line, err := strconv.Atoi(number)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, snippet{strings.TrimSuffix(source, "\n"), line})
	}
	return list
}

// refusalOf returns the line on which we reject a source, and the reason.
func refusalOf(source string) (int, string) {
	if _, err := parse([]byte(source)); err != nil {
		return err.Line, err.Reason
	}
	return 0, ""
}

func TestSnippets(t *testing.T) {
	t.Parallel()
	for _, s := range readSnippets(t) {
		if line, reason := refusalOf(s.source); line != s.line {
			t.Errorf("parse(%q)\n\terror on line %d (%s), want line %d", s.source, line, reason, s.line)
		}
	}
}

// TestSnippetsOfPython checks that the snippets agree with the newest Python.
func TestSnippetsOfPython(t *testing.T) {
	t.Parallel()
	if os.Getenv("SLEET_CONFORMANCE") != "1" {
		t.Skip("set SLEET_CONFORMANCE=1")
	}
	pythons := testtools.Pythons(t)
	list := readSnippets(t)
	sources := make([]string, len(list))
	for i, s := range list {
		sources[i] = s.source
	}
	for i, answer := range compiled(t, pythons[len(pythons)-1].Path, sources) {
		if line, _, _ := strings.Cut(answer, " "); line != strconv.Itoa(list[i].line) {
			t.Errorf("%q: Python says %s, want %d", list[i].source, answer, list[i].line)
		}
	}
	testtools.CountConformance(t)
}

// compiled returns Python's verdict on sources: the line on which it rejects each, and the reason.
func compiled(t *testing.T, python string, sources []string) []string {
	t.Helper()
	var in bytes.Buffer
	encoder := json.NewEncoder(&in)
	for _, source := range sources {
		if err := encoder.Encode(source); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.CommandContext(t.Context(), python, "testdata/trees.py", "-compile")
	command.Stdin, command.Stderr = &in, os.Stderr
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	answers := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if len(answers) != len(sources) {
		t.Fatalf("%d answers to %d sources", len(answers), len(sources))
	}
	return answers
}
