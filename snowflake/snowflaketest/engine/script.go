package engine

import "strings"

// Statements cuts a script into statements at its semicolons.
func Statements(script string) ([]string, error) {
	tokens, refused := lex(script)
	if refused != nil {
		return nil, refused
	}
	lines := strings.SplitAfter(script, "\n")
	offset := func(tok token) int {
		n := 0
		for _, line := range lines[:tok.line-1] {
			n += len(line)
		}
		return n + len(string([]rune(lines[tok.line-1])[:tok.pos]))
	}
	var list []string
	start := -1
	for _, tok := range tokens {
		if tok.kind == tokenEnd {
			break
		}
		if start < 0 {
			start = offset(tok)
		}
		if tok.kind == tokenSymbol && tok.text == ";" {
			list = append(list, script[start:offset(tok)])
			start = -1
		}
	}
	return list, nil
}
