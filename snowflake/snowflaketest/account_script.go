package snowflaketest

import (
	"context"
	"fmt"
	"strings"
)

// RunScript runs the statements of a script in one session of the user SLEET, beginning as a role, and
// stops at the first that is refused. No secondary roles are active.
func (a *Account) RunScript(role, script string) error {
	list, err := statementsOf(script)
	if err != nil {
		return err
	}
	s := a.engine.session("SLEET", role, "APPS", "PUBLIC", "COMPUTE_WH")
	s.secondary = false
	for _, statement := range list {
		if _, err := s.run(context.Background(), statement, nil); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// statementsOf cuts a script into statements at its semicolons.
func statementsOf(script string) ([]string, error) {
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
