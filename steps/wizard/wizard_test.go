package wizard

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold/workspace"
	"sleet/steps/wizard/screen"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/steps"
	"sleet/ui"
	"sleet/ui/message"
)

var update = flag.Bool("update", false, "write the golden files")

func press(name string) tea.KeyPressMsg { return ui.KeyPress(name) }

// hand drives a Wizard as a terminal would: it sends keys and runs their commands at once, except those that only a
// clock would complete.
type hand struct {
	t testing.TB
	Wizard
	frozen bool // commands are ignored
}

func newHand(t testing.TB, s steps.State, e steps.Effects) hand {
	t.Helper()
	return startHand(t, "en", s, e).customized()
}

// startHand returns a hand on the first screen.
func startHand(t testing.TB, lang string, s steps.State, e steps.Effects) hand {
	t.Helper()
	w := newWizard(s, e, look{dark: true, profile: colorprofile.TrueColor, unicode: true, words: message.For(lang).T})
	return hand{t: t, Wizard: w}.send(tea.WindowSizeMsg{Width: 120, Height: 36})
}

// customized moves on to the questions about a new app, if that is the first offer.
func (h hand) customized() hand {
	if h.step != steps.Start || steps.Offers(h.state, h.effects.Effects)[0] != steps.StartDefaults {
		return h
	}
	return h.entered(steps.AppStep)
}

// keys presses keys by name.
func (h hand) keys(names ...string) hand {
	for _, name := range names {
		h = h.send(press(name))
	}
	return h
}

