//go:build unix

package command

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/accounts"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/screens"
	"sleet/ui/message"
)

// standing is a warehouse app in an account, and its folder. Since its deployment its code has come to read a secret,
// which the account does not have yet.
type standing struct {
	account *snowflaketest.Account
	dir     string
	environ []string
	// terminal reports whether a person is at a terminal.
	terminal bool
}

func newStanding(t *testing.T) standing {
	t.Helper()
	account := newAccount(t)
	s := standing{account: account, dir: t.TempDir(), environ: []string{
		"SNOWFLAKE_HOME=" + machineWith(t, account), "XDG_STATE_HOME=" + t.TempDir(), "HOME=" + t.TempDir(), "LC_ALL=C.UTF-8",
	}}
	args := []string{"new", "demo", "--yes", "--no-lock", "--runtime", "warehouse", "--database", "APPS", "--schema", "PUBLIC", "--host", "api.example.com"}
	s.run(t, args...)
	s.run(t, "apply", "demo", "--yes")
	s.run(t, append(args, "--secret", "api_key")...)
	return s
}

// run runs sleet without a terminal, with the secret's value in the environment. It must succeed.
func (s standing) run(t *testing.T, args ...string) {
	t.Helper()
	s.environ = append([]string{"SLEET_SECRET_API_KEY=" + wholeValue}, s.environ...)
	if code, said := s.try(t, strings.NewReader(""), args...); code != exit.Success {
		t.Fatalf("%v: exit code %d\n%s", args, code, said)
	}
}

// try runs sleet with an input.
func (s standing) try(t *testing.T, in io.Reader, args ...string) (code int, said string) {
	t.Helper()
	var out strings.Builder
	host := machine.Host{
		In: in, Out: &out, Err: &out, Dir: s.dir, Build: machine.Build{Version: "test"}, Connect: accounts.Connect, Migrate: screens.Migrate, Environ: s.environ, Terminal: s.terminal,
	}
	code = Run(t.Context(), args, host)
	return code, out.String()
}

// movedAlone returns the same app, migrated and applied without a terminal.
func movedAlone(t *testing.T) standing {
	t.Helper()
	alone := newStanding(t)
	alone.run(t, "migrate", "demo", "--yes", "--no-lock")
	alone.run(t, "apply", "demo", "--yes")
	return alone
}

// same compares a folder and its account with those of an app migrated without a terminal, and checks what a migration
// must do.
func (s standing) same(t *testing.T, alone standing) {
	t.Helper()
	if diff := cmp.Diff(moved(t, filepath.Join(alone.dir, "demo")), moved(t, filepath.Join(s.dir, "demo"))); diff != "" {
		t.Errorf("the folder (-alone +here):\n%s", diff)
	}
	if diff := cmp.Diff(alone.account.Snapshot(), s.account.Snapshot()); diff != "" {
		t.Errorf("the account (-alone +here):\n%s", diff)
	}
	sent := s.account.Statements()
	for _, want := range []string{"COMPUTE_POOL", "RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11'", "COMMIT", "CREATE SECRET"} {
		if !slices.ContainsFunc(sent, func(each snowflaketest.Sent) bool { return strings.Contains(each.SQL, want) }) {
			t.Errorf("%s was not sent", want)
		}
	}
	s.noValue(t)
}

// noValue checks that no file has the secret's value.
func (s standing) noValue(t *testing.T) {
	t.Helper()
	folders := []string{s.dir}
	for _, each := range s.environ {
		if name, path, _ := strings.Cut(each, "="); strings.HasSuffix(name, "HOME") {
			folders = append(folders, path)
		}
	}
	for _, folder := range folders {
		for path, text := range texts(t, folder) {
			if strings.Contains(text, wholeValue) {
				t.Errorf("%s has the value", path)
			}
		}
	}
}

