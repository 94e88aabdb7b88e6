package ui

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"sleet/ui/cells"
	"sleet/ui/message"
)

// Translate returns the text of a message in the user's language.
type Translate = message.Translate

// Context is what all widgets share. It never changes: for another theme, create another Context and pass it to the
// WithContext methods of the widgets.
type Context struct {
	Theme
	Keys  Keys
	T     Translate
	drawn *drawn
}

// NewContext returns a context for a theme and a language. If t is nil, message ids are shown instead of texts, which is
// useful in tests of layout.
func NewContext(theme Theme, t Translate) *Context {
	if t == nil {
		t = func(id message.ID, _ ...any) string { return string(id) }
	}
	return &Context{Theme: theme, Keys: NewKeys(theme.Glyphs, t), T: t, drawn: new(drawn)}
}

// Cut is cells.Cut with this theme's ellipsis.
func (k *Context) Cut(s string, w int) string { return cells.Cut(s, w, k.Glyphs.Ellipsis) }

// Fit is cells.Fit with this theme's ellipsis.
func (k *Context) Fit(s string, w int) string { return cells.Fit(s, w, k.Glyphs.Ellipsis) }

// CutMiddle is cells.CutMiddle with this theme's ellipsis.
func (k *Context) CutMiddle(s string, w int) string { return cells.CutMiddle(s, w, k.Glyphs.Ellipsis) }

// Rules returns a horizontal line of w cells.
func (k *Context) Rules(w int) string {
	return k.Rule.Render(strings.Repeat(k.Glyphs.Rule, max(w, 0)))
}

// Link is a page that explains something: its address and its title.
type Link struct{ URL, Text string }

// RenderLink draws l within w cells. If the terminal shows colours, it draws the title as a clickable link (OSC 8);
// otherwise it draws the address, so that it can be copied.
func (k *Context) RenderLink(l Link, w int) string {
	if l.URL == "" {
		return ""
	}
	address := strings.TrimPrefix(cells.Clean(l.URL), "https://")
	text := cells.Clean(l.Text)
	if !k.Colour() && cells.Width(address) > w {
		return "" // a truncated address that cannot be clicked is useless
	}
	if text == "" || !k.Colour() {
		text = address
	} else if host, _, _ := strings.Cut(address, "/"); host != "" {
		if full := host + " " + k.Glyphs.Crumb + " " + text; cells.Width(full) <= w {
			text = full
		}
	}
	text = underlined(k.Link, k.CutMiddle(text, w))
	if !k.Colour() {
		return text
	}
	return ansi.SetHyperlink(target(l.URL)) + text + ansi.ResetHyperlink()
}

// target percent-encodes every byte of an address outside printable ASCII: a terminal may read a byte of a multi-byte
// character as the end of the escape sequence.
func target(address string) string {
	var b strings.Builder
	for i := range len(address) {
		if c := address[i]; c > ' ' && c <= '~' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// underlined renders text as a whole: lipgloss underlines each character by itself, which separates a letter from its
// combining marks.
func underlined(style lipgloss.Style, text string) string {
	if !style.GetUnderline() {
		return style.Render(text)
	}
	return "\x1b[4m" + style.UnsetUnderline().Render(text) + "\x1b[m"
}
