package snowflake

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// Literal returns text as a string constant. Quotes, backslashes, line breaks and other control characters are escaped,
// so that the constant stays on one line. Bytes that are not valid UTF-8 become U+FFFD.
// https://docs.snowflake.com/en/sql-reference/data-types-text#single-quoted-string-constants
func Literal(text string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for _, r := range text {
		switch {
		case r == '\'':
			b.WriteString("''")
		case r == '\\':
			b.WriteString(`\\`)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case unicode.IsControl(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('\'')
	return b.String()
}

// ErrDollar is returned by Dollar for a body that contains two dollar signs.
var ErrDollar = errors.New("a body between $$ cannot hold $$: take it out, or write the body as a literal")

// Dollar returns a body between $$, where nothing is escaped. The error is ErrDollar.
// https://docs.snowflake.com/en/sql-reference/data-types-text#dollar-quoted-string-constants
func Dollar(body string) (string, error) {
	// A dollar sign at either end would become part of the delimiter.
	if strings.Contains(body, "$$") || strings.HasPrefix(body, "$") || strings.HasSuffix(body, "$") {
		return "", ErrDollar
	}
	return "$$" + body + "$$", nil
}

// Body returns a body between $$ if possible, otherwise as a literal.
func Body(body string) string {
	if sql, err := Dollar(body); err == nil {
		return sql
	}
	return Literal(body)
}
