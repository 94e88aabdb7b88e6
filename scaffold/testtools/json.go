package testtools

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"testing"
)

// PythonJSON runs a program of testdata/outside with in as JSON on standard input and decodes its
// standard output into out. It uses the Python of the outside tools, which has Streamlit and
// packaging.
func PythonJSON(t testing.TB, program string, in, out any) {
	t.Helper()
	ProgramJSON(t, Tool(t, "app/bin/python"), program, in, out)
}

// ProgramJSON is like PythonJSON with another Python interpreter.
func ProgramJSON(t testing.TB, python, program string, in, out any) {
	t.Helper()
	data, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	command := exec.CommandContext(t.Context(), python, "testdata/outside/"+program)
	command.Stdin, command.Stdout, command.Stderr = bytes.NewReader(data), &stdout, &stderr
	if err := command.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", program, err, stderr.String())
	}
	if err := json.Unmarshal(stdout.Bytes(), out); err != nil {
		t.Fatalf("%s wrote %.200s: %v", program, stdout.String(), err)
	}
}
