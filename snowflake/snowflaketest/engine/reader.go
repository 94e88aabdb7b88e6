package engine

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"sleet/snowflake"
)

// reader reads one statement from its tokens. What it cannot read it panics with, as an *Error; try recovers.
type reader struct {
	tokens []token
	at     int
	binds  []any
	bound  int
}

// newReader returns a reader of a text, with the values that stand for its question marks.
func newReader(sql string, binds []any) (*reader, *Error) {
	tokens, err := lex(sql)
	if err != nil {
		return nil, err
	}
	return &reader{tokens: tokens, binds: binds}, nil
}

// try runs what reads, and returns the refusal that it panics with.
func try(read func()) (err *Error) {
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

// skip goes n tokens on, or back.
func (r *reader) skip(n int) { r.at += n }

// rest returns the tokens that are left.
func (r *reader) rest() []token { return r.tokens[r.at:] }

// end reports whether nothing is left.
func (r *reader) end() bool { return r.peek().kind == tokenEnd }

func (r *reader) peek() token { return r.tokens[r.at] }

// ahead is the token n places on.
func (r *reader) ahead(n int) token { return r.tokens[min(r.at+n, len(r.tokens)-1)] }

// fail says that the next token is not what can stand here.
func (r *reader) fail() {
	t := r.peek()
	raw := t.raw
	if utf8.RuneCountInString(raw) > 40 {
		raw = string([]rune(raw)[:40])
	}
	panic(syntaxError(t.line, t.pos, "unexpected '"+raw+"'"))
}

// is reports whether the next tokens are these words.
func (r *reader) is(words ...string) bool {
	for i, word := range words {
		if t := r.ahead(i); t.kind != tokenWord || !strings.EqualFold(t.text, word) {
			return false
		}
	}
	return true
}

// word takes these words, if they are next.
func (r *reader) word(words ...string) bool {
	if !r.is(words...) {
		return false
	}
	r.at += len(words)
	return true
}

// need takes these words, which must be next.
func (r *reader) need(words ...string) {
	for _, word := range words {
		if !r.word(word) {
			r.fail()
		}
	}
}

// symbol takes a symbol, if it is next.
func (r *reader) symbol(text string) bool {
	if t := r.peek(); t.kind != tokenSymbol || t.text != text {
		return false
	}
	r.at++
	return true
}

func (r *reader) needSymbol(text string) {
	if !r.symbol(text) {
		r.fail()
	}
}

// one takes the one of several words that is next, and gives it in upper case.
func (r *reader) one(words ...string) string {
	for _, word := range words {
		if r.word(word) {
			return word
		}
	}
	r.fail()
	return ""
}

// text takes a string constant, or a bound value.
func (r *reader) text() string {
	t := r.peek()
	if t.kind == tokenSymbol && t.text == "?" {
		value, ok := r.bind().(string)
		if !ok {
			r.fail()
		}
		return value
	}
	if t.kind != tokenText {
		r.fail()
	}
	r.at++
	return t.text
}

// bind takes the next bound value.
func (r *reader) bind() any {
	if r.bound >= len(r.binds) {
		r.fail()
	}
	r.at++
	r.bound++
	return r.binds[r.bound-1]
}

// number takes a whole number.
func (r *reader) number() int64 {
	n, err := strconv.ParseInt(r.peek().text, 10, 64)
	if r.peek().kind != tokenNumber || err != nil {
		r.fail()
	}
	r.at++
	return n
}

// boolean takes TRUE or FALSE.
func (r *reader) boolean() bool { return r.one("TRUE", "FALSE") == "TRUE" }

// ident takes one identifier and gives its stored name.
func (r *reader) ident() string {
	t := r.peek()
	switch {
	case t.kind == tokenWord && len(t.text) <= snowflake.MaxName && !snowflake.Reserved(t.text):
		r.at++
		return strings.ToUpper(t.text)
	case t.kind == tokenQuoted && t.text != "" && utf8.RuneCountInString(t.text) <= snowflake.MaxName:
		r.at++
		return t.text
	}
	r.fail()
	return ""
}

// name takes a name of at most most parts, also as IDENTIFIER('…').
func (r *reader) name(most int) name {
	if r.is("IDENTIFIER") && r.ahead(1).text == "(" {
		r.at += 2
		n := r.nameIn(r.text(), most)
		r.needSymbol(")")
		return n
	}
	n := name{r.ident()}
	for len(n) < most && r.symbol(".") {
		if r.symbol(".") && len(n) == 1 { // db..name is db.PUBLIC.name
			n = append(n, "PUBLIC")
		}
		n = append(n, r.ident())
	}
	return n
}

// nameIn reads a name from the text of a constant.
func (r *reader) nameIn(text string, most int) name {
	tokens, err := lex(text)
	if err != nil {
		r.at--
		r.fail()
	}
	inner := &reader{tokens: tokens}
	if inner.peek().kind == tokenEnd {
		r.at--
		r.fail()
	}
	n := inner.name(most)
	if inner.peek().kind != tokenEnd {
		inner.fail()
	}
	return n
}

// nameOrText takes a name that may stand in single quotes, too.
func (r *reader) nameOrText(most int) name {
	if r.peek().kind == tokenText {
		return r.nameIn(r.text(), most)
	}
	return r.name(most)
}

// place takes a place of files: bare, or in single quotes.
func (r *reader) place() string {
	t := r.peek()
	if t.kind != tokenText && t.kind != tokenPlace {
		r.fail()
	}
	r.at++
	return t.text
}

// ended fails where more follows in the statement: before anything is said to be missing.
func (r *reader) ended() {
	if t := r.peek(); t.kind != tokenEnd && (t.kind != tokenSymbol || t.text != ";") {
		r.fail()
	}
}

// brackets takes a list in brackets of at least one item.
func (r *reader) brackets(item func()) {
	r.needSymbol("(")
	item()
	for r.symbol(",") {
		item()
	}
	r.needSymbol(")")
}
