package ui

import (
	"strings"

	"sleet/ui/cells"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// SecretField asks for a secret value. It shows a dot for each character, so that users see how much they type or paste.
// Pasting keeps line breaks, which a private key needs.
type SecretField struct {
	core
	// value is a pointer, so that printing a field by reflection shows an address.
	value       *string
	placeholder string
}

var _ Field = SecretField{}

// NewSecretField returns an empty field.
func NewSecretField(k *Context, h Head) SecretField { return SecretField{core: newCore(k, h)} }

// WithPlaceholder sets the text of an empty field.
func (f SecretField) WithPlaceholder(s string) SecretField { f.placeholder = s; return f }

// WithValue sets the value.
func (f SecretField) WithValue(s string) SecretField { f.value = &s; return f }

// Reveal returns the value.
func (f SecretField) Reveal() string {
	if f.value == nil {
		return ""
	}
	return *f.value
}

// String hides the value.
func (f SecretField) String() string { return "******" }

// GoString hides the value.
func (f SecretField) GoString() string { return "******" }

// Update takes letters and pastes; backspace deletes the last letter, ctrl+u everything.
func (f SecretField) Update(msg tea.Msg) (Field, tea.Cmd) {
	old := f.Reveal()
	now := old
	switch m := msg.(type) {
	case tea.PasteMsg:
		now += pastedWhole(m.Content)
	case tea.KeyPressMsg:
		switch {
		case !f.Wants(m):
			return f, nil
		case m.Code == tea.KeyBackspace && now != "":
			now = withoutLast(now)
		case m.Code == 'u' && m.Mod == tea.ModCtrl:
			now = ""
		default:
			now += m.Text
		}
	}
	if now != old {
		f = f.WithValue(now)
		f.core = f.act(Changed, 0)
	}
	return f, nil
}

// withoutLast removes the last grapheme cluster of s.
func withoutLast(s string) string {
	last := ""
	for rest := s; rest != ""; rest = rest[len(last):] {
		last, _ = ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
	}
	return s[:len(s)-len(last)]
}

// pastedWhole returns a paste with line breaks normalized to \n. A single line loses the line break at its end, which
// terminals add when a line is copied.
func pastedWhole(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	if trimmed := strings.TrimRight(s, "\n"); !strings.Contains(trimmed, "\n") {
		return trimmed
	}
	return s
}

// mask returns a dot for each character, and for a value of several lines the number of lines; dots is how many dots
// fit.
func (f SecretField) mask() (text string, dots int) {
	value, after := f.Reveal(), ""
	if n := strings.Count(value, "\n"); n > 0 {
		after = " " + f.context.T("ui.secret.lines", "count", n+1)
	}
	for rest := strings.ReplaceAll(value, "\n", ""); rest != ""; dots++ {
		letter, _ := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		rest = rest[len(letter):]
	}
	dots = min(dots, max(f.w-f.beside()-cells.Width(after)-1, 1))
	return strings.Repeat(f.context.Glyphs.Mask, dots) + after, dots
}

// View draws the label and mask in one line, with the first note below.
func (f SecretField) View() string {
	k := f.context
	style := k.Text
	if f.focused {
		style = k.Input
	}
	w := max(f.w-f.beside(), 1)
	if f.Reveal() == "" {
		return f.line(k.Muted.Inherit(style).Render(k.Fit(cells.Clean(f.placeholder), w)))
	}
	text, _ := f.mask()
	return f.line(style.Render(k.Fit(text, w)))
}

// Cursor returns the position after the mask.
func (f SecretField) Cursor() (x, y int, ok bool) {
	x = f.beside()
	if f.Reveal() != "" {
		_, dots := f.mask()
		x += dots
	}
	return x, 0, f.focused
}

// Wants reports whether msg is any key except those that move between fields or submit.
func (f SecretField) Wants(msg tea.KeyPressMsg) bool {
	k := f.context.Keys
	return !key.Matches(msg, k.Up, k.Down, k.Enter, k.Back, k.PageUp, k.PageDown)
}

// Typing returns true.
func (f SecretField) Typing() bool { return true }

// Keys returns nil: no key needs a place in the footer.
func (f SecretField) Keys() []key.Binding { return nil }

func (f SecretField) with(c core) Field         { f.core = c; return f }
func (f SecretField) focusSpan() (from, to int) { return 0, 1 }
func (f SecretField) grows() int                { return 0 }
func (f SecretField) height() int               { return 2 + f.noted() }
