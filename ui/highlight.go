package ui

import (
	"strings"
	"sync"

	"charm.land/lipgloss/v2"
	"github.com/alecthomas/chroma/v2"
)

const tabWidth = 4

// Highlighted is a text drawn in colours, line by line. Make it with Highlight,
// outside of View: it takes milliseconds.
type Highlighted struct {
	Name  string
	Text  string
	Lines []string
}

// Highlight draws text in the colours of its language, which is known by the
// file's name. Text of no known language stays as it is. Nothing in it can drive
// the terminal.
func Highlight(k *Context, name, text string) Highlighted {
	h := Highlighted{Name: name, Text: text}
	lexer := lexer(name)
	if lexer == nil || !k.Colour() {
		h.Lines = plainLines(text)
		return h
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, text)
	if err != nil {
		h.Lines = plainLines(text)
		return h
	}
	var b strings.Builder
	syntax := k.syntax()
	for token := tokens(); token != chroma.EOF; token = tokens() {
		style := syntax.of(token.Type)
		for i, part := range strings.Split(token.Value, "\n") {
			if i > 0 {
				h.Lines = append(h.Lines, b.String())
				b.Reset()
			}
			if part != "" {
				b.WriteString(style.Render(Clean(expand(part))))
			}
		}
	}
	if b.Len() > 0 {
		h.Lines = append(h.Lines, b.String())
	}
	if want := countLines(text); len(h.Lines) != want {
		h.Lines = plainLines(text) // a lexer that adds or loses lines would shift the marks
	}
	return h
}

func expand(s string) string { return strings.ReplaceAll(s, "\t", strings.Repeat(" ", tabWidth)) }

// splitLines splits text into lines; a line break at its end opens no line.
func splitLines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n")
}

func countLines(text string) int { return len(splitLines(text)) }

// plainLines returns the lines of text without colours.
func plainLines(text string) []string {
	lines := splitLines(text)
	for i, line := range lines {
		lines[i] = Clean(expand(line))
	}
	return lines
}

// syntax is the look of code, derived from the theme's roles.
type syntax struct{ text, keyword, name, str, number, comment lipgloss.Style }

func (t Theme) syntax() syntax {
	return syntax{
		text: t.Text, keyword: t.Accent, name: t.Code, str: t.Good,
		number: t.Warn.Bold(false), comment: t.Muted.Italic(true),
	}
}

func (s syntax) of(t chroma.TokenType) lipgloss.Style {
	switch {
	case t.InCategory(chroma.Comment):
		return s.comment
	case t.InCategory(chroma.Keyword), t == chroma.OperatorWord:
		return s.keyword
	case t.InSubCategory(chroma.LiteralString):
		return s.str
	case t.InCategory(chroma.Literal):
		return s.number
	case t == chroma.NameFunction, t == chroma.NameClass, t == chroma.NameDecorator,
		t == chroma.NameTag, t == chroma.NameAttribute, t == chroma.NameBuiltin:
		return s.name
	default:
		return s.text
	}
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
		for i, part := range Wrap(Clean(line), max(w, 1)) {
			if i > 0 && Width(indent+part)+2 <= w {
				part = indent + "  " + part
			}
			wrapped = append(wrapped, part)
		}
	}
	lines := Highlight(k, "statement.sql", strings.Join(wrapped, "\n")).Lines
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
