package answers

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"sleet/scaffold"
	"sleet/scaffold/catalogue"
	"sleet/scaffold/testtools"
	"sleet/scaffold/textedit"
	"sleet/ui/message"
)

// TestJSONSchemaDescribesEveryKey checks every table and key in each language.
func TestJSONSchemaDescribesEveryKey(t *testing.T) {
	for _, lang := range message.Languages() {
		var doc map[string]any
		if err := json.Unmarshal(JSONSchema(lang), &doc); err != nil {
			t.Fatal(err)
		}
		at := func(s any, path ...string) map[string]any {
			for _, part := range path {
				s = s.(map[string]any)[part]
			}
			found, _ := s.(map[string]any)
			if text, _ := found["description"].(string); text == "" || strings.HasPrefix(text, "schema.") {
				t.Errorf("%s: description of %v = %q", lang, path, text)
			}
			return found
		}
		for _, table := range Schema() {
			found := at(doc, "properties", table.Name)
			if table.List {
				found = found["items"].(map[string]any)
			}
			for _, f := range table.fields {
				found["description"] = "x"
				at(found, "properties", f.key)
			}
		}
		for _, o := range catalogue.Options() {
			path := []string{"properties", "config"}
			for part := range strings.SplitSeq(o.Key, ".") {
				path = append(path, "properties", part)
			}
			at(doc, path...)
		}
		if got := at(doc, "properties", "app", "properties", "runtime")["default"]; got != string(scaffold.Container) {
			t.Errorf("default of app.runtime = %v", got)
		}
	}
}

// shapeCase is a sleet.toml and whether it is valid.
type shapeCase struct {
	Name, Text string
	Right      bool
}

// shapeCases returns the texts of every test, and values of every type for every option.
func shapeCases(t *testing.T) []shapeCase {
	t.Helper()
	cases := []shapeCase{{"empty", "", true}, {"secret without a key", "[[secrets]]\ntype = \"password\"", false}}
	full, err := os.ReadFile(filepath.Join("testdata", "full.toml"))
	if err != nil {
		t.Fatal(err)
	}
	cases = append(cases, shapeCase{"full", string(full), true}, shapeCase{"nothing written", string(TOML(scaffold.App{})), true})
	for text, why := range parseErrors(t) {
		cases = append(cases, shapeCase{why, text, !aboutShape(why)})
	}
	for _, c := range parsedForms() {
		right := !slices.ContainsFunc(c.want.Secrets, func(s scaffold.SecretDecl) bool { return s.Key == "" })
		cases = append(cases, shapeCase{c.name, c.text, right})
	}
	cases = append(cases, storedAnswers(t)...)
	values := []any{true, "", "dark", "1px", "#fff", "https://a.com/x.toml", int64(0), int64(1), int64(5), int64(300), 0.5, []any{}, []any{"a"}, []any{int64(400)}, []any{"a", int64(1)}, []any{map[string]any{"family": "a"}}, map[string]any{"a": int64(1)}}
	for _, o := range catalogue.Options() {
		choices := values
		for _, c := range o.Choices {
			choices = append(slices.Clip(choices), c)
		}
		for _, v := range choices {
			text := "[config]\n" + o.Key + " = " + textedit.TOMLValue(v) + "\n"
			cases = append(cases, shapeCase{text, text, o.Check(v) == catalogue.None})
		}
	}
	return cases
}

// aboutShape reports whether an error concerns the shape of the file, not answers that do not fit
// together.
func aboutShape(why string) bool {
	return !strings.Contains(why, "is already used by") && !strings.Contains(why, "the number is too large")
}

// storedAnswers returns every sleet.toml in the test data of all packages.
func storedAnswers(t *testing.T) []shapeCase {
	t.Helper()
	var cases []shapeCase
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".txtar" {
			return err
		}
		archive, err := txtar.ParseFile(path)
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		for _, f := range archive.Files {
			if filepath.Base(f.Name) != scaffold.AnswersFile {
				continue
			}
			app, err := Parse(scaffold.AnswersFile, f.Data)
			right := err == nil && !slices.ContainsFunc(app.Secrets, func(s scaffold.SecretDecl) bool { return s.Key == "" })
			cases = append(cases, shapeCase{path + " " + f.Name, string(f.Data), right})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) < 5 {
		t.Errorf("only %d sleet.toml in the test data", len(cases))
	}
	return cases
}

// TestJSONSchemaIsValid validates the schema against its meta-schema.
func TestJSONSchemaIsValid(t *testing.T) {
	check := testtools.Tool(t, "dist/bin/check-jsonschema")
	for _, lang := range message.Languages() {
		t.Run(lang, func(t *testing.T) {
			testtools.CountConformance(t)
			path := filepath.Join(t.TempDir(), "schema.json")
			if err := os.WriteFile(path, JSONSchema(lang), 0o600); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.CommandContext(t.Context(), check, "--check-metaschema", path).CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

// TestJSONSchemaAgreesWithSleet compares the schema's verdict with sleet's on every case.
func TestJSONSchemaAgreesWithSleet(t *testing.T) {
	python := testtools.Tool(t, "app/bin/python")
	testtools.CountConformance(t)
	const judge = `
import json, sys, tomllib, jsonschema
asked = json.load(sys.stdin)
validator = jsonschema.Draft7Validator(asked["schema"])
for case in asked["cases"]:
    try:
        document = tomllib.loads(case["Text"])
    except tomllib.TOMLDecodeError:
        continue
    faults = [f"{e.json_path}: {e.message}" for e in validator.iter_errors(document)]
    if (not faults) != case["Right"]:
        print(case["Name"], "is right for", "sleet alone:" if case["Right"] else "the schema alone", *faults)
`
	cases := shapeCases(t)
	input, err := json.Marshal(map[string]any{"schema": json.RawMessage(JSONSchema("en")), "cases": cases})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), python, "-c", judge)
	cmd.Stdin = strings.NewReader(string(input))
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestTaploReadsTheSchema compares the verdict of taplo, the TOML language server of editors, on
// the same cases.
func TestTaploReadsTheSchema(t *testing.T) {
	taplo := testtools.Tool(t, "dist/bin/taplo")
	testtools.CountConformance(t)
	dir := t.TempDir()
	schema := filepath.Join(dir, "schema.json")
	if err := os.WriteFile(schema, JSONSchema("en"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused := func(files ...string) map[string]bool {
		cmd := exec.CommandContext(t.Context(), taplo, append([]string{"lint", "--no-auto-config", "--colors", "never", "--schema", "file://" + schema}, files...)...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		found := map[string]bool{}
		for _, file := range files {
			if strings.Contains(string(out), string(filepath.Separator)+file+"\"") {
				found[file] = true
			}
		}
		if (err != nil) != (len(found) > 0) {
			t.Errorf("taplo: %v\n%s", err, out)
		}
		return found
	}
	cases := shapeCases(t)
	files := make([]string, len(cases))
	for i, c := range cases {
		files[i] = strconv.Itoa(i) + ".toml"
		if err := os.WriteFile(filepath.Join(dir, files[i]), []byte(c.Text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found := refused(files...)
	for i, c := range cases {
		// Given many files, taplo sometimes loses an error of one: ask about that file alone.
		if found[files[i]] == c.Right && refused(files[i])[files[i]] == c.Right {
			t.Errorf("taplo rejects it: %v, sleet: %v\n%s\n%s", found[files[i]], !c.Right, c.Name, c.Text)
		}
	}
}
