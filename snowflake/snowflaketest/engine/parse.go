package engine

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"sleet/snowflake"
)

// statement is a statement that has been read: it can be run in a session.
type statement struct {
	kind int
	run  func(*Session) (*Result, *Error)
}

// parser reads one statement. What it cannot read it panics with, as a *sqlError; parse recovers.
type parser struct {
	tokens []token
	at     int
	binds  []any
	bound  int
}

// parse reads a statement, strictly: what no reference page has is a syntax error.
func parse(sql string, binds []any) (st statement, err *Error) {
	tokens, err := lex(sql)
	if err != nil {
		return st, err
	}
	p := &parser{tokens: tokens, binds: binds}
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*Error)
			if !ok {
				panic(r)
			}
			err = e
		}
	}()
	if p.peek().kind == tokenEnd {
		return st, refuse(900, "42000", "Empty SQL statement.")
	}
	st = p.statement()
	if p.symbol(";") && p.peek().kind != tokenEnd {
		return st, refuse(8, "0A000", "Actual statement count 2 did not match the desired statement count 1.")
	}
	if p.peek().kind != tokenEnd {
		p.fail()
	}
	return st, nil
}

// statement reads a statement, up to its semicolon.
func (p *parser) statement() statement {
	for _, verb := range []struct {
		word string
		read func() statement
	}{
		{"USE", p.use},
		{"CREATE", p.create},
		{"ALTER", p.alter},
		{"DROP", p.drop},
		{"GRANT", p.grant},
		{"REVOKE", p.revoke},
		{"SHOW", p.show},
		{"DESCRIBE", p.describe},
		{"DESC", p.describe},
		{"LIST", p.list},
		{"LS", p.list},
		{"REMOVE", p.remove},
		{"RM", p.remove},
		{"PUT", p.put},
		{"GET", p.get},
		{"COPY", p.copyFiles},
		{"EXECUTE", p.execute},
		{"CALL", p.call},
		{"SELECT", p.query},
		{"WITH", p.query},
		{"BEGIN", p.transaction},
		{"COMMIT", p.transaction},
		{"ROLLBACK", p.transaction},
		{"COMMENT", p.commentOn},
		{"SET", p.setVariable},
	} {
		if p.is(verb.word) {
			if verb.word != "SELECT" && verb.word != "WITH" {
				p.at++
			}
			return verb.read()
		}
	}
	p.fail()
	return statement{}
}

func (p *parser) peek() token { return p.tokens[p.at] }

// ahead is the token n places on.
func (p *parser) ahead(n int) token { return p.tokens[min(p.at+n, len(p.tokens)-1)] }

// fail says that the next token is not what can stand here.
func (p *parser) fail() {
	t := p.peek()
	raw := t.raw
	if utf8.RuneCountInString(raw) > 40 {
		raw = string([]rune(raw)[:40])
	}
	panic(syntaxError(t.line, t.pos, "unexpected '"+raw+"'"))
}

// is reports whether the next tokens are these words.
func (p *parser) is(words ...string) bool {
	for i, word := range words {
		if t := p.ahead(i); t.kind != tokenWord || !strings.EqualFold(t.text, word) {
			return false
		}
	}
	return true
}

// word takes these words, if they are next.
func (p *parser) word(words ...string) bool {
	if !p.is(words...) {
		return false
	}
	p.at += len(words)
	return true
}

// need takes these words, which must be next.
func (p *parser) need(words ...string) {
	for _, word := range words {
		if !p.word(word) {
			p.fail()
		}
	}
}

// symbol takes a symbol, if it is next.
func (p *parser) symbol(text string) bool {
	if t := p.peek(); t.kind != tokenSymbol || t.text != text {
		return false
	}
	p.at++
	return true
}

func (p *parser) needSymbol(text string) {
	if !p.symbol(text) {
		p.fail()
	}
}

// one takes the one of several words that is next, and gives it in upper case.
func (p *parser) one(words ...string) string {
	for _, word := range words {
		if p.word(word) {
			return word
		}
	}
	p.fail()
	return ""
}

// text takes a string constant, or a bound value.
func (p *parser) text() string {
	t := p.peek()
	if t.kind == tokenSymbol && t.text == "?" {
		value, ok := p.bind().(string)
		if !ok {
			p.fail()
		}
		return value
	}
	if t.kind != tokenText {
		p.fail()
	}
	p.at++
	return t.text
}

// bind takes the next bound value.
func (p *parser) bind() any {
	if p.bound >= len(p.binds) {
		p.fail()
	}
	p.at++
	p.bound++
	return p.binds[p.bound-1]
}

// number takes a whole number.
func (p *parser) number() int64 {
	n, err := strconv.ParseInt(p.peek().text, 10, 64)
	if p.peek().kind != tokenNumber || err != nil {
		p.fail()
	}
	p.at++
	return n
}

// boolean takes TRUE or FALSE.
func (p *parser) boolean() bool { return p.one("TRUE", "FALSE") == "TRUE" }

// ident takes one identifier and gives its stored name.
func (p *parser) ident() string {
	t := p.peek()
	switch {
	case t.kind == tokenWord && len(t.text) <= snowflake.MaxName && !snowflake.Reserved(t.text):
		p.at++
		return strings.ToUpper(t.text)
	case t.kind == tokenQuoted && t.text != "" && utf8.RuneCountInString(t.text) <= snowflake.MaxName:
		p.at++
		return t.text
	}
	p.fail()
	return ""
}

// name is a name of one to three parts, each as it is stored.
type name []string

func (n name) String() string { return qualified(n...) }

// name takes a name of at most most parts, also as IDENTIFIER('…').
func (p *parser) name(most int) name {
	if p.is("IDENTIFIER") && p.ahead(1).text == "(" {
		p.at += 2
		n := p.nameIn(p.text(), most)
		p.needSymbol(")")
		return n
	}
	n := name{p.ident()}
	for len(n) < most && p.symbol(".") {
		if p.symbol(".") && len(n) == 1 { // db..name is db.PUBLIC.name
			n = append(n, "PUBLIC")
		}
		n = append(n, p.ident())
	}
	return n
}

// nameIn reads a name from the text of a constant.
func (p *parser) nameIn(text string, most int) name {
	tokens, err := lex(text)
	if err != nil {
		p.at--
		p.fail()
	}
	inner := &parser{tokens: tokens}
	if inner.peek().kind == tokenEnd {
		p.at--
		p.fail()
	}
	n := inner.name(most)
	if inner.peek().kind != tokenEnd {
		inner.fail()
	}
	return n
}

// nameOrText takes a name that may stand in single quotes, too.
func (p *parser) nameOrText(most int) name {
	if p.peek().kind == tokenText {
		return p.nameIn(p.text(), most)
	}
	return p.name(most)
}

// place takes a place of files: bare, or in single quotes.
func (p *parser) place() string {
	t := p.peek()
	if t.kind != tokenText && t.kind != tokenPlace {
		p.fail()
	}
	p.at++
	return t.text
}

// ended fails where more follows in the statement: before anything is said to be missing.
func (p *parser) ended() {
	if t := p.peek(); t.kind != tokenEnd && (t.kind != tokenSymbol || t.text != ";") {
		p.fail()
	}
}

// brackets takes a list in brackets of at least one item.
func (p *parser) brackets(item func()) {
	p.needSymbol("(")
	item()
	for p.symbol(",") {
		item()
	}
	p.needSymbol(")")
}
