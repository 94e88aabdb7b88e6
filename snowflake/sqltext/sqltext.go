// Package sqltext splits Snowflake SQL into statements and tokens. It knows comments, strings, quoted names and bodies
// between $$, but not the grammar. It accepts any text: what it does not recognize becomes a symbol.
package sqltext

import "strings"

// Kind is the kind of a token.
type Kind uint8

// The kinds of tokens.
const (
	// Symbol is punctuation such as ( or =, or any character that starts no other token.
	Symbol Kind = iota
	// Word is a keyword, an unquoted name or a variable: $x, &x, :x.
	Word
	// Quoted is a name in double quotes.
	Quoted
	// Text is a string in single quotes.
	Text
	// Body is a text between $$.
	Body
	// Place is a stage path or URL: @stage/path, snow://…, file://….
	Place
	// Number is a number.
	Number
)

// Token is one token of a statement.
type Token struct {
	Kind Kind
	// Text is the token's meaning: a string or quoted name without quotes and escapes, a body without its delimiters.
	// Raw is the source text.
	Text, Raw string
	// Start and End are byte offsets in the source. Line is the line of Start, from 1.
	Start, End, Line int
}

// Is reports whether the token is the given word, in any case.
func (t Token) Is(word string) bool { return t.Kind == Word && strings.EqualFold(t.Raw, word) }

// IsSymbol reports whether the token is the given symbol.
func (t Token) IsSymbol(mark string) bool { return t.Kind == Symbol && t.Raw == mark }

// Statement is the text up to a semicolon, without comments.
type Statement struct {
	// Start is the offset of the first token, End the offset after the last one. Line is the line of Start, from 1.
	Start, End, Line int
	Tokens           []Token
}

// At reports whether the tokens from index i on are the given words.
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

// Unclosed returns the opening mark of an unclosed comment, string, name or body, and the line where it starts. The
// mark is "" if everything is closed.
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

// Statements splits a text at its semicolons. Statements without tokens are left out.
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
