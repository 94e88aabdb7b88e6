package wizard

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"sleet/steps"
)

// TestEveryActingKeyIsShown checks that every key that works on a screen is in its footer, or in the help if it works
// the same everywhere. Keys that move or edit text need not be shown.
func TestEveryActingKeyIsShown(t *testing.T) {
	t.Parallel()
	var names []string
	for r := 'a'; r <= 'z'; r++ {
		names = append(names, string(r), "ctrl+"+string(r))
	}
	names = append(names, "enter", "esc", "space", "f1", "f2", "f3", "f4", "f5", "0", "1", "9", "-", "=", "+", "?", ".", ",")
	scenes := everywhere()
	for _, scene := range slices.Sorted(maps.Keys(scenes)) {
		if strings.Contains(scene, "/ja/") || strings.Contains(scene, "japanese") || strings.Contains(scene, "/ja_") {
			continue // the keys are the same
		}
		t.Run(scene, func(t *testing.T) {
			t.Parallel()
			h := scenes[scene](t).still().size(220, 24)
			if h.dialog() != "" {
				return // a dialog shows its own keys
			}
			h.notice, h.awaited = "", "" // they stay until the next key
			same := h.sameAs("enter", "esc")
			for _, name := range names {
				m := press(name)
				if h.answersOnce() {
					h = scenes[scene](t).still().size(220, 24)
				}
				if h.top().Typing() && (m.Text != "" || m.Mod != 0 && editsText(name)) {
					continue
				}
				next := h.send(m)
				if !h.differs(next) {
					continue
				}
				shown := h.footer()
				if m.Mod != 0 || m.Code >= tea.KeyExtended && name != "enter" && name != "esc" {
					for _, group := range h.keyGroups() {
						shown = append(shown, group.Keys...)
					}
				}
				has := func(m tea.KeyPressMsg) bool {
					return slices.ContainsFunc(shown, func(b key.Binding) bool { return key.Matches(m, b) })
				}
				another := slices.ContainsFunc(same(next), has) // another key with the same effect as a shown one
				scrolls := h.frame.PreviewShown() && name == "space"
				if !has(m) && !scrolls && !another {
					t.Errorf("%q works but is not shown anywhere:\n%s", name, h.screen())
				}
			}
		})
	}
}

// answersOnce reports whether the screen owes an answer that can be given only once.
func (h hand) answersOnce() bool {
	switch top := h.top().(type) {
	case deployScreen:
		return top.decide != nil
	case accountScreen:
		return top.asked != nil
	}
	return false
}

// sameAs returns a function that returns those of the named keys that lead to the same screen.
func (h hand) sameAs(names ...string) func(next hand) []tea.KeyPressMsg {
	if h.answersOnce() {
		names = nil
	}
	led := map[string][]tea.KeyPressMsg{}
	for _, name := range names {
		screen := h.keys(name).screen()
		led[screen] = append(led[screen], press(name))
	}
	return func(next hand) []tea.KeyPressMsg { return led[next.screen()] }
}

// editsText reports whether a key edits text as in a shell.
func editsText(name string) bool {
	return slices.Contains([]string{"ctrl+a", "ctrl+b", "ctrl+d", "ctrl+e", "ctrl+f", "ctrl+h", "ctrl+k", "ctrl+n", "ctrl+p", "ctrl+t", "ctrl+u", "ctrl+v", "ctrl+w"}, name)
}

// differs reports whether a key changed the screen or the state.
func (h hand) differs(next hand) bool {
	return next.screen() != h.screen() || next.end != h.end || next.step != h.step || !reflect.DeepEqual(next.state, h.state)
}

