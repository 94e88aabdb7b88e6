package generate

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// pyWidth is the line length of Python's formatters (Black, Ruff).
const pyWidth = 88

// pyExpr is a Python expression that breaks over lines like Ruff's formatter if it is too long:
// plain text, or arguments in brackets.
type pyExpr struct {
	text        string // the whole text, or the text before the bracket
	open, close string
	args        []pyExpr
}

// pyText returns an expression that never breaks.
func pyText(text string) pyExpr { return pyExpr{text: text} }

// pyCall returns callee(args…).
func pyCall(callee string, args ...pyExpr) pyExpr {
	return pyExpr{text: callee, open: "(", close: ")", args: args}
}

// pyIndex returns container[args…].
func pyIndex(container string, args ...pyExpr) pyExpr {
	return pyExpr{text: container, open: "[", close: "]", args: args}
}

// flat returns the expression on one line.
func (e pyExpr) flat() string {
	if e.open == "" {
		return e.text
	}
	return e.text + e.open + e.flatArgs() + e.close
}

func (e pyExpr) flatArgs() string {
	texts := make([]string, len(e.args))
	for i, a := range e.args {
		texts[i] = a.flat()
	}
	return strings.Join(texts, ", ")
}

// lines returns the expression between a prefix and a suffix, indented by the given number of
// spaces.
func (e pyExpr) lines(indent int, prefix, suffix string) string {
	pad := strings.Repeat(" ", indent)
	line := pad + prefix + e.flat() + suffix
	if e.open == "" || pyColumns(line) <= pyWidth {
		return line
	}
	body := pad + "    " + e.flatArgs()
	if pyColumns(body) > pyWidth {
		comma := ","
		if len(e.args) == 1 {
			comma = ""
		}
		parts := make([]string, len(e.args))
		for i, a := range e.args {
			parts[i] = a.lines(indent+4, "", comma)
		}
		body = strings.Join(parts, "\n")
	}
	return pad + prefix + e.text + e.open + "\n" + body + "\n" + pad + e.close + suffix
}

// pyAssign returns name = text, in parentheses if only that keeps it within the line width.
func pyAssign(name, text string) string {
	line := name + " = " + text
	if pyColumns(line) > pyWidth && pyColumns("    "+text) <= pyWidth {
		return name + " = (\n    " + text + "\n)"
	}
	return line
}

// pyDef returns the def line of a function without arguments.
func pyDef(name, result string) string {
	line := fmt.Sprintf("def %s() -> %s:", name, result)
	if pyColumns(line) > pyWidth {
		return fmt.Sprintf("def %s() -> (\n    %s\n):", name, result)
	}
	return line
}

// pyColumns returns the width of a line as Ruff counts it, character by character.
func pyColumns(line string) int {
	n := 0
	for _, r := range line {
		if r < unicode.MaxASCII {
			n++
			continue
		}
		n += ansi.StringWidth(string(r))
	}
	return n
}

// pyString returns text as a Python string literal on one line, with the quotes that need fewer
// escapes. Invisible characters and those that change the writing direction are escaped.
func pyString(text string) string {
	quote := '"'
	if strings.Count(text, `"`) > strings.Count(text, "'") {
		quote = '\''
	}
	var b strings.Builder
	b.WriteRune(quote)
	for _, r := range text {
		b.WriteString(pyRune(r, quote))
	}
	b.WriteRune(quote)
	return b.String()
}

func pyRune(r, quote rune) string {
	const ideographicSpace = '\u3000'
	switch {
	case r == quote || r == '\\':
		return `\` + string(r)
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case unicode.IsPrint(r) || r == ideographicSpace:
		return string(r)
	case r <= 0xff:
		return fmt.Sprintf(`\x%02x`, r)
	case r <= 0xffff:
		return fmt.Sprintf(`\u%04x`, r)
	default:
		return fmt.Sprintf(`\U%08x`, r)
	}
}
