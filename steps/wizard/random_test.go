package wizard

import (
	"strings"
	"testing"

	"sleet/scaffold/workspace"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"sleet/steps"
)

// TestAnyInput checks that no input in any size causes a panic, a line that is too wide, or a cursor off the screen.
func TestAnyInput(t *testing.T) {
	keys := []string{
		"enter", "esc", "tab", "shift+tab", "up", "down", "left", "right", "space", "backspace", "pgdown", "home", "end",
		"a", "d", "e", "y", "n", "/", "?", "f1", "ctrl+p", "ctrl+f", "ctrl+r", "ctrl+up", "ctrl+down", "f2", "f4", "x", "-", "=", "天",
	}
	ids := steady()
	rapid.Check(t, func(rt *rapid.T) {
		h := newHand(t, steps.State{App: full("天気 app"), Every: rapid.Bool().Draw(rt, "every")}, steps.Effects{Write: func(p steps.Plan, _ workspace.Options) (workspace.Result, error) {
			return workspace.Result{Changes: p.Changes}, p.Err()
		}})
		h = h.entered(rapid.SampledFrom(ids).Draw(rt, "step"))
		width, height := 120, 36
		for range rapid.IntRange(1, 25).Draw(rt, "events") {
			switch rapid.IntRange(0, 11).Draw(rt, "event") {
			case 0:
				width, height = rapid.IntRange(1, 300).Draw(rt, "width"), rapid.IntRange(1, 100).Draw(rt, "height")
				h = h.size(width, height)
			case 1:
				h = h.send(tea.PasteMsg{Content: rapid.StringN(0, 40, -1).Draw(rt, "paste")})
			case 2:
				h = h.send(tea.PasteMsg{Content: "one\ntwo\x1b[31m\u202ethree"})
			case 3:
				h = h.send(tea.MouseClickMsg{X: rapid.IntRange(-1, width).Draw(rt, "x"), Y: rapid.IntRange(-1, height).Draw(rt, "y"), Button: tea.MouseLeft})
			case 4:
				h = h.send(tea.MouseWheelMsg{X: rapid.IntRange(0, width).Draw(rt, "x"), Y: rapid.IntRange(0, height).Draw(rt, "y"), Button: tea.MouseWheelDown})
			default:
				h = h.keys(rapid.SampledFrom(keys).Draw(rt, "key"))
			}
			onScreen(rt, h, width, height)
		}
	})
}

func onScreen(rt *rapid.T, h hand, width, height int) {
	view := h.View()
	lines := strings.Split(view.Content, "\n")
	if len(lines) > height {
		rt.Fatalf("%d lines on %d rows at %s", len(lines), height, h.step)
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w > width {
			rt.Fatalf("line %d is %d cells wide of %d at %s: %q", i, w, width, h.step, ansi.Strip(line))
		}
		if plain := ansi.Strip(line); strings.ContainsAny(plain, "\x1b\u202e") {
			rt.Fatalf("line %d has a control character: %q", i, plain)
		}
	}
	if c := view.Cursor; c != nil && (c.X < 0 || c.Y < 0 || c.X >= width || c.Y >= height) {
		rt.Fatalf("the cursor is at %d,%d of %dx%d at %s", c.X, c.Y, width, height, h.step)
	}
}

func BenchmarkView(b *testing.B) {
	h := newHand(b, steps.State{App: full("weather"), Every: true}, steps.Effects{})
	for _, id := range []steps.StepID{steps.AppStep, steps.Secrets, steps.ReviewStep} {
		h := h.entered(id)
		b.Run(string(id), func(b *testing.B) {
			for b.Loop() {
				_ = h.View()
			}
		})
	}
}

// BenchmarkKey measures a key and the screen after it.
func BenchmarkKey(b *testing.B) {
	h := newHand(b, steps.State{App: full("weather"), Every: true}, steps.Effects{})
	for _, id := range []steps.StepID{steps.AppStep, steps.Secrets, steps.ReviewStep} {
		h := h.entered(id)
		key := map[steps.StepID]string{steps.AppStep: "x", steps.Secrets: "down", steps.ReviewStep: "tab"}[id]
		b.Run(string(id), func(b *testing.B) {
			for b.Loop() {
				model, _ := h.Update(press(key))
				_ = model.View()
			}
		})
	}
}
