package grammar

import "strings"

// Statements splits a script into statements at its semicolons.
func Statements(script string) ([]string, error) {
	tokens, refused := Lex(script)
	if refused != nil {
		return nil, refused
	}
	lines := strings.SplitAfter(script, "\n")
	offset := func(tok Token) int {
		n := 0
		for _, line := range lines[:tok.Line-1] {
			n += len(line)
		}
		return n + len(string([]rune(lines[tok.Line-1])[:tok.Pos]))
	}
	var list []string
	start := -1
	for _, tok := range tokens {
		if tok.Kind == TokenEnd {
			break
		}
		if start < 0 {
			start = offset(tok)
		}
		if tok.Kind == TokenSymbol && tok.Text == ";" {
			list = append(list, script[start:offset(tok)])
			start = -1
		}
	}
	return list, nil
}
