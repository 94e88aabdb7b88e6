package ci_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/goccy/go-yaml"
	"pgregory.net/rapid"

	"sleet/scaffold/testtools"
	"sleet/steps/ci"
)

// samples returns pipelines of every kind.
func samples() map[string]ci.Options {
	secrets := []string{"SLEET_SECRET_API_KEY", "SLEET_SECRET_LOGIN_PASSWORD"}
	return map[string]ci.Options{
		"github":      {Platform: ci.GitHub, App: "weather", Dir: "apps/weather", Branch: "main", Variables: secrets, Lang: "en"},
		"github_envs": {Platform: ci.GitHub, App: "weather", Dir: ".", Branch: "release", Envs: []string{"dev", "prod-eu"}, Variables: secrets, Lang: "ja"},
		"gitlab":      {Platform: ci.GitLab, App: "天気", Dir: "apps/天気 [2]", Variables: secrets, Lang: "ja"},
		"gitlab_envs": {Platform: ci.GitLab, App: "weather", Dir: ".", Branch: "release", Envs: []string{"dev", "prod-eu"}, Lang: "en"},
	}
}

func text(t testing.TB, o ci.Options) string {
	t.Helper()
	data, err := o.File()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestPipelines compares the pipelines with golden files.
func TestPipelines(t *testing.T) {
	for name, o := range samples() {
		t.Run(name, func(t *testing.T) {
			file := text(t, o)
			golden.RequireEqual(t, []byte(file))
			if !o.Writes([]byte(file)) {
				t.Error("Writes = false for its own file")
			}
			other := o
			other.Dir += "x"
			if other.Writes([]byte(file)) {
				t.Error("Writes = true for the file of another folder")
			}
			if line := strings.TrimSpace(file); strings.Contains(line, "«") || strings.Contains(line, "ci.") && strings.Contains(line, `"ci.`) {
				t.Error("the file contains template syntax")
			}
		})
	}
}

// TestPlatformsAccept validates the pipelines with the platforms' schemas and, for GitHub, actionlint.
func TestPlatformsAccept(t *testing.T) {
	checker, linter := testtools.Tool(t, "dist/bin/check-jsonschema"), testtools.Tool(t, "bin/actionlint")
	dir := t.TempDir()
	for name, o := range samples() {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(dir, name+".yml")
			if err := os.WriteFile(path, []byte(text(t, o)), 0o600); err != nil {
				t.Fatal(err)
			}
			schema := map[ci.Platform]string{ci.GitHub: "vendor.github-workflows", ci.GitLab: "vendor.gitlab-ci"}[o.Platform]
			calls := [][]string{{checker, "--builtin-schema", schema, "--data-transform", "gitlab-ci", path}}
			if o.Platform == ci.GitHub {
				calls = [][]string{{checker, "--builtin-schema", schema, path}, {linter, path}}
			}
			for _, call := range calls {
				if out, err := exec.CommandContext(t.Context(), call[0], call[1:]...).CombinedOutput(); err != nil {
					t.Errorf("%s: %v\n%s", filepath.Base(call[0]), err, out)
				}
			}
			testtools.CountConformance(t)
		})
	}
}

