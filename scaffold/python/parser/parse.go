// Package parser parses tokens by Python's grammar. It does not report errors that CPython finds
// only after parsing, such as a return outside a function; package python does.
package parser

import (
	"slices"
	"strings"
	"sync"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// maxDepth is the maximum nesting of expressions and statements. It is about what CPython's own
// parser supports, and far below the limit of a goroutine's stack.
const maxDepth = 3000

// maxChain is the maximum length of a chain of operators, calls or elifs. Each link is one level of
// the tree.
const maxChain = 10000

// Parse returns the statements of a file. refused is the error of its tokens, if any. Parse accepts
// everything in the grammars of Python 3.8 to 3.14 and returns the tree of the newest version.
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

// first returns the one of two errors that Python reports: that of the tokens, or the syntax error
// order in the tokens before it. Python checks all tokens before it reports most syntax errors. An
// unexpected indent is reported immediately, and some token errors only when the parser reaches
// them.
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

// parser parses tokens, except comments and line endings that do not end a statement. It panics
// with a *token.Error, which tree recovers.
type parser struct {
	file  *token.File
	src   string // text of the file
	toks  []token.Token
	at    int    // index of the next token
	word  string // text of the next token if it is an operator or keyword, otherwise ""
	depth int    // nesting depth
	links int    // total number of links in long chains
	cut   bool   // the tokens end before the end of the file
	last  int    // index of the first token of the last expression
}

// tree parses all statements.
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

// tokenBuffers holds token lists that parsers use while they run.
var tokenBuffers = sync.Pool{New: func() any { return new([]token.Token) }} //nolint:gochecknoglobals // A pool is shared by all.

// significant appends to toks all tokens except comments and line endings that do not end a
// statement.
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

// seek makes toks[at] the next token.
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

// next advances to the next token, but not past the end of the file.
func (p *parser) next() {
	if p.at < len(p.toks)-1 {
		p.seek(p.at + 1)
	}
}

// token returns the next token.
func (p *parser) token() token.Token { return p.toks[p.at] }

// kind returns the kind of the next token.
func (p *parser) kind() token.Kind { return p.toks[p.at].Kind }

// start returns the offset of the next token.
func (p *parser) start() int { return p.toks[p.at].Start }

// end returns the end offset of the last visible token before the next one.
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

// span returns the span from start to the end of the last token.
func (p *parser) span(start int) token.Span {
	return token.Span{Start: start, End: max(start, p.end())}
}

// text returns the text of token i.
func (p *parser) text(i int) string {
	if i >= len(p.toks) {
		return ""
	}
	return p.src[p.toks[i].Start:p.toks[i].End]
}

// wordAt returns the text of token i if it is an operator or a keyword.
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

// kindAt returns the kind of token i.
func (p *parser) kindAt(i int) token.Kind {
	if i >= len(p.toks) {
		return token.EndMarker
	}
	return p.toks[i].Kind
}

// isNameAt reports whether token i is a name and not a keyword.
func (p *parser) isNameAt(i int) bool {
	return p.kindAt(i) == token.Name && !isKeyword(p.text(i))
}

// isName reports whether the next token is a name and not a keyword.
func (p *parser) isName() bool { return p.kind() == token.Name && p.word == "" }

// take consumes the operator or keyword if it comes next.
func (p *parser) take(word string) bool {
	if p.word != word {
		return false
	}
	p.next()
	return true
}

// expect consumes the operator or keyword, which must come next.
func (p *parser) expect(word string) {
	if !p.take(word) {
		p.unexpected("invalid syntax: expected '" + word + "'")
	}
}

// ident parses a name that is not a keyword.
func (p *parser) ident() ast.Ident {
	if !p.isName() {
		p.unexpected(invalid)
	}
	t := p.token()
	p.next()
	return ast.Ident{Span: token.Span{Start: t.Start, End: t.End}, Name: token.Identifier(p.src[t.Start:t.End])}
}

// deeper increases the nesting depth. The caller must decrease it again.
func (p *parser) deeper() {
	if p.depth++; p.depth > maxDepth {
		p.fail(p.start(), "too deeply nested")
	}
}

// link checks the length of a chain. Because chains can be nested, the links of all long chains are
// counted together too.
func (p *parser) link(n int) {
	if n > maxChain/10 {
		p.links++
	}
	if n+p.depth > maxChain || p.links > 10*maxChain {
		p.fail(p.start(), "too deeply nested")
	}
}

// unexpected rejects the next token for the given reason, or as bad indentation.
func (p *parser) unexpected(reason string) {
	switch p.kind() {
	case token.Indent:
		// Python reports the last column of the indentation.
		t := p.token()
		p.fail(max(t.Start, t.End-1), unexpectedIndent)
	case token.Dedent:
		reason = invalid
	default:
	}
	p.fail(p.start(), reason)
}

// fail reports an error. At the end of the file it reports the end of the last line.
func (p *parser) fail(offset int, reason string) {
	if offset == len(p.src) && !p.cut {
		offset = len(strings.TrimSuffix(strings.TrimSuffix(p.src, "\n"), "\r"))
	}
	panic(&token.Error{Position: p.file.Position(offset), Reason: reason})
}

// try calls read, which may fail. On failure it restores the state and returns the error.
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

// The keywords that are constants.
const (
	wordNone  = "None"
	wordTrue  = "True"
	wordFalse = "False"
)

// invalid is the default reason.
const invalid = "invalid syntax"

// unexpectedIndent is the reason for a line that is indented without a block.
const unexpectedIndent = "unexpected indent"

// isKeyword reports whether a name is a keyword.
func isKeyword(name string) bool {
	switch name {
	case wordFalse, wordNone, wordTrue, "and", "as", "assert", "async", "await", "break", "class", "continue",
		"def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in",
		"is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield":
		return true
	}
	return false
}
