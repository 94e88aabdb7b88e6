// Package syntax highlights code line by line: Python, SQL, TOML, YAML and JSON. It knows nothing about widgets.
package syntax

import (
	"path"
	"strings"

	"sleet/ui/cells"

	"charm.land/lipgloss/v2"
	"github.com/alecthomas/chroma/v2"
)

// Styles are the styles of each kind of token.
type Styles struct{ Text, Keyword, Name, String, Number, Comment lipgloss.Style }

// TabWidth is the width of a tab, in cells.
const TabWidth = 4

// Lines returns the lines of text, highlighted in the language of the file's name. Text of an unknown language gets no
// colours. Control characters are made visible. It takes milliseconds, so do not call it in View.
func (s Styles) Lines(name, text string) []string {
	lexer := lexer(name)
	if lexer == nil {
		return Plain(text)
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, text)
	if err != nil {
		return Plain(text)
	}
	var lines []string
	var b strings.Builder
	for token := tokens(); token != chroma.EOF; token = tokens() {
		style := s.of(token.Type)
		for i, part := range strings.Split(token.Value, "\n") {
			if i > 0 {
				lines = append(lines, b.String())
				b.Reset()
			}
			if part != "" {
				b.WriteString(style.Render(cells.Clean(Expand(part))))
			}
		}
	}
	if b.Len() > 0 {
		lines = append(lines, b.String())
	}
	if len(lines) != len(Split(text)) {
		return Plain(text) // a lexer that adds or loses lines would shift the marks
	}
	return lines
}

// Expand returns s with its tabs replaced by spaces.
func Expand(s string) string { return strings.ReplaceAll(s, "\t", strings.Repeat(" ", TabWidth)) }

// Split splits text into lines; a line break at the end does not start another line.
func Split(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n")
}

// Plain returns the lines of text without colours.
func Plain(text string) []string {
	lines := Split(text)
	for i, line := range lines {
		lines[i] = cells.Clean(Expand(line))
	}
	return lines
}

// of returns the style of a token.
func (s Styles) of(t chroma.TokenType) lipgloss.Style {
	switch {
	case t.InCategory(chroma.Comment):
		return s.Comment
	case t.InCategory(chroma.Keyword), t == chroma.OperatorWord:
		return s.Keyword
	case t.InSubCategory(chroma.LiteralString):
		return s.String
	case t.InCategory(chroma.Literal):
		return s.Number
	case t == chroma.NameFunction, t == chroma.NameClass, t == chroma.NameDecorator,
		t == chroma.NameTag, t == chroma.NameAttribute, t == chroma.NameBuiltin:
		return s.Name
	default:
		return s.Text
	}
}

// Docstring starts a docstring in Python.
const Docstring = `"""`

// Comments returns the prefixes of comments in a file of this name.
func Comments(name string) []string {
	switch strings.ToLower(path.Ext(name)) {
	case ".sql":
		return []string{"--"}
	case ".py":
		return []string{"#", Docstring}
	case ".toml", ".lock", ".yml", ".yaml", ".gitignore", ".sh":
		return []string{"#"}
	default:
		return nil
	}
}
