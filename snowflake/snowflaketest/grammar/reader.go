// Package grammar reads the SQL of the served account: tokens, names, values, properties, signatures and the targets of
// grants. It also defines the errors of an account. It does not run statements: package engine does.
package grammar

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"sleet/snowflake"
)

// Reader reads one statement from its tokens. On an error it panics with an *Error, which Try recovers.
type Reader struct {
	tokens []Token
	at     int
	binds  []any
	bound  int
}

// NewReader returns a reader of a text, with the values of its question marks.
func NewReader(sql string, binds []any) (*Reader, *Error) {
	tokens, err := Lex(sql)
	if err != nil {
		return nil, err
	}
	return &Reader{tokens: tokens, binds: binds}, nil
}

// Try calls read and returns the error that it panicked with, if any.
func Try(read func()) (err *Error) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*Error)
			if !ok {
				panic(r)
			}
			err = e
		}
	}()
	read()
	return nil
}

// Skip moves n tokens forward, or backward if n is negative.
func (r *Reader) Skip(n int) { r.at += n }

// Rest returns the remaining tokens.
func (r *Reader) Rest() []Token { return r.tokens[r.at:] }

// End reports whether there are no more tokens.
func (r *Reader) End() bool { return r.Peek().Kind == TokenEnd }

// Peek returns the next token.
func (r *Reader) Peek() Token { return r.tokens[r.at] }

// Ahead returns the token n positions ahead.
func (r *Reader) Ahead(n int) Token { return r.tokens[min(r.at+n, len(r.tokens)-1)] }

// Fail panics with a syntax error for the next token.
func (r *Reader) Fail() {
	t := r.Peek()
	raw := t.Raw
	if utf8.RuneCountInString(raw) > 40 {
		raw = string([]rune(raw)[:40])
	}
	panic(SyntaxError(t.Line, t.Pos, "unexpected '"+raw+"'"))
}

// Is reports whether the next tokens are the given words.
func (r *Reader) Is(words ...string) bool {
	for i, word := range words {
		if t := r.Ahead(i); t.Kind != TokenWord || !strings.EqualFold(t.Text, word) {
			return false
		}
	}
	return true
}

// Word consumes the given words if they are next, and reports whether they were.
func (r *Reader) Word(words ...string) bool {
	if !r.Is(words...) {
		return false
	}
	r.at += len(words)
	return true
}

// Need consumes the given words, which must be next.
func (r *Reader) Need(words ...string) {
	for _, word := range words {
		if !r.Word(word) {
			r.Fail()
		}
	}
}

// Symbol consumes a symbol if it is next, and reports whether it was.
func (r *Reader) Symbol(text string) bool {
	if t := r.Peek(); t.Kind != TokenSymbol || t.Text != text {
		return false
	}
	r.at++
	return true
}

// NeedSymbol consumes a symbol, which must be next.
func (r *Reader) NeedSymbol(text string) {
	if !r.Symbol(text) {
		r.Fail()
	}
}

// One consumes the next word, which must be one of words, and returns it in upper case.
func (r *Reader) One(words ...string) string {
	for _, word := range words {
		if r.Word(word) {
			return word
		}
	}
	r.Fail()
	return ""
}

// Text reads a string constant or a bound value.
func (r *Reader) Text() string {
	t := r.Peek()
	if t.Kind == TokenSymbol && t.Text == "?" {
		value, ok := r.Bind().(string)
		if !ok {
			r.Fail()
		}
		return value
	}
	if t.Kind != TokenText {
		r.Fail()
	}
	r.at++
	return t.Text
}

// Bind returns the next bound value.
func (r *Reader) Bind() any {
	if r.bound >= len(r.binds) {
		r.Fail()
	}
	r.at++
	r.bound++
	return r.binds[r.bound-1]
}

// Number reads an integer.
func (r *Reader) Number() int64 {
	n, err := strconv.ParseInt(r.Peek().Text, 10, 64)
	if r.Peek().Kind != TokenNumber || err != nil {
		r.Fail()
	}
	r.at++
	return n
}

// boolean reads TRUE or FALSE.
func (r *Reader) boolean() bool { return r.One("TRUE", "FALSE") == "TRUE" }

// Ident reads an identifier and returns its stored form.
func (r *Reader) Ident() string {
	t := r.Peek()
	switch {
	case t.Kind == TokenWord && len(t.Text) <= snowflake.MaxName && !snowflake.Reserved(t.Text):
		r.at++
		return strings.ToUpper(t.Text)
	case t.Kind == TokenQuoted && t.Text != "" && utf8.RuneCountInString(t.Text) <= snowflake.MaxName:
		r.at++
		return t.Text
	}
	r.Fail()
	return ""
}

// Name reads a name with at most the given number of parts, also as IDENTIFIER('…').
func (r *Reader) Name(most int) Name {
	if r.Is("IDENTIFIER") && r.Ahead(1).Text == "(" {
		r.at += 2
		n := r.nameIn(r.Text(), most)
		r.NeedSymbol(")")
		return n
	}
	n := Name{r.Ident()}
	for len(n) < most && r.Symbol(".") {
		if r.Symbol(".") && len(n) == 1 { // db..name is db.PUBLIC.name
			n = append(n, "PUBLIC")
		}
		n = append(n, r.Ident())
	}
	return n
}

// nameIn parses a name in the text of a constant.
func (r *Reader) nameIn(text string, most int) Name {
	tokens, err := Lex(text)
	if err != nil {
		r.at--
		r.Fail()
	}
	inner := &Reader{tokens: tokens}
	if inner.Peek().Kind == TokenEnd {
		r.at--
		r.Fail()
	}
	n := inner.Name(most)
	if inner.Peek().Kind != TokenEnd {
		inner.Fail()
	}
	return n
}

// nameOrText reads a name, which may be in single quotes.
func (r *Reader) nameOrText(most int) Name {
	if r.Peek().Kind == TokenText {
		return r.nameIn(r.Text(), most)
	}
	return r.Name(most)
}

// Place reads a file location, which may be in single quotes.
func (r *Reader) Place() string {
	t := r.Peek()
	if t.Kind != TokenText && t.Kind != TokenPlace {
		r.Fail()
	}
	r.at++
	return t.Text
}

// Ended panics if the statement does not end here. It is called before anything is reported as missing.
func (r *Reader) Ended() {
	if t := r.Peek(); t.Kind != TokenEnd && (t.Kind != TokenSymbol || t.Text != ";") {
		r.Fail()
	}
}

// Brackets reads a parenthesized list of at least one item.
func (r *Reader) Brackets(item func()) {
	r.NeedSymbol("(")
	item()
	for r.Symbol(",") {
		item()
	}
	r.NeedSymbol(")")
}
