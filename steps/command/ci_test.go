package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sleet/steps/command/exit"
)

// ciBench creates a repository with an app in apps/weather.
func ciBench(t *testing.T) *bench {
	t.Helper()
	b := newBench(t)
	if err := os.MkdirAll(filepath.Join(b.Dir, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	if code := b.run(t, "new", "apps/weather", "--yes", "--no-lock", "--secret", "api_key", "--secret", "login:password"); code != exit.Success {
		t.Fatalf("%d\n%s", code, &b.err)
	}
	return b
}

// call runs sleet and returns its output.
func (b *bench) call(t *testing.T, want int, args ...string) string {
	t.Helper()
	b.out.Reset()
	b.err.Reset()
	if code := b.run(t, args...); code != want {
		t.Errorf("%v: exit code %d, want %d\n%s%s", args, code, want, &b.out, &b.err)
	}
	return b.out.String() + b.err.String()
}

func fileText(t *testing.T, path ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestCI checks that ci writes a workflow, updates it after the app got a secret, and keeps one that somebody edited.
func TestCI(t *testing.T) {
	t.Parallel()
	b := ciBench(t)
	path := filepath.Join(b.Dir, ".github", "workflows", "sleet-apps-weather.yml")
	dry := b.call(t, exit.Success, "ci", "github", "apps/weather", "--dry-run")
	if _, err := os.Stat(path); err == nil {
		t.Error("--dry-run writes files")
	}
	said := b.call(t, exit.Success, "ci", "github", "apps/weather")
	if first := fileText(t, path); first != dry || !strings.Contains(first, "SLEET_SECRET_LOGIN_PASSWORD: ${{ secrets.SLEET_SECRET_LOGIN_PASSWORD }}") {
		t.Errorf("--dry-run prints\n%s\nbut the file is\n%s", dry, first)
	}
	for _, want := range []string{
		"CREATE USER IF NOT EXISTS CI_APPS_WEATHER_PLAN TYPE = SERVICE", "SUBJECT = 'repo:OWNER/REPOSITORY:ref:refs/heads/main')",
		"gh variable set SLEET_URL", "gh secret set SLEET_SECRET_API_KEY",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
	if said := b.call(t, exit.Success, "ci", "github", "apps/weather"); !strings.Contains(said, "up to date") {
		t.Error(said)
	}
	b.call(t, exit.Success, "new", "apps/weather", "--yes", "--no-lock", "--secret", "api_key")
	b.call(t, exit.Success, "ci", "github", "apps/weather")
	if strings.Contains(fileText(t, path), "LOGIN_PASSWORD") {
		t.Error("an unedited file is not updated")
	}

	edited := strings.Replace(fileText(t, path), "timeout-minutes: 10", "timeout-minutes: 99", 1)
	if err := os.WriteFile(path, []byte(edited), 0o644); err != nil {
		t.Fatal(err)
	}
	if said := b.call(t, exit.Success, "ci", "github", "apps/weather"); !strings.Contains(said, "with your edits") {
		t.Error(said)
	}
	b.call(t, exit.Success, "new", "apps/weather", "--yes", "--no-lock", "--secret", "other")
	if said := b.call(t, exit.NotReplaced, "ci", "github", "apps/weather"); !strings.Contains(said, "-    timeout-minutes: 99") || fileText(t, path) != edited {
		t.Errorf("an edited file was replaced, or its diff not shown:\n%s", said)
	}
	b.Terminal, b.In = true, strings.NewReader("n\n")
	b.call(t, exit.NotReplaced, "ci", "github", "apps/weather")
	b.In = strings.NewReader("y\n")
	b.call(t, exit.Success, "ci", "github", "apps/weather")
	if got := fileText(t, path); strings.Contains(got, "timeout-minutes: 99") || !strings.Contains(got, "SLEET_SECRET_OTHER") {
		t.Errorf("a confirmation does not replace the file:\n%s", got)
	}
}

// TestCIForeign checks that a file of somebody else or of another app is replaced only with --overwrite.
func TestCIForeign(t *testing.T) {
	t.Parallel()
	b := ciBench(t)
	b.call(t, exit.Success, "new", "apps-weather", "--yes", "--no-lock")
	b.call(t, exit.Success, "ci", "github", "apps-weather")
	b.call(t, exit.NotReplaced, "ci", "github", "apps/weather")
	b.call(t, exit.Success, "ci", "github", "apps/weather", "--overwrite")
	if got := fileText(t, b.Dir, ".github", "workflows", "sleet-apps-weather.yml"); !strings.Contains(got, `APP_DIR: "apps/weather"`) {
		t.Error(got)
	}
}

// TestCIGitLab checks that ci writes the file that GitLab reads if there is none, and otherwise prints what to add to
// it.
func TestCIGitLab(t *testing.T) {
	t.Parallel()
	b := ciBench(t)
	said := b.call(t, exit.Success, "ci", "gitlab", "apps/weather", "--lang", "ja")
	for _, want := range []string{
		"CREATE USER IF NOT EXISTS CI_APPS_WEATHER TYPE = SERVICE", "SUBJECT = 'project_path:GROUP/PROJECT:ref_type:branch:ref:main');",
		"glab variable set SLEET_PLAN true", "CREATE USER IF NOT EXISTS CI_APPS_WEATHER_PLAN TYPE = SERVICE DEFAULT_ROLE = <role that only reads>",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
	include := "include:\n  - local: .gitlab/sleet-apps-weather.gitlab-ci.yml\n"
	if got := fileText(t, b.Dir, ".gitlab-ci.yml"); got != include || !strings.Contains(said, "次のステップ") {
		t.Errorf("%s\n%s", got, said)
	}
	b.call(t, exit.Success, "new", "apps/stock", "--yes", "--no-lock")
	said = b.call(t, exit.Success, "ci", "gitlab", "apps/stock")
	if !strings.Contains(said, "Add to .gitlab-ci.yml:\ninclude:\n  - local: .gitlab/sleet-apps-stock.gitlab-ci.yml") || fileText(t, b.Dir, ".gitlab-ci.yml") != include {
		t.Error(said)
	}
}

// TestCIRefuses checks the errors of command lines that are not valid.
func TestCIRefuses(t *testing.T) {
	t.Parallel()
	b := ciBench(t)
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"jenkins", "apps/weather"}, `"jenkins" is not a platform; use github, gitlab`},
		{[]string{"github", "apps"}, "has no sleet.toml"},
		{[]string{"github", "apps/weather", "--branch", "a b"}, "not a valid branch name"},
		{[]string{}, "sleet ci"},
	} {
		if said := b.call(t, exit.Invalid, append([]string{"ci"}, test.args...)...); !strings.Contains(said, test.want) {
			t.Errorf("%v: %s", test.args, said)
		}
	}
	lone := newBench(t)
	lone.call(t, exit.Success, "new", "weather", "--yes", "--no-lock")
	if said := lone.call(t, exit.Invalid, "ci", "github", "weather"); !strings.Contains(said, "not in a Git repository") {
		t.Error(said)
	}
}

// TestCILinks checks that no symbolic link is followed on the way to the pipeline.
func TestCILinks(t *testing.T) {
	t.Parallel()
	b := ciBench(t)
	if err := os.MkdirAll(filepath.Join(b.Dir, ".git", "hooks"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(".git", filepath.Join(b.Dir, ".github")); err != nil {
		t.Skip(err)
	}
	b.call(t, exit.Failure, "ci", "github", "apps/weather")
	if made, _ := filepath.Glob(filepath.Join(b.Dir, ".git", "workflows*")); len(made) > 0 {
		t.Errorf("wrote %v", made)
	}
}
