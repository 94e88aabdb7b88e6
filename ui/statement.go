package ui

import (
	"strings"
	"sync"

	"sleet/ui/cells"
	"sleet/ui/syntax"
)

// Syntax returns the styles of highlighted code, derived from the theme's roles.
func (t Theme) Syntax() syntax.Styles {
	return syntax.Styles{
		Text: t.Text, Keyword: t.Accent, Name: t.Code, String: t.Good,
		Number: t.Warn.Bold(false), Comment: t.Muted.Italic(true),
	}
}

// Highlight returns the lines of text, highlighted if the terminal shows colours; name selects the language. It takes
// milliseconds, so do not call it in View.
func (t Theme) Highlight(name, text string) []string {
	if !t.Colour() {
		return syntax.Plain(text)
	}
	return t.Syntax().Lines(name, text)
}

// statement draws highlighted SQL, wrapped to w cells. Highlighting takes milliseconds and a screen is drawn at each
// key, so the results are cached.
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

// drawn caches the statements drawn last.
type drawn struct {
	sync.Mutex
	statements map[drawnKey][]string
}

// drawnKey identifies a drawn statement.
type drawnKey struct {
	text string
	w    int
}
