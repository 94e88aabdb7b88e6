package wizard

import (
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/steps"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// clickOn clicks on the first cell of a text on the screen.
func (h hand) clickOn(text string) hand {
	h.t.Helper()
	for y, line := range strings.Split(h.screen(), "\n") {
		if before, _, found := strings.Cut(line, text); found {
			return h.send(tea.MouseClickMsg{X: ansi.StringWidth(before), Y: y, Button: tea.MouseLeft})
		}
	}
	h.t.Fatalf("%q is not on the screen:\n%s", text, h.screen())
	return h
}

func TestClicks(t *testing.T) {
	h := newHand(t, steps.State{App: app("weather")}, steps.Effects{}).size(120, 36)
	if h.step != steps.AppStep {
		t.Fatalf("on %s", h.step)
	}
	h = h.clickOn("Database").typed("APPS")
	if h.state.App.App.Database != "APPS" {
		t.Fatalf("the clicked field does not take letters:\n%s", h.screen())
	}
	h = h.clickOn("APPS").keys("home")
	h = h.send(tea.MouseClickMsg{X: h.View().Cursor.X + 2, Y: h.View().Cursor.Y, Button: tea.MouseLeft}).typed("x")
	if got := h.state.App.App.Database; got != "APxPS" {
		t.Errorf("a click moves the cursor to another place: %s", got)
	}
	h = h.clickOn("◦ Japanese")
	if h.state.App.App.Language != "ja" {
		t.Errorf("the clicked option is not selected: %q\n%s", h.state.App.App.Language, h.screen())
	}
	h = h.keys("enter")
	if h.step != steps.Runtime {
		t.Fatalf("on %s", h.step)
	}
	before := h.state.App.Resolve().App.Runtime
	h = h.clickOn("Warehouse")
	if h.state.App.Resolve().App.Runtime == before {
		t.Errorf("the clicked runtime is not selected:\n%s", h.screen())
	}
	h = h.keys("ctrl+c")
	if h.ask == nil {
		t.Fatal("no question")
	}
	if h = h.clickOn("▸ " + h.context.T("quit.no")); h.ask != nil || h.Ending() != Running {
		t.Error("a click on no does not keep the wizard open")
	}
}

func TestWheel(t *testing.T) {
	h := newHand(t, steps.State{App: app("weather")}, steps.Effects{}).size(120, 24)
	right := h.frame.Right()
	was := h.preview.view()
	h = h.send(tea.MouseWheelMsg{X: right.X + 3, Y: right.Y + 3, Button: tea.MouseWheelDown})
	if h.preview.view() == was {
		t.Error("the wheel does not scroll the preview")
	}
	focus := h.top().Focus()
	h = h.send(tea.MouseWheelMsg{X: 3, Y: 8, Button: tea.MouseWheelDown})
	if h.top().Focus() == focus {
		t.Error("the wheel does not move in the form")
	}
}

// TestMouseReleased checks that a key leaves the mouse to the terminal and takes it back.
func TestMouseReleased(t *testing.T) {
	h := newHand(t, steps.State{App: app("weather")}, steps.Effects{})
	if h.View().MouseMode == tea.MouseModeNone {
		t.Error("no mouse")
	}
	if h = h.keys("f2"); h.View().MouseMode != tea.MouseModeNone {
		t.Error("the mouse is not released")
	}
	if h = h.keys("f2"); h.View().MouseMode == tea.MouseModeNone {
		t.Error("the mouse is not taken back")
	}
}

// TestClicksInAccount checks that a click in the plan and in the deployment moves to the entry under the mouse.
func TestClicksInAccount(t *testing.T) {
	h := going(t, "en", fakeAccount(waiting(planned()))).keys("enter", "enter").clickOn("streamlit APPS.PUBLIC.WEATHER")
	if i, _ := h.top().(planScreen).list.Cursor(); i != 3 {
		t.Errorf("at %d:\n%s", i, h.screen())
	}
	h = refused(t, "en", 5).keys("q")
	if h = h.clickOn("▸ " + h.context.T("live.undo_no")); h.top().(deployScreen).undo != nil {
		t.Error("a click on no does not answer")
	}
}

// TestEditor checks that the editor gets a long answer and returns it, and that it gets a copy of the file in the
// preview while that file does not exist.
func TestEditor(t *testing.T) {
	var path, name, given string
	answer := ""
	h := newHand(t, steps.State{App: app("weather")}, steps.Effects{}).size(120, 36)
	h.effects.Edit = func(p, n string, text []byte, back func([]byte, error) tea.Msg) tea.Cmd {
		path, name, given = p, n, string(text)
		return func() tea.Msg { return back([]byte(answer), nil) }
	}
	answer = "sunshine\n"
	h = h.keys("f4")
	if h.state.App.App.Name != "sunshine" || path != "" || !strings.HasSuffix(given, "\n") {
		t.Errorf("the answer is %q, the editor got %q %q", h.state.App.App.Name, path, given)
	}
	h = h.keys("ctrl+p", "e")
	if name != h.preview.path || given != h.preview.files[name] || h.notice != h.context.T("editor.kept") {
		t.Errorf("the editor got %q, the notice is %q", name, h.notice)
	}
	if !key.Matches(tea.KeyPressMsg{Code: tea.KeyF4}, h.context.Keys.Editor) {
		t.Error("f4 is not the editor's key")
	}
}

// TestPasteOfLines checks that pasting several lines into a field of one line asks what to do, and that the default
// answer pastes nothing.
func TestPasteOfLines(t *testing.T) {
	for _, tt := range []struct {
		key, want string
	}{{"y", "one"}, {"n", ""}, {"enter", ""}, {"esc", ""}} {
		h := newHand(t, steps.State{App: scaffold.App{Folder: "x"}}, steps.Effects{}).send(tea.PasteMsg{Content: "one\n two\r\n"})
		if h.ask == nil {
			t.Fatalf("not asked:\n%s", h.screen())
		}
		if h = h.keys(tt.key); h.state.App.App.Name != tt.want {
			t.Errorf("after %s the name is %q, want %q", tt.key, h.state.App.App.Name, tt.want)
		}
	}
	h := newHand(t, steps.State{App: scaffold.App{Folder: "x"}}, steps.Effects{}).send(tea.PasteMsg{Content: "one\ntwo"}).keys("up", "enter")
	if h.state.App.App.Name != "one two" {
		t.Errorf("joined: %q", h.state.App.App.Name)
	}
	if h = newHand(t, steps.State{App: scaffold.App{Folder: "x"}}, steps.Effects{}).send(tea.PasteMsg{Content: "one\n"}); h.ask != nil || h.state.App.App.Name != "one" {
		t.Error("pasting one line asks a question")
	}
}
