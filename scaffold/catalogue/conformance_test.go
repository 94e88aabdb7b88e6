package catalogue_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold/catalogue"
	"sleet/scaffold/testtools"
)

// TestStreamlit checks that options.json matches the pinned Streamlit.
func TestStreamlit(t *testing.T) {
	python := testtools.Tool(t, "app/bin/python")
	testtools.CountConformance(t)
	kept, err := os.ReadFile("options.json")
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), python, "generate.py")
	cmd.Stderr = &stderr
	made, err := cmd.Output()
	if err != nil {
		t.Fatalf("generate.py: %v\n%s", err, stderr.String())
	}
	if diff := cmp.Diff(strings.Split(string(kept), "\n"), strings.Split(string(made), "\n")); diff != "" {
		t.Errorf("options.json differs from the output of generate.py (-options.json +output):\n%s", diff)
	}
	if want := `"streamlit": "` + catalogue.StreamlitVersion + `"`; !strings.Contains(string(kept), want) {
		t.Errorf("options.json does not contain %s", want)
	}
}

// TestStreamlitReads writes values that Check accepts to a config.toml and reads it with Streamlit:
// every option must have the written value, without warnings.
func TestStreamlitReads(t *testing.T) {
	for _, kind := range []string{"first", "other"} {
		t.Run(kind, func(t *testing.T) {
			python := testtools.Tool(t, "app/bin/python")
			testtools.CountConformance(t)
			want := map[string]any{}
			for _, o := range catalogue.Options() {
				if o.Hidden || o.Section == "mapbox" || o.Section == "snowflake.sleep" {
					continue // hidden, or not one of Streamlit's options
				}
				samples := samplesOf(t, o)
				want[o.Key] = samples[0]
				if kind == "other" {
					want[o.Key] = samples[len(samples)-1]
				}
			}
			got := readByStreamlit(t, python, want)
			if diff := cmp.Diff(asJSON(t, want), asJSON(t, got.Options)); diff != "" {
				t.Errorf("options read by Streamlit differ (-written +read):\n%s", diff)
			}
			if len(got.Warnings) > 0 {
				t.Errorf("Streamlit warns: %q", got.Warnings)
			}
		})
	}
}

// samplesOf returns valid values of an option, at least one of each of its types.
func samplesOf(t *testing.T, o catalogue.Option) []any {
	t.Helper()
	number := max(o.Limits.Min, 1)
	text := "1rem"
	switch {
	case len(o.Choices) > 0:
		text = o.Choices[0]
	case o.IsColor():
		text = "#102030"
	case o.Name == "messageFormat":
		text = "%(message)s"
	case o.Name == "maxCacheDataSize":
		text = "2gb"
	}
	item := text
	if strings.HasSuffix(o.Name, "Colors") {
		item = "#102030"
	}
	var samples []any
	for _, kind := range append([]catalogue.Type{o.Type}, o.Also...) {
		samples = append(samples, map[catalogue.Type]any{
			catalogue.Bool:     o.Default != true,
			catalogue.Integer:  number,
			catalogue.Float:    1.5,
			catalogue.String:   text,
			catalogue.Strings:  slices.Repeat([]any{item}, max(o.MinItems, 1)),
			catalogue.Integers: slices.Repeat([]any{number}, max(o.MinItems, 1)),
			catalogue.Table:    map[string]any{"X-User": "user"},
			catalogue.Tables:   []any{map[string]any{"family": "a font", "url": "app/static/a.woff", "weight": "400"}},
		}[kind])
	}
	for _, sample := range samples {
		if fault := o.Check(sample); fault != catalogue.None {
			t.Fatalf("Check(%s = %#v) = %q, want a valid sample", o.Key, sample, fault)
		}
	}
	return samples
}

// reading is what testdata/read.py prints.
type reading struct {
	Options  map[string]any `json:"options"`
	Warnings []string       `json:"warnings"`
}

// readByStreamlit writes options to a config.toml and reads it with Streamlit.
func readByStreamlit(t *testing.T, python string, options map[string]any) reading {
	t.Helper()
	script, err := filepath.Abs("testdata/read.py")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err = os.Mkdir(filepath.Join(dir, ".streamlit"), 0o750); err != nil {
		t.Fatal(err)
	}
	data, err := toml.Marshal(tables(options))
	if err != nil {
		t.Fatal(err)
	}
	if err = os.WriteFile(filepath.Join(dir, ".streamlit", "config.toml"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), python, script)
	cmd.Dir, cmd.Stderr = dir, &stderr
	// Streamlit also reads a config.toml in the home folder.
	cmd.Env = append(os.Environ(), "HOME="+dir)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("read.py: %v\n%s", err, stderr.String())
	}
	var got reading
	if err = json.Unmarshal(out, &got); err != nil {
		t.Fatalf("read.py printed %q: %v", out, err)
	}
	return got
}

// tables converts flat options to nested tables.
func tables(options map[string]any) map[string]any {
	root := map[string]any{}
	for key, value := range options {
		section := catalogue.SectionOf(key)
		table := root
		for part := range strings.SplitSeq(section, ".") {
			if table[part] == nil {
				table[part] = map[string]any{}
			}
			table, _ = table[part].(map[string]any)
		}
		table[strings.TrimPrefix(key, section+".")] = value
	}
	return root
}

// asJSON returns each value as JSON, so that values of both sides compare equal.
func asJSON(t *testing.T, options map[string]any) map[string]string {
	t.Helper()
	all := map[string]string{}
	for key, value := range options {
		data, err := json.Marshal(value)
		if err != nil {
			t.Fatal(fmt.Errorf("%s: %w", key, err))
		}
		all[key] = string(data)
	}
	return all
}