// TestFooterNamesTheEffect checks that the footer shows what enter and esc do on each screen.
func TestFooterNamesTheEffect(t *testing.T) {
	problem := app("demo")
	problem.Network.Hosts = []string{"https://example.com/x"}
	account := steps.Effects{Account: fakeAccount(waiting(planned()))}
	for _, tt := range []struct {
		name string
		hand hand
		want string
	}{
		{"the first screen", startHand(t, "en", steps.State{App: app("demo")}, account), "? help   esc quit"},
		{"connecting first", startHand(t, "en", steps.State{App: app("demo")}, account).keys("down", "down"), "enter choose a connection"},
		{"a connection", startHand(t, "en", steps.State{App: app("demo")}, account).keys("down", "down", "enter"), "enter connect   esc back"},
		{"a new connection", startHand(t, "en", steps.State{App: app("demo")}, account).keys("down", "down", "enter", "end", "enter"), "enter next"},
		{"a step", newHand(t, steps.State{App: app("demo")}, steps.Effects{}), "enter continue   esc back"},
		{"a new secret", newHand(t, steps.State{App: app("demo")}, steps.Effects{}).entered(steps.Secrets).keys("up", "enter"), "enter add   esc discard"},
		{"a secret", newHand(t, steps.State{App: full("demo")}, steps.Effects{}).entered(steps.Secrets).keys("up", "up", "enter"), "enter save   esc back"},
		{"the review", newHand(t, steps.State{App: app("demo")}, steps.Effects{}).keys("ctrl+r"), "enter create files"},
		{"a problem", newHand(t, steps.State{App: problem}, steps.Effects{}).keys("ctrl+r"), "enter go to the problem"},
		{"a file", newHand(t, steps.State{App: app("demo")}, steps.Effects{}).keys("ctrl+r", "tab", "tab", "down"), "enter open"},
		{"a step of the review", newHand(t, steps.State{App: app("demo")}, steps.Effects{}).keys("ctrl+r", "tab", "enter"), "enter back to review"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if screen := tt.hand.size(160, 36).screen(); !strings.Contains(screen, tt.want) {
				t.Errorf("no %q in\n%s", tt.want, screen)
			}
		})
	}
}

// TestLeavingTheFirstScreen checks that the first screen asks before answers are lost, and that the help says how to
// close it.
func TestLeavingTheFirstScreen(t *testing.T) {
	h := startHand(t, "en", steps.State{App: app("demo")}, steps.Effects{})
	if left := h.keys("esc"); left.Ending() != Quit {
		t.Error("esc asks although nothing is lost")
	}
	h = h.keys("down", "enter").typed("weather").keys("esc", "esc")
	if h.Ending() != Running || h.ask == nil {
		t.Fatalf("esc asks nothing:\n%s", h.screen())
	}
	h = h.keys("enter", "f1")
	if !strings.Contains(h.screen(), "any key to close") {
		t.Errorf("the help does not say how it closes:\n%s", h.screen())
	}
	if h = h.size(60, 16).keys("esc", "f1"); !strings.Contains(h.screen(), "any other key closes") {
		t.Errorf("the help that scrolls does not say how it closes:\n%s", h.screen())
	}
}

// TestBackKeepsTheTicks checks that completed steps stay completed when the user goes back, unless an answer is invalid.
func TestBackKeepsTheTicks(t *testing.T) {
	h := newHand(t, steps.State{App: app("demo")}, steps.Effects{}).keys("ctrl+r", "esc", "esc", "esc")
	if head, _, _ := strings.Cut(h.screen(), "\n"); h.step != steps.AppStep || !strings.Contains(head, "● App  ✓ Runtime  ✓ Secrets") {
		t.Errorf("on %s: %s", h.step, head)
	}
	h.state.App.Secrets = h.state.App.Clone().Secrets
	h.state.App.Secrets = append(h.state.App.Secrets, full("x").Secrets[0])
	h.state.App.Secrets[0].Key = "1st"
	h.Wizard, _ = h.refreshed()
	if head, _, _ := strings.Cut(h.screen(), "\n"); !strings.Contains(head, "✗ Secrets") {
		t.Error(head)
	}
}

// TestReviewFiles checks that enter writes nothing on a folder in the review, and shows the file on a file.
func TestReviewFiles(t *testing.T) {
	var plans []steps.Plan
	h := newHand(t, steps.State{App: app("demo")}, wroteTo(&plans)).keys("ctrl+r", "tab", "tab")
	if h = h.keys("enter"); h.step != steps.ReviewStep || len(plans) > 0 {
		t.Fatalf("on %s with %d plans", h.step, len(plans))
	}
	if h = h.keys("down", "enter"); !h.frame.PreviewShown() || !strings.Contains(h.screen(), ".streamlit/config.toml") {
		t.Errorf("the file is not shown:\n%s", h.screen())
	}
	if h = h.keys("esc"); h.frame.PreviewShown() || h.step != steps.ReviewStep {
		t.Errorf("on %s: %s", h.step, fmt.Sprint(h.frame.PreviewShown()))
	}
}
