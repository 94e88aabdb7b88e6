package existing

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
)

// createStreamlit is the app in a CREATE STREAMLIT statement.
type createStreamlit struct{ mainFile, runtime string }

var (
	createHead  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)\bCREATE\s+(?:OR\s+REPLACE\s+)?STREAMLIT\b`) })
	mainFileIs  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)\bMAIN_FILE\s*=\s*'((?:[^']|'')*)'`) })
	runtimeIs   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)\bRUNTIME_NAME\s*=\s*'?([A-Z0-9_$]+)`) })
	sqlFragment = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?s)--[^\n]*|//[^\n]*|/\*.*?\*/|'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|;`)
	})
)

// SQLRanges returns the offsets of the comments, strings, quoted names and semicolons in SQL, in order.
func SQLRanges(text string) [][]int { return sqlFragment().FindAllStringIndex(text, -1) }

// createStreamlits returns the CREATE STREAMLIT statements of a SQL file that name a main file.
func createStreamlits(text []byte) []createStreamlit {
	if !bytes.Contains(bytes.ToUpper(text), []byte("STREAMLIT")) {
		return nil
	}
	var list []createStreamlit
	for _, statement := range statements(string(text)) {
		head := createHead().FindStringIndex(statement)
		if head == nil {
			continue
		}
		var made createStreamlit
		if m := mainFileIs().FindStringSubmatch(statement[head[1]:]); m != nil {
			made.mainFile = strings.ReplaceAll(m[1], "''", "'")
		}
		if m := runtimeIs().FindStringSubmatch(statement[head[1]:]); m != nil {
			made.runtime = m[1]
		}
		if made.mainFile != "" {
			list = append(list, made)
		}
	}
	return list
}

// statements splits SQL at its semicolons and removes comments. It also splits bodies between $$, which does not matter
// for finding a statement's head and properties.
func statements(text string) []string {
	var list []string
	var b strings.Builder
	at := 0
	for _, m := range SQLRanges(text) {
		b.WriteString(text[at:m[0]])
		at = m[1]
		switch piece := text[m[0]:m[1]]; piece[0] {
		case ';':
			list = append(list, b.String())
			b.Reset()
		case '\'', '"':
			b.WriteString(piece)
		default:
			b.WriteByte(' ')
		}
	}
	b.WriteString(text[at:])
	return append(list, b.String())
}
