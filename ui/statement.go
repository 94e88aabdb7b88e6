package ui

import (
	"strings"
	"sync"

	"sleet/ui/cells"
	"sleet/ui/syntax"
)

// Syntax returns the look of code, derived from the theme's roles.
func (t Theme) Syntax() syntax.Styles {
	return syntax.Styles{
		Text: t.Text, Keyword: t.Accent, Name: t.Code, String: t.Good,
		Number: t.Warn.Bold(false), Comment: t.Muted.Italic(true),
	}
}

// Highlight returns the lines of text in the colours of its language, as far as the terminal shows colours.
// It takes milliseconds: call it outside of View.
func (t Theme) Highlight(name, text string) []string {
	if !t.Colour() {
		return syntax.Plain(text)
	}
	return t.Syntax().Lines(name, text)
}

// statement draws SQL in its colours, wrapped to w cells. Colouring takes milliseconds, and a screen is drawn
// at each key: what was drawn last is kept.
func (k *Context) statement(text string, w int) []string {
	const most = 64
	k.drawn.Lock()
	defer k.drawn.Unlock()
	key := drawnKey{text, w}
	if lines, ok := k.drawn.statements[key]; ok {
		return lines
	}
	if k.drawn.statements == nil || len(k.drawn.statements) >= most {
		k.drawn.statements = map[drawnKey][]string{}
	}
	var wrapped []string
	for line := range strings.SplitSeq(text, "\n") {
		indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
		for i, part := range cells.Wrap(cells.Clean(line), max(w, 1)) {
			if i > 0 && cells.Width(indent+part)+2 <= w {
				part = indent + "  " + part
			}
			wrapped = append(wrapped, part)
		}
	}
	lines := k.Highlight("statement.sql", strings.Join(wrapped, "\n"))
	k.drawn.statements[key] = lines
	return lines
}

// drawn are the statements that were drawn last.
type drawn struct {
	sync.Mutex
	statements map[drawnKey][]string
}

// drawnKey names a statement as it was drawn.
type drawnKey struct {
	text string
	w    int
}