// TestLeastPermissions checks the permissions of each job, and that every action is pinned to a commit.
func TestLeastPermissions(t *testing.T) {
	for _, o := range samples() {
		if o.Platform != ci.GitHub {
			continue
		}
		var w struct {
			Permissions map[string]string
			Env         map[string]string
			Jobs        map[string]struct {
				If          string
				Permissions map[string]string
				Steps       []struct {
					Uses string
					Env  map[string]string
				}
			}
		}
		if err := yaml.Unmarshal([]byte(text(t, o)), &w); err != nil {
			t.Fatal(err)
		}
		if len(w.Permissions) > 0 || len(w.Env) != 1 {
			t.Errorf("workflow permissions %v and env %v", w.Permissions, w.Env)
		}
		for name, writes := range map[string]string{"check": "", "plan": "id-token pull-requests", "apply": "id-token"} {
			job, ok := w.Jobs[name]
			for permission, level := range job.Permissions {
				if may := strings.Contains(writes, permission); may != (level == "write") {
					t.Errorf("%s has the permission %s: %s", name, permission, level)
				}
			}
			if forks := "github.event.pull_request.head.repo.full_name == github.repository"; !strings.Contains(job.If, forks) && name != "apply" {
				t.Errorf("%s runs for forks, where it has no variables: %q", name, job.If)
			}
			if !ok || job.Permissions["contents"] != "read" {
				t.Errorf("%s has the permissions %v", name, job.Permissions)
			}
			for _, step := range job.Steps {
				if _, commit, _ := strings.Cut(step.Uses, "@"); step.Uses != "" && len(commit) != 40 {
					t.Errorf("%s uses %s", name, step.Uses)
				}
				for variable := range step.Env {
					if strings.HasPrefix(variable, "SLEET_SECRET_") && name != "apply" {
						t.Errorf("%s gets %s", name, variable)
					}
				}
			}
		}
	}
}

// TestUsers checks that only the deployed branch can use the owner's role: branches that anyone can push have another
// user, or none.
func TestUsers(t *testing.T) {
	for name, o := range samples() {
		owners := 0
		_, planning := o.Planning()
		for _, s := range append(o.Statements("OWNER_ROLE"), planning...) {
			subject, is := "", false
			if _, subject, is = strings.Cut(s, "SUBJECT = '"); !is {
				continue
			}
			subject = strings.TrimSuffix(subject, "')")
			if strings.Contains(s, "<role that only reads>") {
				if !strings.HasSuffix(subject, ":pull_request") && !strings.HasSuffix(subject, ":ref_protected:false") {
					t.Errorf("%s: plans log in as %s", name, subject)
				}
				continue
			}
			owners++
			branch := o.Branch
			if branch == "" {
				branch = "main"
			}
			switch _, end, _ := strings.Cut(subject, "/"); strings.TrimPrefix(strings.TrimPrefix(end, "REPOSITORY:"), "PROJECT:") {
			case "ref:refs/heads/" + branch, "ref_type:branch:ref:" + branch, "ref_type:branch:ref_protected:true", "environment:dev", "environment:prod-eu":
			default:
				t.Errorf("%s: the owner logs in as %s", name, subject)
			}
		}
		if owners == 0 || (len(planning) > 0) != (o.Platform == ci.GitLab) {
			t.Errorf("%s: %d owners, %q", name, owners, planning)
		}
	}
}

// TestHostileNames generates pipelines for apps and folders whose names try to break out of their context.
func TestHostileNames(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		o := ci.Options{
			Platform: rapid.SampledFrom(ci.Platforms()).Draw(r, "platform"), Lang: "en", Branch: "main",
			App: testtools.Hostile("app").Draw(r, "app"), Dir: "apps/" + testtools.Hostile("dir").Draw(r, "dir"),
		}
		data, err := o.File()
		if err != nil {
			r.Fatal(err)
		}
		var file map[string]any
		if err := yaml.Unmarshal(data, &file); err != nil {
			r.Fatalf("%v\n%s", err, data)
		}
		want, dir := 7, ""
		if o.Platform == ci.GitHub {
			dir, _ = file["env"].(map[string]any)["APP_DIR"].(string)
			dir = strings.ReplaceAll(dir, "${{ '${{' }}", "${{")
		} else {
			want = 5
			for name, job := range file {
				if variables, ok := job.(map[string]any)["variables"].(map[string]any); ok && !strings.HasSuffix(name, "-account") && variables["APP_DIR"] != nil {
					dir = strings.ReplaceAll(variables["APP_DIR"].(string), "$$", "$")
				}
			}
		}
		if len(file) != want || dir != o.Dir {
			r.Fatalf("%d keys, folder %q, want %q\n%s", len(file), dir, o.Dir, data)
		}
	})
}
