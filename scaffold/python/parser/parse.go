// Package parser reads tokens by the grammar of Python. What CPython refuses only once a file is parsed, as a
// return outside of a function, is not refused here but by package python.
package parser

import (
	"slices"
	"strings"
	"sync"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// maxDepth is how deep expressions and statements may stand in one another. It is about what
// CPython's own parser bears, and far below what a goroutine's stack does.
const maxDepth = 3000

// maxChain is how long a chain of operators, calls or elifs may be: each link is one level of the tree.
const maxChain = 10000

// Parse returns the statements of a file whose tokens were refused for a reason, or not. Whatever
// the grammar of Python 3.8 to 3.14 has is accepted, with the tree that the newest of them gives.
func Parse(file *token.File, refused *token.Error) ([]ast.Stmt, *token.Error) {
	buffer := tokenBuffers.Get().(*[]token.Token)
	p := &parser{file: file, src: string(file.Text), toks: significant((*buffer)[:0], file.Tokens, len(file.Text)), cut: refused != nil}
	body, err := p.tree()
	*buffer = p.toks
	tokenBuffers.Put(buffer)
	if refused != nil {
		return nil, first(refused, err)
	}
	return body, err
}

// first tells which of two refusals Python gives: that of the tokens, or that of what was read up to
// them. It looks at all tokens before it refuses the order of some; but a line that stands in too far
// it refuses at once, and some refusals of tokens it only makes when it comes upon them.
func first(tokens, order *token.Error) *token.Error {
	switch {
	case order == nil:
	case strings.HasSuffix(tokens.Reason, "was never closed"):
		if order.Line <= tokens.Line {
			return order
		}
	case order.Offset >= tokens.Offset:
	case order.Reason == unexpectedIndent, strings.HasPrefix(tokens.Reason, "unindent does not match"),
		strings.HasPrefix(tokens.Reason, "unexpected character after line continuation"),
		strings.HasPrefix(tokens.Reason, "inconsistent use of tabs"),
		strings.HasPrefix(tokens.Reason, "too many levels of indentation"):
		return order
	}
	return tokens
}

// parser reads the tokens that say something: all but comments and the ends of lines that end no
// statement. What it cannot read it reports by a panic with an *Error, which parse takes back.
type parser struct {
	file  *token.File
	src   string // the file's text
	toks  []token.Token
	at    int    // the token to read next
	word  string // its text when it is an operator or a keyword, else ""
	depth int    // how deep what is being read stands in other things
	links int    // how many links long chains have
	cut   bool   // the tokens break off before the end of the file
	last  int    // the token with which the expression that was read last starts
}

// tree reads all statements.
func (p *parser) tree() (body []ast.Stmt, err *token.Error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *token.Error:
			err = r
		default:
			panic(r)
		}
	}()
	p.seek(0)
	for p.kind() != token.EndMarker {
		body = p.statement(body)
	}
	return body, nil
}

// tokenBuffers are lists that parsers need only while they read.
var tokenBuffers = sync.Pool{New: func() any { return new([]token.Token) }} //nolint:gochecknoglobals // A pool is shared by all.

// significant appends to toks all tokens but comments and the ends of lines that end no statement.
func significant(toks, tokens []token.Token, size int) []token.Token {
	toks = slices.Grow(toks, len(tokens)+1)
	for _, t := range tokens {
		if t.Kind != token.Comment && t.Kind != token.NL {
			toks = append(toks, t)
		}
	}
	if n := len(toks); n == 0 || toks[n-1].Kind != token.EndMarker {
		toks = append(toks, token.Token{Kind: token.EndMarker, Start: size, End: size})
	}
	return toks
}

// seek makes toks[at] the token to read next.
func (p *parser) seek(at int) {
	p.at, p.word = at, ""
	switch t := p.toks[at]; t.Kind {
	case token.Op:
		p.word = p.src[t.Start:t.End]
	case token.Name:
		if w := p.src[t.Start:t.End]; isKeyword(w) {
			p.word = w
		}
	default:
	}
}

// next goes to the token after this one; the end of the file stays.
func (p *parser) next() {
	if p.at < len(p.toks)-1 {
		p.seek(p.at + 1)
	}
}

// token is the token to read next.
func (p *parser) token() token.Token { return p.toks[p.at] }

// kind is its kind.
func (p *parser) kind() token.Kind { return p.toks[p.at].Kind }

