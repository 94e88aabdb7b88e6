package ui

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"sleet/ui/cells"
	"sleet/ui/message"
)

// Translate returns the text of a message, in the person's language.
type Translate = message.Translate

// Context is what all widgets share. It never changes: for another theme make
// another kit, and hand it to Frame, Form and Code with their WithContext.
type Context struct {
	Theme
	Keys  Keys
	T     Translate
	drawn *drawn
}

// NewContext joins a theme and a language. With a nil t the ids themselves stand
// for the words, which is what tests of layout want.
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

// Rules draws a horizontal line of w cells.
func (k *Context) Rules(w int) string {
	return k.Rule.Render(strings.Repeat(k.Glyphs.Rule, max(w, 0)))
}

// Link is a page that explains something: an address, and how it is called.
type Link struct{ URL, Text string }

// RenderLink draws l within w cells. Where the terminal shows colours it can be
// clicked (OSC 8) and its text is shown; otherwise the address is, to be copied.
func (k *Context) RenderLink(l Link, w int) string {
	if l.URL == "" {
		return ""
	}
	address := strings.TrimPrefix(cells.Clean(l.URL), "https://")
	text := cells.Clean(l.Text)
	if !k.Colour() && cells.Width(address) > w {
		return "" // without a link behind it, half an address leads nowhere
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

// target is an address as a link may hold it: in ASCII, all else in per cent. A byte of another
// letter can be the end of the sequence to a terminal.
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

// underlined renders text whole: lipgloss underlines each character by itself, which parts a letter
// from the marks on it.
func underlined(style lipgloss.Style, text string) string {
	if !style.GetUnderline() {
		return style.Render(text)
	}
	return "\x1b[4m" + style.UnsetUnderline().Render(text) + "\x1b[m"
}
