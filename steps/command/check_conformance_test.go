package command

import (
	"bytes"
	"os/exec"
	"testing"

	"sleet/scaffold/testtools"
)

// TestSARIFIsValid validates the SARIF output with the schema of OASIS.
func TestSARIFIsValid(t *testing.T) {
	python, schema := testtools.Tool(t, "app/bin/python"), testtools.Tool(t, "share/sarif-schema-2.1.0.json")
	const judge = `
import json, sys, jsonschema
schema = json.load(open(sys.argv[1], encoding="utf-8"))
cls = jsonschema.validators.validator_for(schema)
log = json.load(sys.stdin)
for fault in cls(schema, format_checker=cls.FORMAT_CHECKER).iter_errors(log):
    print(fault.json_path, fault.message)
run = log["runs"][0]
for result in run["results"]:
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    if rule["id"] != result["ruleId"]:
        print(result["ruleId"], "is not rule", result["ruleIndex"])
`
	for name, args := range map[string][]string{
		"findings":  {"sales"},
		"several":   {"clean", "./sales"},
		"nothing":   {"clean"},
		"warehouse": {"sales", "--runtime", "warehouse"},
	} {
		t.Run(name, func(t *testing.T) {
			testtools.CountConformance(t)
			b := checkedApps(t)
			if name == "several" {
				args = append(args, b.Path("sales"))
			}
			b.run(t, append([]string{"check", "--format", "sarif"}, args...)...)
			cmd := exec.CommandContext(t.Context(), python, "-c", judge, schema)
			cmd.Stdin = bytes.NewReader(b.out.Bytes())
			if said, err := cmd.CombinedOutput(); err != nil || len(said) > 0 {
				t.Errorf("%v\n%s", err, said)
			}
		})
	}
}

// TestHooksAreValid validates the hook file with pre-commit's validator.
func TestHooksAreValid(t *testing.T) {
	preCommit := testtools.Tool(t, "app/bin/pre-commit")
	testtools.CountConformance(t)
	cmd := exec.CommandContext(t.Context(), preCommit, "validate-manifest", "../../.pre-commit-hooks.yaml")
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}