// start is where it starts.
func (p *parser) start() int { return p.toks[p.at].Start }

// end is where the last token before it ends that is there to see.
func (p *parser) end() int {
	for i := p.at - 1; i >= 0; i-- {
		switch t := p.toks[i]; t.Kind {
		case token.Newline, token.Indent, token.Dedent:
		default:
			return t.End
		}
	}
	return 0
}

// span is from start to where the last token ended.
func (p *parser) span(start int) token.Span {
	return token.Span{Start: start, End: max(start, p.end())}
}

// text is the text of token i.
func (p *parser) text(i int) string {
	if i >= len(p.toks) {
		return ""
	}
	return p.src[p.toks[i].Start:p.toks[i].End]
}

// wordAt is the text of token i when it is an operator or a keyword.
func (p *parser) wordAt(i int) string {
	if i >= len(p.toks) {
		return ""
	}
	w := p.text(i)
	if k := p.toks[i].Kind; k == token.Op || k == token.Name && isKeyword(w) {
		return w
	}
	return ""
}

// kindAt is the kind of token i.
func (p *parser) kindAt(i int) token.Kind {
	if i >= len(p.toks) {
		return token.EndMarker
	}
	return p.toks[i].Kind
}

// isNameAt reports whether token i is a name that is no keyword.
func (p *parser) isNameAt(i int) bool {
	return p.kindAt(i) == token.Name && !isKeyword(p.text(i))
}

// isName reports whether the next token is a name that is no keyword.
func (p *parser) isName() bool { return p.kind() == token.Name && p.word == "" }

// take reads the operator or keyword if it is next.
func (p *parser) take(word string) bool {
	if p.word != word {
		return false
	}
	p.next()
	return true
}

// expect reads the operator or keyword, which must be next.
func (p *parser) expect(word string) {
	if !p.take(word) {
		p.unexpected("invalid syntax: expected '" + word + "'")
	}
}

// ident reads a name that is no keyword.
func (p *parser) ident() ast.Ident {
	if !p.isName() {
		p.unexpected(invalid)
	}
	t := p.token()
	p.next()
	return ast.Ident{Span: token.Span{Start: t.Start, End: t.End}, Name: token.Identifier(p.src[t.Start:t.End])}
}

// deeper notes that what is read from now on stands one level deeper. Who calls it takes the level
// back.
func (p *parser) deeper() {
	if p.depth++; p.depth > maxDepth {
		p.fail(p.start(), "too deeply nested")
	}
}

// link checks the length of a chain. Chains may stand in chains, so that all that are long count
// together too.
func (p *parser) link(n int) {
	if n > maxChain/10 {
		p.links++
	}
	if n+p.depth > maxChain || p.links > 10*maxChain {
		p.fail(p.start(), "too deeply nested")
	}
}

// unexpected refuses the next token: for the reason given, or because of what the token is.
func (p *parser) unexpected(reason string) {
	switch p.kind() {
	case token.Indent:
		// Python names the last column of what stands in too far.
		t := p.token()
		p.fail(max(t.Start, t.End-1), unexpectedIndent)
	case token.Dedent:
		reason = invalid
	default:
	}
	p.fail(p.start(), reason)
}

// fail refuses the file. What is missing at its end is missing on its last line.
func (p *parser) fail(offset int, reason string) {
	if offset == len(p.src) && !p.cut {
		offset = len(strings.TrimSuffix(strings.TrimSuffix(p.src, "\n"), "\r"))
	}
	panic(&token.Error{Position: p.file.Position(offset), Reason: reason})
}

// try reads something that may turn out to be something else; when it cannot, all is as before.
func (p *parser) try(read func()) (err *token.Error) {
	at, depth := p.at, p.depth
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *token.Error:
			err = r
			p.depth = depth
			p.seek(at)
		default:
			panic(r)
		}
	}()
	read()
	return nil
}

// The keywords that are values.
const (
	wordNone  = "None"
	wordTrue  = "True"
	wordFalse = "False"
)

// invalid is the reason when there is no better one.
const invalid = "invalid syntax"

// unexpectedIndent is the reason where a line stands in further than the one before for no cause.
const unexpectedIndent = "unexpected indent"

// isKeyword reports whether a name is reserved.
func isKeyword(name string) bool {
	switch name {
	case wordFalse, wordNone, wordTrue, "and", "as", "assert", "async", "await", "break", "class", "continue",
		"def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in",
		"is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield":
		return true
	}
	return false
}
