package grammar

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// TokenKind is the kind of a token.
type TokenKind int

// The kinds of tokens.
const (
	TokenEnd TokenKind = iota
	TokenWord
	TokenQuoted // an identifier in double quotes
	TokenText   // a string constant, or a body between $$
	TokenNumber
	TokenSymbol
	TokenPlace // @stage/path, snow://…, file://…
)

// Token is one token. Text is its value, Raw its source text.
type Token struct {
	Kind      TokenKind
	Text, Raw string
	Line, Pos int
}

// lexer splits a statement into tokens.
type lexer struct {
	sql       string
	at        int
	line, col int
	list      []Token
}

// Lex returns the tokens of a statement. The last one is TokenEnd.
func Lex(sql string) ([]Token, *Error) {
	l := &lexer{sql: sql, line: 1}
	for {
		if err := l.skip(); err != nil {
			return nil, err
		}
		if l.at >= len(l.sql) {
			l.list = append(l.list, Token{Kind: TokenEnd, Raw: "<EOF>", Line: l.line, Pos: l.col})
			return l.list, nil
		}
		if err := l.next(); err != nil {
			return nil, err
		}
	}
}

// move advances by n bytes and updates the position: lines from 1, characters from 0.
func (l *lexer) move(n int) {
	for _, r := range l.sql[l.at : l.at+n] {
		l.col++
		if r == '\n' {
			l.line, l.col = l.line+1, 0
		}
	}
	l.at += n
}

func (l *lexer) rest() string { return l.sql[l.at:] }

// skip skips white space and comments.
func (l *lexer) skip() *Error {
	for l.at < len(l.sql) {
		rest := l.rest()
		switch {
		case strings.ContainsRune(" \t\r\n\f\v", rune(rest[0])):
			l.move(1)
		case strings.HasPrefix(rest, "--"), strings.HasPrefix(rest, "//"):
			n := strings.IndexByte(rest, '\n')
			if n < 0 {
				n = len(rest)
			}
			l.move(n)
		case strings.HasPrefix(rest, "/*"):
			n := strings.Index(rest[2:], "*/")
			if n < 0 {
				return SyntaxError(l.line, l.col, "unterminated comment")
			}
			l.move(n + 4)
		default:
			return nil
		}
	}
	return nil
}

// add appends the next n bytes as a token.
func (l *lexer) add(kind TokenKind, text string, n int) {
	l.list = append(l.list, Token{Kind: kind, Text: text, Raw: l.sql[l.at : l.at+n], Line: l.line, Pos: l.col})
	l.move(n)
}

// next reads one token.
func (l *lexer) next() *Error {
	rest := l.rest()
	switch c := rest[0]; {
	case strings.HasPrefix(rest, "$$"):
		n := strings.Index(rest[2:], "$$")
		if n < 0 {
			return l.open("$$")
		}
		l.add(TokenText, rest[2:2+n], n+4)
	case c == '\'':
		text, n := quotedText(rest)
		if n == 0 {
			return l.open("'")
		}
		l.add(TokenText, text, n)
	case c == '"':
		text, n := QuotedName(rest)
		if n == 0 {
			return l.open(`"`)
		}
		l.add(TokenQuoted, text, n)
	case c == '@', strings.HasPrefix(rest, "snow://"), strings.HasPrefix(rest, "file://"):
		n := placeLength(rest)
		l.add(TokenPlace, rest[:n], n)
	case isLetter(c):
		n := 1
		for n < len(rest) && (isLetter(rest[n]) || isDigit(rest[n]) || rest[n] == '$') {
			n++
		}
		l.add(TokenWord, rest[:n], n)
	case isDigit(c):
		n := 1
		for n < len(rest) && (isDigit(rest[n]) || rest[n] == '.' && n+1 < len(rest) && isDigit(rest[n+1])) {
			n++
		}
		l.add(TokenNumber, rest[:n], n)
	default:
		return l.symbol(rest)
	}
	return nil
}

// symbol reads a symbol of one or two characters.
func (l *lexer) symbol(rest string) *Error {
	for _, two := range []string{"<>", "!=", "<=", ">=", "::", "||", "=>", ":="} {
		if strings.HasPrefix(rest, two) {
			l.add(TokenSymbol, two, len(two))
			return nil
		}
	}
	if strings.IndexByte("=(),.;<>*+-/:?[]{}!%|", rest[0]) >= 0 {
		l.add(TokenSymbol, rest[:1], 1)
		return nil
	}
	_, n := utf8.DecodeRuneInString(rest)
	return SyntaxError(l.line, l.col, fmt.Sprintf("unexpected '%s'", rest[:n]))
}

// open returns the error for an unclosed quote.
func (l *lexer) open(quote string) *Error {
	return SyntaxError(l.line, l.col, fmt.Sprintf("parse error near '%s': not closed", quote))
}

func isLetter(c byte) bool { return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

// quotedText reads a single-quoted constant and returns its value and length, or 0 if it is not closed.
// https://docs.snowflake.com/en/sql-reference/data-types-text#escape-sequences-in-single-quoted-string-constants
func quotedText(sql string) (string, int) {
	var b strings.Builder
	for i := 1; i < len(sql); i++ {
		switch c := sql[i]; {
		case c == '\'' && i+1 < len(sql) && sql[i+1] == '\'':
			b.WriteByte('\'')
			i++
		case c == '\'':
			return b.String(), i + 1
		case c == '\\' && i+1 < len(sql):
			text, n := escape(sql[i+1:])
			b.WriteString(text)
			i += n
		default:
			b.WriteByte(c)
		}
	}
	return "", 0
}

// escape returns the meaning of the text after a backslash, and its length in bytes.
func escape(sql string) (string, int) {
	const simple, means = "ntrbf0", "\n\t\r\b\f\x00"
	if i := strings.IndexByte(simple, sql[0]); i >= 0 {
		return means[i : i+1], 1
	}
	digits := map[byte]int{'x': 2, 'u': 4}[sql[0]]
	if digits > 0 && len(sql) > digits {
		var r rune
		if n, err := fmt.Sscanf(sql[1:1+digits], "%x", &r); n == 1 && err == nil {
			return string(r), 1 + digits
		}
	}
	_, n := utf8.DecodeRuneInString(sql)
	return sql[:n], n
}

// QuotedName reads a double-quoted identifier and returns its value and length, or 0 if it is not closed.
func QuotedName(sql string) (string, int) {
	for i := 1; i < len(sql); i++ {
		if sql[i] != '"' {
			continue
		}
		if i+1 < len(sql) && sql[i+1] == '"' {
			i++
			continue
		}
		return strings.ReplaceAll(sql[1:i], `""`, `"`), i + 1
	}
	return "", 0
}

// placeLength returns the length of an unquoted file location: up to white space, a comma, a semicolon or a parenthesis
// outside double quotes.
func placeLength(sql string) int {
	quoted := false
	for i := range len(sql) {
		c := sql[i]
		if c == '"' {
			quoted = !quoted
		}
		if !quoted && strings.IndexByte(" \t\r\n,;()", c) >= 0 {
			return i
		}
	}
	return len(sql)
}
