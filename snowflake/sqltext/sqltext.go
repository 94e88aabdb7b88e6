// Package sqltext reads SQL files of Snowflake's just far enough to find statements and what stands
// in them: it knows comments, strings, quoted names and bodies between $$, and nothing of the grammar.
// It reads every text: what it does not understand is a symbol.
package sqltext

import "strings"

// Kind is a kind of token.
type Kind uint8

// The kinds of tokens.
const (
	// Symbol is a mark such as ( or =, and any character that begins nothing else.
	Symbol Kind = iota
	// Word is a keyword, a name without quotes, or a variable: $x, &x, :x.
	Word
	// Quoted is a name in double quotes.
	Quoted
	// Text is a string in single quotes.
	Text
	// Body is a text between $$.
	Body
	// Place is a place on a stage: @stage/path, snow://…, file://….
	Place
	// Number is a number.
	Number
)

// Token is one piece of a statement.
type Token struct {
	Kind Kind
	// Text is what the token stands for: a string or a quoted name without quotes and escapes, a body
	// without its marks. Raw is as it is written.
	Text, Raw string
	// Start and End are the bytes of the source; Line is that of the start, from 1.
	Start, End, Line int
}

// Is reports whether a token is a word, whatever its case.
func (t Token) Is(word string) bool { return t.Kind == Word && strings.EqualFold(t.Raw, word) }

// IsSymbol reports whether a token is a mark.
func (t Token) IsSymbol(mark string) bool { return t.Kind == Symbol && t.Raw == mark }

// Statement is what stands between two semicolons, comments left out.
type Statement struct {
	// Start and End are the bytes from the first token to behind the last one; Line is that of Start.
	Start, End, Line int
	Tokens           []Token
}

// At reports whether the words stand in a row from a token on.
func (s Statement) At(i int, words ...string) bool {
	if i < 0 || i+len(words) > len(s.Tokens) {
		return false
	}
	for j, word := range words {
		if !s.Tokens[i+j].Is(word) {
			return false
		}
	}
	return true
}

// Unclosed returns the mark of a comment, a text, a name or a body that has no end, and the line that it
// begins on; the mark is "" where everything is closed.
func Unclosed(src []byte) (mark string, line int) {
	sc := scanner{src: string(src), line: 1}
	for more := true; more; {
		_, more = sc.next()
	}
	if sc.open == "" {
		return "", 0
	}
	return sc.open, 1 + strings.Count(sc.src[:sc.opened], "\n")
}

// Statements cuts a text at its semicolons. Statements without a token are left out.
func Statements(src []byte) []Statement {
	sc := scanner{src: string(src), line: 1}
	if strings.HasPrefix(sc.src, "\ufeff") {
		sc.pos = len("\ufeff")
	}
	var list []Statement
	var tokens []Token
	end := func() {
		if len(tokens) > 0 {
			first, last := tokens[0], tokens[len(tokens)-1]
			list = append(list, Statement{Start: first.Start, End: last.End, Line: first.Line, Tokens: tokens})
			tokens = nil
		}
	}
	for {
		t, more := sc.next()
		switch {
		case !more:
			end()
			return list
		case t.IsSymbol(";"):
			end()
		default:
			tokens = append(tokens, t)
		}
	}
}