// TestWholeMove migrates an app and applies it in one run of the wizard, from the report to the URL, in both languages,
// on a small screen and a large one.
func TestWholeMove(t *testing.T) {
	t.Parallel()
	alone := movedAlone(t)
	for lang, cells := range map[string]size{"en": {80, 24}, "ja": {120, 36}} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			here := newStanding(t)
			say := message.For(lang).T
			about := func(step string) string {
				line := []rune(say(message.ID("step." + step + ".about")))
				return string(line[:min(len(line), 18)])
			}
			unverified, _, _ := strings.Cut(say("live.unverified", "names", "|"), "|")
			s := onTerminalOf(t, cells, here.environ, here.dir, "migrate", "demo", "--no-lock", "--lang", lang)
			s.take(t, walk{
				{say("migration.item.session"), enter},
				{about("compute"), enter},
				{about("secrets"), enter},
				{about("changes"), enter},
				{about("manual"), enter},
				{about("done"), down + enter},
				{about("account"), ""},
				{"SLEET", enter},
				{about("given"), wholeValue + enter},
				{say("plan.apply"), enter},
				{say("plan.confirm_title"), "y"},
				{say("done.finish"), ""},
				{"app.snowflake.com/", esc},
			})
			if code := s.ends(t); code != exit.Success {
				t.Fatalf("exit code %d:\n%s", code, s.screen())
			}
			if !strings.Contains(s.shown(), "https://app.snowflake.com/") || strings.Contains(s.shown(), unverified) {
				t.Errorf("the run is not complete:\n%s", s.shown()[max(0, len(s.shown())-3000):])
			}
			if strings.Contains(s.shown(), wholeValue) {
				t.Error("the value was shown")
			}
			here.same(t, alone)
		})
	}
}

// TestWholeMoveLineByLine does the same in the accessible mode, from a pipe and with an editor: a change is rewritten,
// and manual work is ticked.
func TestWholeMoveLineByLine(t *testing.T) {
	t.Parallel()
	changes := strings.Repeat("\n", 7) // the report, five questions about compute, and the secrets
	rest := "1\ndeploy\n\n" + wholeValue + "\nyes\n\n"
	for name, answers := range map[string]string{
		"pipe":   changes + strings.Repeat("take\n", 5) + rest,
		"editor": changes + strings.Repeat("take\n", 3) + "edit\ntake\n" + rest,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			alone, here := newStanding(t), newStanding(t)
			for _, each := range []standing{alone, here} { // Python rejects the page, so that it becomes manual work
				each.rewrite(t, "pages/hand.py", func(string) string { return "import streamlit as st\n\nst.write(\"later\"\n" })
			}
			if code, said := alone.try(t, strings.NewReader(""), "migrate", "demo", "--yes", "--no-lock"); code != exit.Failure {
				t.Fatalf("exit code %d: manual work is left\n%s", code, said)
			}
			alone.rewrite(t, "MIGRATION.md", func(text string) string { return strings.Replace(text, "- [ ]", "- [x]", 1) })
			if name == "editor" {
				script := filepath.Join(t.TempDir(), "editor.sh")
				if err := os.WriteFile(script, []byte("echo '# mine' >> \"$1\"\n"), 0o600); err != nil {
					t.Fatal(err)
				}
				here.environ, here.terminal = append(here.environ, "EDITOR=sh "+script), true
				alone.rewrite(t, "streamlit_app.py", func(text string) string { return text + "# mine\n" })
			}
			alone.run(t, "apply", "demo", "--yes")
			code, said := here.try(t, strings.NewReader(answers), "migrate", "demo", "--no-lock", "--accessible")
			if code != exit.Success || !strings.Contains(said, "https://app.snowflake.com/") || strings.Contains(said, wholeValue) {
				t.Fatalf("exit code %d\n%s", code, said)
			}
			here.same(t, alone)
		})
	}
}

// rewrite changes a file of the app.
func (s standing) rewrite(t *testing.T, name string, change func(string) string) {
	t.Helper()
	path := filepath.Join(s.dir, "demo", filepath.FromSlash(name))
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(change(string(text))), 0o600)); err != nil {
		t.Fatal(err)
	}
}