func (h hand) typed(text string) hand {
	for _, r := range text {
		h = h.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return h
}

func (h hand) size(width, height int) hand {
	return h.send(tea.WindowSizeMsg{Width: width, Height: height})
}

func (h hand) send(msg tea.Msg) hand {
	model, cmd := h.Update(msg)
	h.Wizard, _ = model.(Wizard)
	return h.run(cmd)
}

// run runs a command and sends its message, if it is of sleet's own type. Others, such as ticks of spinners, are
// ignored.
func (h hand) run(cmd tea.Cmd) hand {
	if cmd == nil || h.frozen {
		return h
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, each := range msg {
			h = h.run(each)
		}
	case nil:
	default:
		if strings.HasPrefix(reflect.TypeOf(msg).PkgPath(), "sleet/steps/wizard") {
			return h.send(msg)
		}
	}
	return h
}

// screen returns the text on the terminal, without colours.
func (h hand) screen() string { return ansi.Strip(h.View().Content) }

func app(name string) scaffold.App { return scaffold.App{Folder: name} }

// wroteTo returns effects that record the written plans.
func wroteTo(plans *[]steps.Plan) steps.Effects {
	return steps.Effects{Write: func(p steps.Plan, _ workspace.Options) (workspace.Result, error) {
		*plans = append(*plans, p)
		return workspace.Result{Changes: p.Changes}, p.Err()
	}}
}

// TestShortWay checks that accepting the defaults creates an app in at most five key presses.
func TestShortWay(t *testing.T) {
	var plans []steps.Plan
	h := newHand(t, steps.State{App: app("demo")}, wroteTo(&plans)).keys("enter", "enter", "enter", "enter")
	if h.step != steps.Done || len(plans) != 1 {
		t.Fatalf("four keys lead to %s with %d plans written", h.step, len(plans))
	}
	if !plans[0].App.Equal(app("demo")) {
		t.Errorf("the defaults became answers: %s", cmp.Diff(app("demo"), plans[0].App))
	}
	if h = h.keys("enter"); h.Ending() != Finished {
		t.Errorf("the fifth key leaves the wizard %v", h.Ending())
	}
}

// TestLongWay checks that going through all steps without changes writes the same app.
func TestLongWay(t *testing.T) {
	var plans []steps.Plan
	h := newHand(t, steps.State{App: app("demo"), Every: true}, wroteTo(&plans))
	for range steps.Path(h.state) {
		h = h.keys("enter")
	}
	if len(plans) != 1 || !plans[0].App.Equal(app("demo")) {
		t.Fatalf("wrote %d plans, on %s", len(plans), h.step)
	}
}

// TestAnswersStay checks that going back and forth, and changing the runtime, keeps every answer.
func TestAnswersStay(t *testing.T) {
	h := newHand(t, steps.State{App: app("demo"), Every: true}, steps.Effects{})
	h = h.typed("weather").keys("enter").keys("down", "enter") // a warehouse
	if h.state.App.App.Runtime != scaffold.Warehouse || h.step != steps.Compute {
		t.Fatalf("runtime %q on %s", h.state.App.App.Runtime, h.step)
	}
	before := h.state.App.Clone()
	h = h.keys("esc", "esc", "enter", "enter", "enter", "esc", "esc")
	if !h.state.App.Equal(before) {
		t.Error(cmp.Diff(before, h.state.App))
	}
	if h = h.keys("up"); h.state.App.App.Runtime != scaffold.Container || h.state.App.App.Name != "weather" {
		t.Errorf("after the change back: %+v", h.state.App.App)
	}
}

// TestDefaultsFollow checks that a default that depends on another answer follows it on the screen.
func TestDefaultsFollow(t *testing.T) {
	h := newHand(t, steps.State{App: app("demo")}, steps.Effects{}).typed("weather")
	if strings.Contains(h.screen(), "demo") {
		t.Errorf("the title's default is still the old name:\n%s", h.screen())
	}
}

// TestReviewJumps checks that a line of the review opens its step, which returns to the review.
func TestReviewJumps(t *testing.T) {
	h := newHand(t, steps.State{App: app("demo")}, steps.Effects{}).keys("ctrl+r")
	if h.step != steps.ReviewStep {
		t.Fatalf("ctrl+r leads to %s", h.step)
	}
	h = h.keys("tab", "down", "enter")
	if h.step != steps.Runtime {
		t.Fatalf("the line leads to %s", h.step)
	}
	h = h.keys("esc", "tab", "up", "enter", "tab").typed("Weather").keys("enter")
	if h.step != steps.ReviewStep || h.state.App.App.Title != "Weather" {
		t.Errorf("back on %s with the title %q", h.step, h.state.App.App.Title)
	}
	if h = h.keys("tab", "enter", "esc"); h.step != steps.ReviewStep {
		t.Errorf("esc leads to %s", h.step)
	}
}

// TestReviewReachesEverything checks that the arrows reach everything in the review on a small screen: the form scrolls,
// and no list in it does.
func TestReviewReachesEverything(t *testing.T) {
	a := full("weather")
	a.Network.Hosts = append(a.Network.Hosts, "https://example.com/path")
	folder := workspace.Folder{Dir: "/home/me/weather"}
	h := newHand(t, steps.State{App: a, Every: true, Folder: folder}, steps.Effects{}).size(80, 24).entered(steps.ReviewStep)
	reached := map[string]bool{}
	for range 60 {
		screen := h.screen()
		if n := strings.Count(screen, h.context.Glyphs.More); n > 1 {
			t.Fatalf("%d lists scroll:\n%s", n, screen)
		}
		for _, line := range strings.Split(screen, "\n") {
			if _, row, found := strings.Cut(line, h.context.Glyphs.Pointer); found {
				reached[strings.Trim(row, " │├└▾▴")] = true
			}
		}
		h = h.keys("down")
	}
	rows := strings.Join(slices.Collect(maps.Keys(reached)), "\n")
	for _, want := range []string{
		"App ", "Runtime ", "Compute ", "Packages  2 packages", "Hosts     3 hosts", "Secrets   2 secrets", "Config    2 options", "Values    1 value", "Roles     owner APP_OWNER, 1 viewer",
		"config.toml", "secrets.toml", "setup.sql", "teardown.sql", "test_app.py", ".gitignore", "pyproject.toml", "snowflake.yml", "streamlit_app.py", "the host",
	} {
		if !strings.Contains(rows, want) {
			t.Errorf("%q is not reached; the arrows reached\n%s", want, rows)
		}
	}
}

// TestProblemBlocksTheEnd checks that an invalid answer prevents only writing, and that enter moves to it.
func TestProblemBlocksTheEnd(t *testing.T) {
	var plans []steps.Plan
	a := app("demo")
	a.Network.Hosts = []string{"https://example.com/x"}
	h := newHand(t, steps.State{App: a}, wroteTo(&plans)).keys("enter", "enter", "enter")
	if h.step != steps.ReviewStep || !strings.Contains(h.screen(), "Fix 1 problem first") {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	if h = h.keys("enter"); h.step != steps.Hosts || len(plans) != 0 {
		t.Errorf("enter leads to %s, %d plans written", h.step, len(plans))
	}
}

// TestSecrets checks how secrets are added and removed: enter on the row that adds adds one, typing there starts the
// key, and nothing typed is lost without a question.
func TestSecrets(t *testing.T) {
	h := newHand(t, steps.State{App: app("demo"), Every: true}, steps.Effects{}).entered(steps.Secrets)
	if h = h.keys("up", "enter"); len(h.state.App.Secrets) != 1 || h.state.App.Secrets[0].Key != "api_key" {
		t.Fatalf("added %+v", h.state.App.Secrets)
	}
	if h = h.typed("token"); h.state.App.Secrets[0].Key != "token" {
		t.Errorf("typing does not replace the suggestion: %+v", h.state.App.Secrets)
	}
	h = h.keys("tab").typed("api.example.com").keys("tab", "down") // the type becomes a password
	if got := h.state.App; got.Secrets[0].Type != scaffold.Password || !slices.Equal(got.Network.Hosts, []string{"api.example.com"}) {
		t.Errorf("the type is %q, the hosts %q", got.Secrets[0].Type, got.Network.Hosts)
	}
	if h = h.keys("enter", "up", "d", "b"); len(h.state.App.Secrets) != 2 || h.state.App.Secrets[1].Key != "db" {
		t.Fatalf("typing on the row that adds: %+v", h.state.App.Secrets)
	}
	if h = h.keys("esc"); h.ask == nil {
		t.Fatal("typed text is dropped without a question")
	}
	if h = h.keys("y"); len(h.state.App.Secrets) != 1 || h.step != steps.Secrets {
		t.Fatalf("on %s with %+v", h.step, h.state.App.Secrets)
	}
	if h = h.keys("up", "enter", "esc"); len(h.state.App.Secrets) != 1 || h.ask != nil {
		t.Fatalf("an empty row was kept: %+v", h.state.App.Secrets)
	}
	if h = h.keys("up", "up", "d"); h.ask == nil || len(h.state.App.Secrets) != 1 {
		t.Fatal("a secret is removed without a question")
	}
	if h = h.keys("y"); len(h.state.App.Secrets) != 0 {
		t.Errorf("after yes: %+v", h.state.App.Secrets)
	}
}

// TestErrorsKeepTheStep checks that enter on a form with an invalid answer moves to the answer, and that the header
// shows the step as wrong.
func TestErrorsKeepTheStep(t *testing.T) {
	h := newHand(t, steps.State{App: app("demo")}, steps.Effects{}).size(120, 36).entered(steps.Secrets)
	h = h.keys("up").typed("1st").keys("tab", "tab", "enter")
	if len(h.screens) != 2 || h.top().Focus() != "secrets.key" {
		t.Fatalf("at %s:\n%s", h.top().Focus(), h.screen())
	}
	h = h.keys("esc", "y", "ctrl+r").entered(steps.AppStep)
	h.state.App.App.MainFile = "../app.py"
	h.Wizard, _ = h.refreshed()
	if h = h.keys("enter"); h.step != steps.AppStep {
		t.Errorf("enter leaves a step with an error, to %s", h.step)
	}
	h.Wizard = h.saw(steps.AppStep)
	if h = h.keys("ctrl+r"); !strings.Contains(h.screen(), "✗ App") {
		t.Errorf("the header hides the error:\n%s", h.screen())
	}
}

// entered moves to a step.
func (h hand) entered(id steps.StepID) hand {
	h.Wizard, _ = h.enter(screen.Place{Step: id})
	return h
}

func TestConfig(t *testing.T) {
	h := newHand(t, steps.State{App: app("demo"), Every: true}, steps.Effects{})
	h = h.entered(steps.Config)
	h = h.keys("up").typed("theme.base").keys("enter").typed("dark").keys("enter")
	if got := h.state.App.Config["theme.base"]; got != "dark" {
		t.Errorf("theme.base is %v; screen:\n%s", got, h.screen())
	}
	if h.step != steps.Config || len(h.screens) != 1 {
		t.Errorf("on %s with %d screens", h.step, len(h.screens))
	}
}

// TestQuit checks that leaving asks if there is anything to lose, saves the draft, and takes a second ctrl+c as a yes.
func TestQuit(t *testing.T) {
	var kept []scaffold.App
	e := steps.Effects{Keep: func(a scaffold.App) error { kept = append(kept, a); return nil }}
	if h := newHand(t, steps.State{App: app("demo")}, e).keys("ctrl+c"); h.Ending() != Quit {
		t.Error("leaving asks although nothing would be lost")
	}
	h := newHand(t, steps.State{App: app("demo")}, e).typed("weather").keys("ctrl+c")
	if h.Ending() != Running || h.ask == nil {
		t.Fatal("leaving does not ask although answers would be lost")
	}
	if stayed := h.keys("enter"); stayed.Ending() != Running || stayed.ask != nil {
		t.Error("enter does not keep the wizard open")
	}
	if left := h.keys("ctrl+c"); left.Ending() != Quit {
		t.Error("a second ctrl+c does not leave")
	}
	h = h.keys("y")
	if h.Ending() != Quit {
		t.Error("yes does not leave")
	}
	h.keys("esc").keys("enter")
	h = newHand(t, steps.State{App: app("demo")}, e).typed("weather").keys("enter")
	if len(kept) == 0 || kept[len(kept)-1].App.Name != "weather" || h.step != steps.Runtime {
		t.Errorf("kept %+v", kept)
	}
}

// TestWriteFails checks that a failed write shows its error and goes back to the review to try again.
func TestWriteFails(t *testing.T) {
	e := steps.Effects{Write: func(steps.Plan, workspace.Options) (workspace.Result, error) {
		return workspace.Result{}, errors.New("the disk is full")
	}}
	h := newHand(t, steps.State{App: app("demo")}, e).keys("enter", "enter", "enter", "enter")
	if h.step != steps.Writing || !strings.Contains(h.screen(), "the disk is full") {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	if h = h.keys("enter"); h.step != steps.ReviewStep {
		t.Errorf("enter leads to %s", h.step)
	}
}

// TestLockFails checks that a failed lock is reported at the end, because the app works without it.
func TestLockFails(t *testing.T) {
	var plans []steps.Plan
	e := wroteTo(&plans)
	e.Lock = func(steps.Plan) (string, error) { return "", errors.New("no solution found") }
	h := newHand(t, steps.State{App: app("demo"), Folder: workspace.Folder{Dir: t.TempDir()}}, e).keys("enter", "enter", "enter", "enter")
	if h.step != steps.Done || !strings.Contains(h.screen(), "no solution found") {
		t.Errorf("on %s:\n%s", h.step, h.screen())
	}
}

// TestDraft checks that the draft of an interrupted run is offered.
func TestDraft(t *testing.T) {
	draft := app("demo")
	draft.App.Title = "Half done"
	h := newHand(t, steps.State{App: app("demo"), Draft: &draft, Folder: workspace.Folder{App: app("demo")}}, steps.Effects{})
	if h.step != steps.Start {
		t.Fatalf("opens on %s", h.step)
	}
	if resumed := h.keys("enter"); resumed.state.App.App.Title != "Half done" || resumed.step != steps.AppStep {
		t.Errorf("resumed on %s with %+v", resumed.step, resumed.state.App.App)
	}
	if fresh := h.keys("down", "enter"); fresh.state.App.App.Title != "" || fresh.step != steps.Secrets {
		t.Errorf("fresh on %s with %+v", fresh.step, fresh.state.App.App)
	}
}

// golden compares the screen with testdata/NAME.golden.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("no golden file (create it with -update): %v", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

// sizes returns the sizes that screens are drawn in.
func sizes() [][2]int { return [][2]int{{60, 20}, {80, 24}, {100, 30}, {120, 36}} }

func TestScreens(t *testing.T) {
	for name, make := range scenes() {
		t.Run(name, func(t *testing.T) {
			var all strings.Builder
			for _, size := range sizes() {
				fmt.Fprintf(&all, "== %dx%d\n", size[0], size[1])
				h := make(t).size(size[0], size[1])
				for i, line := range strings.Split(h.screen(), "\n") {
					if w := ansi.StringWidth(line); w != size[0] {
						t.Errorf("line %d is %d cells wide", i, w)
					}
					all.WriteString(strings.TrimRight(line, " ") + "\n")
				}
			}
			golden(t, "screens/"+name, all.String())
		})
	}
}

// full returns an app with an answer of every kind.
func full(name string) scaffold.App {
	a := app(name)
	a.App.Database, a.App.Schema = "APPS", "PUBLIC"
	a.Python.Packages = []string{"pandas>=2", "plotly==5.24.1"}
	a.Network.Hosts = []string{"api.example.com", "files.example.com:8443"}
	a.Roles = scaffold.Roles{Owner: "APP_OWNER", Viewers: []string{"ANALYST"}}
	a.Secrets = []scaffold.SecretDecl{
		{Key: "api_key"}, {Key: "login", Type: scaffold.Password, Access: scaffold.AccessSecrets},
	}
	a.Config = map[string]any{"theme.base": "dark", "theme.primaryColor": "#ff4b4b"}
	a.Values = map[string]any{"api_endpoint": "https://api.example.com"}
	return a
}

// scenes returns the screens that have golden files: every step with all answers, with a Japanese name too, and dialogs.
func scenes() map[string]func(testing.TB) hand {
	at := func(a scaffold.App, id steps.StepID, keys ...string) func(testing.TB) hand {
		return func(t testing.TB) hand {
			h := newHand(t, steps.State{App: a, Every: true, Folder: workspace.Folder{Dir: "/home/me/" + a.Folder}}, steps.Effects{})
			h = h.entered(id)
			return h.keys(keys...)
		}
	}
	all := map[string]func(testing.TB) hand{
		"secret":        at(full("weather"), steps.Secrets, "up", "up", "up", "enter"),
		"secret_access": at(full("weather"), steps.Secrets, "up", "up", "up", "enter", "tab", "tab", "tab", "down"),
		"secret_remove": at(full("weather"), steps.Secrets, "up", "up", "d"),
		"config_pick":   at(full("weather"), steps.Config, "up", "enter"),
		"config_value":  at(full("weather"), steps.Config, "up", "up", "enter"),
		"help":          at(full("weather"), steps.Secrets, "f1"),
		"preview":       at(full("weather"), steps.Secrets, "ctrl+p"),
		"next_file":     at(full("weather"), steps.Secrets, "ctrl+f", "ctrl+f"),
		"quit":          at(full("weather"), steps.AppStep, "x", "ctrl+c"),
		"review_files":  at(full("weather"), steps.ReviewStep, "tab", "tab", "down", "down"),
		"short_review": func(t testing.TB) hand {
			return newHand(t, steps.State{App: app("demo"), Folder: workspace.Folder{Dir: "/home/me/demo"}}, steps.Effects{}).keys("enter", "enter", "enter")
		},
		"start": func(t testing.TB) hand {
			draft := full("weather")
			return newHand(t, steps.State{App: app("weather"), Draft: &draft, Folder: workspace.Folder{Dir: "/home/me/weather", Saved: true}}, steps.Effects{})
		},
		"start_new": func(t testing.TB) hand {
			last := full("weather")
			return startHand(t, "en", steps.State{App: app("demo"), Last: &last, Folder: workspace.Folder{Dir: "/home/me/demo"}}, steps.Effects{Account: fakeAccount(nil)})
		},
		"start_ja": func(t testing.TB) hand {
			last := full("天気アプリ")
			return startHand(t, "ja", steps.State{App: app("demo"), Last: &last, Folder: workspace.Folder{Dir: "/home/me/demo"}}, steps.Effects{Account: fakeAccount(nil)})
		},
		"connect_first": func(t testing.TB) hand {
			return startHand(t, "en", steps.State{App: app("demo"), Folder: workspace.Folder{Dir: "/home/me/demo"}}, steps.Effects{Account: fakeAccount(nil)}).keys("down", "down", "enter")
		},
		"done": func(t testing.TB) hand {
			var plans []steps.Plan
			folder := workspace.Folder{Dir: "/home/me/demo"}
			return newHand(t, steps.State{App: app("demo"), Shown: "demo", Folder: folder}, wroteTo(&plans)).keys("enter", "enter", "enter", "enter")
		},
		"problems": func(t testing.TB) hand {
			a := full("weather")
			a.Network.Hosts = append(a.Network.Hosts, "https://example.com/path")
			a.Secrets[0].Key = "class"
			return at(a, steps.ReviewStep)(t)
		},
	}
	inJapanese := func(id steps.StepID) func(testing.TB) hand {
		return func(t testing.TB) hand {
			a := full("天気アプリ")
			a.Network.Hosts = append(a.Network.Hosts, "https://example.com/path")
			a.Secrets[0].Key = "class"
			w := newWizard(steps.State{App: a, Every: true, Folder: workspace.Folder{Dir: "/home/me/" + a.Folder}}, steps.Effects{},
				look{dark: true, profile: colorprofile.TrueColor, unicode: true, words: message.For("ja").T})
			return hand{t: t, Wizard: w}.send(tea.WindowSizeMsg{Width: 120, Height: 36}).entered(id)
		}
	}
	all["ja_problems"], all["ja_problem_host"] = inJapanese(steps.ReviewStep), inJapanese(steps.Hosts)
	for _, id := range steady() {
		all["step_"+string(id)] = at(full("weather"), id)
		all["japanese_"+string(id)] = at(full("天気アプリ"), id)
	}
	return all
}

// steady returns the steps that wait for the user.
func steady() []steps.StepID {
	return []steps.StepID{
		steps.AppStep, steps.Runtime, steps.Compute, steps.Packages, steps.Hosts, steps.Secrets, steps.Config, steps.Values, steps.Roles,
		steps.ReviewStep,
	}
}
