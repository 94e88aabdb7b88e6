package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// workflow is what the test reads of a workflow.
type workflow struct {
	On          any            `yaml:"on"`
	Permissions map[string]any `yaml:"permissions"`
	Jobs        map[string]struct {
		Steps []struct {
			Uses string
			Run  string
			With map[string]any
		}
	}
}

// TestWorkflowsTakeNoOrders holds that no text of somebody else, such as the name of a branch, becomes part of a script, and that what
// runs somebody else's code has no token that writes.
// https://docs.github.com/en/actions/reference/security/secure-use
func TestWorkflowsTakeNoOrders(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(".github/workflows/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("%v, %v", files, err)
	}
	outside := regexp.MustCompile(`\$\{\{[^}]*(github\.event|head_ref|github\.actor)`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var w workflow
		if err := yaml.Unmarshal(text, &w); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if strings.Contains(string(text), "pull_request_target") || strings.Contains(string(text), "workflow_run") {
			t.Errorf("%s runs a stranger's code with this repository's rights", file)
		}
		if outside.Match(text) {
			t.Errorf("%s uses a text that a stranger writes", file)
		}
		if len(w.Permissions) == 0 {
			t.Errorf("%s has the permissions that the repository gives", file)
		}
		if on, _ := yaml.Marshal(w.On); strings.Contains(string(on), "pull_request") && (len(w.Permissions) != 1 || w.Permissions["contents"] != "read") {
			t.Errorf("%s may write for a pull request: %v", file, w.Permissions)
		}
		for name, job := range w.Jobs {
			for _, step := range job.Steps {
				if strings.Contains(step.Run, "${{") {
					t.Errorf("%s, %s: a script has an expression in it, which is put in as it is: %s", file, name, step.Run)
				}
				if strings.HasPrefix(step.Uses, "actions/checkout@") && step.With["persist-credentials"] != false {
					t.Errorf("%s, %s: the checkout leaves its token for every script after it", file, name)
				}
			}
		}
	}
}
