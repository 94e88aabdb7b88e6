package resources_test

import (
	"fmt"
	"strings"
	"unicode"
)

// splitSQL splits a script into its statements without comments, as a client does: it ignores
// semicolons in quotes and bodies. It returns an error for anything that is unterminated or outside
// a statement.
func splitSQL(script string) ([]string, error) {
	var list []string
	var b strings.Builder
	for rest := script; rest != ""; {
		n, err := lexeme(rest)
		if err != nil {
			return nil, err
		}
		switch token := rest[:n]; {
		case strings.HasPrefix(token, "--"):
		case token == ";":
			list = append(list, strings.TrimSpace(b.String()))
			b.Reset()
		default:
			b.WriteString(token)
		}
		rest = rest[n:]
	}
	if left := strings.TrimSpace(b.String()); left != "" {
		return nil, fmt.Errorf("%q does not end with a semicolon", left)
	}
	return list, nil
}

// lexeme returns the length of the comment, quoted text, body or single byte at the start of text.
func lexeme(text string) (int, error) {
	closed := func(open, end string) (int, error) {
		if n := strings.Index(text[len(open):], end); n >= 0 {
			return len(open) + n + len(end), nil
		}
		return 0, fmt.Errorf("%.40q is not terminated", text)
	}
	switch {
	case strings.HasPrefix(text, "--"):
		return closed("--", "\n")
	case strings.HasPrefix(text, "$$"):
		return closed("$$", "$$")
	case strings.HasPrefix(text, "'"), strings.HasPrefix(text, `"`):
		for i := 1; i < len(text); i++ {
			switch {
			case text[i] == '\\' && text[0] == '\'':
				i++
			case text[i] == text[0] && i+1 < len(text) && text[i+1] == text[0]:
				i++
			case text[i] == text[0]:
				return i + 1, nil
			}
		}
		return 0, fmt.Errorf("%.40q is not terminated", text)
	default:
		return max(1, len(text)-len(strings.TrimLeftFunc(text, wordRune))), nil
	}
}

// wordRune reports whether a rune may be part of an unquoted identifier, in which two dollar signs
// do not start a body.
func wordRune(r rune) bool {
	return r == '_' || r == '$' || r < 128 && unicode.IsLetter(r) || r < 128 && unicode.IsDigit(r)
}

// fillSlots replaces placeholders with literals.
func fillSlots(script string) string {
	for {
		start := strings.Index(script, "<secret:")
		if start < 0 {
			return script
		}
		end := start + strings.IndexByte(script[start:], '>')
		script = script[:start] + "'a secret''s value'" + script[end+1:]
	}
}
