package ci_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"sleet/steps/ci"
)

// job is the part of a job that the tests read: GitHub's steps, GitLab's script.
type job struct {
	Steps []struct {
		Name, Run string
		Env       map[string]string
	}
	Script       []string
	BeforeScript []string `yaml:"before_script"`
	Variables    map[string]string
}

// scripts returns the scripts of the plan job, and their variables.
func scripts(t *testing.T, o ci.Options) (list []string, variables []string) {
	t.Helper()
	var jobs map[string]job
	if o.Platform == ci.GitHub {
		var file struct{ Jobs map[string]job }
		if err := yaml.Unmarshal([]byte(text(t, o)), &file); err != nil {
			t.Fatal(err)
		}
		jobs = file.Jobs
	} else if err := yaml.Unmarshal([]byte(text(t, o)), &jobs); err != nil {
		t.Fatal(err)
	}
	for name, j := range jobs {
		if !strings.Contains(name, "plan") {
			continue
		}
		for key, value := range j.Variables {
			variables = append(variables, key+"="+value)
		}
		list = append(list, j.Script...)
		for _, step := range j.Steps {
			list = append(list, step.Run)
			for key, value := range step.Env {
				if !strings.Contains(value, "${{") {
					variables = append(variables, key+"="+value)
				}
			}
		}
	}
	return list, variables
}

// TestPlanScripts runs the plan job's scripts with stubs of sleet and GitHub's CLI: a plan becomes a comment, an
// existing comment is updated, and a failing plan fails the job.
func TestPlanScripts(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil || runtime.GOOS == "windows" {
		t.Skip("the jobs run on Linux")
	}
	o := ci.Options{Platform: ci.GitHub, App: "weather", Dir: "apps/it's $HOME", Branch: "main", Lang: "en"}
	for _, test := range []struct {
		name, sleet, comments string
		code                  int
		want, method          string
	}{
		{"changes", "echo '  + create SECRET X'; exit 1", "", 0, "```text\n  + create SECRET X\n", "POST"},
		{"nothing", "exit 0", "42", 0, "Nothing to change.", "PATCH"},
		{"long", "yes '  + create SECRET 秘密' | head -c 70000; exit 1", "", 0, "\n````````\n\nThe plan is cut here. The rest is in the log of the job: https://example.com/runs/1\n", "POST"},
		{"failed", "echo 'no connection' >&2; exit 1", "", 1, "", ""},
		{"wrong", "echo half; exit 2", "", 2, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			t.Cleanup(func() {
				if t.Failed() {
					t.Log(dir)
				}
			})
			for name, script := range map[string]string{
				"sleet": "echo \"$@\" >>\"$RUNNER_TEMP/calls\"\n" + test.sleet,
				"gh":    "echo gh \"$@\" >>\"$RUNNER_TEMP/calls\"\ncase \"$*\" in *--paginate*) echo " + test.comments + ";; esac",
			} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte("#!"+bash+"\n"+script+"\n"), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			list, variables := scripts(t, o)
			code := 0
			for _, script := range list {
				if !strings.Contains(script, "plan.txt") || code != 0 {
					continue
				}
				cmd := exec.CommandContext(t.Context(), bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
				cmd.Dir = dir
				cmd.Env = append([]string{
					"PATH=" + dir + string(filepath.ListSeparator) + os.Getenv("PATH"), "RUNNER_TEMP=" + dir, "GITHUB_REPOSITORY=me/apps",
					"PULL_REQUEST=7", "APP_DIR=" + o.Dir, "RUN_URL=https://example.com/runs/1",
				}, variables...)
				out, err := cmd.CombinedOutput()
				var exit *exec.ExitError
				if errors.As(err, &exit) {
					code = exit.ExitCode()
				} else if err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
			}
			if code != test.code {
				t.Errorf("exit code %d, want %d", code, test.code)
			}
			comment, _ := os.ReadFile(filepath.Join(dir, "comment.md"))
			calls, _ := os.ReadFile(filepath.Join(dir, "calls"))
			if len(comment) > 65_536 || !utf8.Valid(comment) || strings.Contains(string(comment), "cut here") != (test.name == "long") {
				t.Errorf("comment of %d bytes ends with %q", len(comment), comment[max(0, len(comment)-200):])
			}
			if !strings.Contains(string(comment), test.want) || !strings.Contains(string(calls), test.method) {
				t.Errorf("comment:\n%s\ncalls:\n%s", comment, calls)
			}
			if !strings.Contains(string(calls), "apply "+o.Dir+" --plan\n") {
				t.Errorf("calls:\n%s", calls)
			}
		})
	}
}

// TestScriptsParse checks the syntax of every script with a shell.
func TestScriptsParse(t *testing.T) {
	for name, shell := range map[ci.Platform]string{ci.GitHub: "bash", ci.GitLab: "sh"} {
		shell, err := exec.LookPath(shell)
		if err != nil {
			t.Skip(err)
		}
		for _, o := range samples() {
			if o.Platform != name {
				continue
			}
			list, _ := scripts(t, o)
			if len(list) < 3 {
				t.Errorf("%s has %d scripts", name, len(list))
			}
			for _, script := range list {
				if out, err := exec.CommandContext(t.Context(), shell, "-n", "-c", script).CombinedOutput(); err != nil {
					t.Errorf("%v\n%s\n%s", err, out, script)
				}
			}
		}
	}
}
