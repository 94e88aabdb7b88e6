package catalogue_test

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold/catalogue"
	"sleet/scaffold/outside"
)

// TestStreamlit holds the catalogue against the Streamlit that it was made from.
func TestStreamlit(t *testing.T) {
	python := outside.Tool(t, "app/bin/python")
	outside.Case(t)
	kept, err := os.ReadFile("options.json")
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), python, "generate.py") //nolint:gosec // the tool's path is ours
	cmd.Stderr = &stderr
	made, err := cmd.Output()
	if err != nil {
		t.Fatalf("generate.py: %v\n%s", err, stderr.String())
	}
	if diff := cmp.Diff(strings.Split(string(kept), "\n"), strings.Split(string(made), "\n")); diff != "" {
		t.Errorf("options.json is not what generate.py gives (-kept +made):\n%s", diff)
	}
	if want := `"streamlit": "` + catalogue.StreamlitVersion + `"`; !strings.Contains(string(kept), want) {
		t.Errorf("options.json lacks %s", want)
	}
}
