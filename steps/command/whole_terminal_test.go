//go:build unix

package command

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/accounts"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/ui/message"
)

// wholeRun is one run of the program from its first screen to its end.
type wholeRun struct {
	lang    string
	runtime string
	cells   size
	live    bool
}

// milestones returns the texts to wait for, step by step, and what to type. Each step is recognized by the start of the
// line below its title.
func (r wholeRun) milestones() walk {
	about := func(step string) string {
		line := []rune(message.For(r.lang).T(message.ID("step." + step + ".about")))
		return string(line[:min(len(line), 18)])
	}
	pick := enter
	if r.runtime == "warehouse" {
		pick = down + enter
	}
	all := walk{{about("start"), down + enter}, {about("app"), enter}, {about("runtime"), pick}, {about("secrets"), enter}, {about("review"), enter}}
	if !r.live {
		return append(all, walk{{about("done"), enter}}...)
	}
	return append(all, walk{
		{about("done"), down + enter},
		{about("account"), ""},
		{"SLEET", enter},
		{about("given"), wholeValue + enter},
		{message.For(r.lang).T("plan.apply"), enter},
		{message.For(r.lang).T("plan.confirm_title"), "y"},
	}...)
}

const wholeValue = "p1geon-h0le"

// TestWholeRuns runs the program in both languages and both runtimes, with an account and without, on a small screen
// and a large one. The files are those of a run without a terminal, the account is the one that apply creates.
func TestWholeRuns(t *testing.T) {
	t.Parallel()
	for _, r := range []wholeRun{
		{"en", "container", size{80, 24}, false},
		{"ja", "container", size{200, 50}, false},
		{"en", "warehouse", size{200, 50}, false},
		{"ja", "warehouse", size{80, 24}, false},
		{"en", "container", size{200, 50}, true},
		{"ja", "container", size{80, 24}, true},
		{"en", "warehouse", size{80, 24}, true},
		{"ja", "warehouse", size{200, 50}, true},
	} {
		name := r.lang + " " + r.runtime
		if r.live {
			name += " live"
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.check(t)
		})
	}
}

func (r wholeRun) args() []string {
	return []string{
		"new", "demo", "--no-lock", "--database", "APPS", "--schema", "PUBLIC", "--host", "api.example.com", "--secret", "api_key",
	}
}

func (r wholeRun) check(t *testing.T) {
	t.Helper()
	account := newAccount(t)
	dir, state := t.TempDir(), t.TempDir()
	environ := []string{"XDG_STATE_HOME=" + state, "SNOWFLAKE_HOME=" + machineWith(t, account), "LC_ALL=C.UTF-8"}
	s := onTerminalOf(t, r.cells, environ, dir, append(r.args(), "--lang", r.lang)...)
	s.take(t, r.milestones())
	if r.live {
		s.take(t, walk{{message.For(r.lang).T("done.finish"), esc}})
	}
	if code := s.ends(t); code != exit.Success {
		t.Fatalf("exit code %d:\n%s", code, s.screen())
	}
	if strings.Contains(s.shown(), wholeValue) {
		t.Error("the value was shown")
	}
	alone := t.TempDir()
	headless(t, alone, append(r.args(), "--yes", "--answers", filepath.Join(dir, "demo", "sleet.toml"))...)
	if diff := cmp.Diff(texts(t, filepath.Join(alone, "demo")), texts(t, filepath.Join(dir, "demo"))); diff != "" {
		t.Errorf("(-without a terminal +on one):\n%s", diff)
	}
	if text := texts(t, filepath.Join(dir, "demo"))["sleet.toml"]; r.runtime == "warehouse" && !strings.Contains(text, `runtime = "warehouse"`) {
		t.Errorf("another runtime was written:\n%s", text)
	}
	if !r.live {
		return
	}
	applied := newAccount(t)
	host := machine.Host{
		In: strings.NewReader(""), Out: new(strings.Builder), Err: new(strings.Builder), Dir: dir, Build: machine.Build{Version: "test"}, Connect: accounts.Connect,
		Environ: []string{
			"SNOWFLAKE_HOME=" + machineWith(t, applied), "SLEET_SECRET_API_KEY=" + wholeValue, "XDG_STATE_HOME=" + t.TempDir(), "HOME=" + t.TempDir(),
		},
	}
	if code := Run(t.Context(), []string{"apply", "demo", "--yes"}, host); code != exit.Success {
		t.Fatalf("apply: exit code %d", code)
	}
	if diff := cmp.Diff(applied.Snapshot(), account.Snapshot()); diff != "" {
		t.Errorf("(-apply --yes +wizard):\n%s", diff)
	}
}

// TestDumbTerminalWhole checks that a dumb terminal gets the questions line by line, without colours and cursor
// movements.
func TestDumbTerminalWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := onTerminalOf(t, size{80, 24}, []string{"TERM=dumb", "NO_COLOR=1"}, dir, "new", "demo", "--no-lock")
	for range 4 {
		if _, err := s.ptmx.WriteString("\n"); err != nil {
			t.Fatal(err)
		}
	}
	if code := s.ends(t); code != exit.Success {
		t.Fatalf("exit code %d:\n%s", code, s.shown())
	}
	if strings.ContainsRune(s.shown(), '\x1b') {
		t.Errorf("the program sends escape sequences:\n%q", s.shown())
	}
	if !strings.Contains(s.shown(), "Step 1 of 5") {
		t.Errorf("no position is shown:\n%s", s.shown())
	}
	alone := t.TempDir()
	headless(t, alone, "new", "demo", "--no-lock", "--yes")
	if diff := cmp.Diff(texts(t, filepath.Join(alone, "demo")), texts(t, filepath.Join(dir, "demo"))); diff != "" {
		t.Errorf("(-without a terminal +on one):\n%s", diff)
	}
}

// TestHangUpInEachPhase hangs up in every phase: the terminal's modes are restored, and a file that was being written
// is complete or missing.
func TestHangUpInEachPhase(t *testing.T) {
	t.Parallel()
	r := wholeRun{"en", "container", size{100, 30}, true}
	all := r.milestones()
	phases := map[string]int{
		"first step": 0, "app": 1, "runtime": 2, "secrets": 3, "review": 4, "done": 5, "connections": 6, "values": 8, "plan": 9, "live": 10,
	}
	for name, n := range phases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			account := newAccount(t)
			release := make(chan struct{})
			defer close(release)
			account.Fault(&snowflaketest.Fault{Kind: snowflaketest.Slow, Match: regexp.MustCompile("^CREATE EXTERNAL"), Release: release})
			environ := []string{"XDG_STATE_HOME=" + t.TempDir(), "SNOWFLAKE_HOME=" + machineWith(t, account), "LC_ALL=C.UTF-8"}
			dir := t.TempDir()
			s := onTerminalOf(t, r.cells, environ, dir, r.args()...)
			steps := append(walk{}, all[:n]...)
			switch {
			case n < len(all):
				steps = append(steps, walk{{all[n].sees, ""}}...)
			default:
				steps = append(steps, walk{{"1 s", ""}}...) // the slow step is running
			}
			s.take(t, steps)
			if err := s.cmd.Process.Signal(syscall.SIGHUP); err != nil {
				t.Fatal(err)
			}
			if code := s.ends(t); code != exit.Stopped {
				t.Errorf("exit code %d", code)
			}
			_, err := os.Stat(filepath.Join(dir, "demo", "sleet.toml"))
			if written := err == nil; written != (n > 4) {
				t.Errorf("written: %v", written)
			}
		})
	}
}
