package ui_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/codeview"
	"sleet/ui/palette"
)

func keyNames() []string {
	return []string{
		"tab", "shift+tab", "up", "down", "left", "right", "enter", "esc", "space", "home", "end", "pgup", "pgdown",
		"backspace", "delete", "a", "d", "e", "/", "?", "x", "売", "\u0301", "👩‍🚀", "\u202e", "ctrl+a", "ctrl+e", "ctrl+k",
		"ctrl+u", "ctrl+w", "ctrl+left", "ctrl+right", "ctrl+d", "ctrl+up", "shift+down",
	}
}

func anyMsg(t *rapid.T) tea.Msg {
	if rapid.IntRange(0, 9).Draw(t, "paste") == 0 {
		return tea.PasteMsg{Content: text(t)}
	}
	return hit(rapid.SampledFrom(keyNames()).Draw(t, "key"))
}

// text draws any text: letters of all widths, control characters, line breaks.
func text(t *rapid.T) string {
	parts := rapid.SliceOfN(rapid.OneOf(
		rapid.String(),
		rapid.SampledFrom([]string{"\n", "\r\n", "\t", "\x1b[31m", "\x1b]8;;x\x07", "売上", "e\u0301", "👩‍🚀", "🇯🇵", "\u200b", "\ufe0f", "\xff", "abc def"}),
	), 0, 8).Draw(t, "text")
	return strings.Join(parts, "")
}

func lookOf(t *rapid.T) *ui.Context {
	return rapid.SampledFrom([]look{dark(), light(), basic(), noColor(), plain()}).Draw(t, "look").context()
}

// TestFormStandsAnything checks that no key or size causes a panic or a line that is too wide.
func TestFormStandsAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := lookOf(t)
		w, h := 58, 20
		form := answers(k).SetSize(w, h)
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0:
				w, h = rapid.IntRange(0, 130).Draw(t, "w"), rapid.IntRange(0, 50).Draw(t, "h")
				form = form.SetSize(w, h)
			case 1:
				form = form.SetNotes(map[string][]ui.Note{form.Focused(): {{Level: ui.Problem, Text: text(t), Fix: text(t)}}})
			case 2:
				form = form.Set(ui.NewTextField(k, ui.Head{ID: "title", Label: text(t), Why: text(t)}).WithValue(text(t)))
			default:
				form, _ = form.Update(anyMsg(t))
			}
			view := form.View()
			within(t, view, max(w, 1))
			if lines := strings.Count(view, "\n") + 1; lines != max(h, 1) {
				t.Fatalf("%d lines, want %d", lines, h)
			}
			if x, y, ok := form.Cursor(); ok && (x < 0 || y < 0 || y >= max(h, 1) || x >= max(w, 1)) {
				t.Fatalf("cursor at %d,%d in %dx%d", x, y, w, h)
			}
		}
	})
}

func TestFrameStandsAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := lookOf(t)
		w, h := rapid.IntRange(0, 150).Draw(t, "w"), rapid.IntRange(0, 50).Draw(t, "h")
		frame, s := filled(k, w, h)
		s.Name, s.Title, s.About = text(t), text(t), text(t)
		if rapid.Bool().Draw(t, "full") {
			frame = frame.ShowPreview(true)
		}
		if rapid.Bool().Draw(t, "dialog") {
			s.Dialog = ui.NewConfirm(k, text(t), text(t)).View()
		}
		if rapid.Bool().Draw(t, "notice") {
			s.Notice = text(t)
		}
		view := frame.Render(s)
		if w < 1 || h < 1 {
			return
		}
		lines := strings.Split(view, "\n")
		if len(lines) != h {
			t.Fatalf("%d lines, want %d", len(lines), h)
		}
		for i, line := range lines {
			if got := cells.Width(line); got != w {
				t.Fatalf("line %d is %d cells wide, want %d: %q", i, got, w, line)
			}
		}
	})
}

func TestPreviewsStandAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := lookOf(t)
		w, h := rapid.IntRange(0, 120).Draw(t, "w"), rapid.IntRange(0, 40).Draw(t, "h")
		name := rapid.SampledFrom([]string{"a.py", "a.toml", "a.yaml", "a.sql", ".gitignore", "a"}).Draw(t, "name")
		old, now := text(t), text(t)
		code, cmd := codeview.NewCode(k).SetSize(w, h).Show(name, old, now)
		diff := codeview.NewDiff(k, text(t), old, now).SetSize(w, h)
		if cmd != nil {
			code, _ = code.Update(cmd())
		}
		for range rapid.IntRange(0, 10).Draw(t, "steps") {
			msg := anyMsg(t)
			code, _ = code.Update(msg)
			diff, _ = diff.Update(msg)
		}
		within(t, code.View(), w)
		within(t, diff.View(), w)
		bars := []ui.ProgressRow{{Label: text(t), State: ui.Failed, Detail: text(t)}, {Label: text(t), State: ui.Running}}
		within(t, ui.NewProgress(k, bars...).SetSize(w, h).View(), w)
		within(t, palette.Swatches(k, w, palette.Swatch{Name: text(t), Colour: text(t), Against: "#fff"}), w)
	})
}
