package snowflake

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"sleet/ui/message"
)

// identPage is the documentation page with the rules for identifiers.
const identPage = "https://docs.snowflake.com/en/sql-reference/identifiers-syntax"

// NameError reports why Snowflake does not accept a name, and how to fix it.
type NameError struct {
	// Raw is the rejected name.
	Raw string
	// Why is the reason, a phrase that follows the name. Fix is what to do.
	Why, Fix message.Message
	// Page is the documentation page with the rule.
	Page string
}

// newNameError returns a NameError for a raw name.
func newNameError(raw string, why, fix message.Message) *NameError {
	return &NameError{Raw: raw, Why: why, Fix: fix, Page: identPage}
}

// Error returns the message in English.
func (e *NameError) Error() string { return e.Message().String() }

// Message returns the name, the reason and the fix in one sentence. The name's control characters are escaped.
func (e *NameError) Message() message.Message {
	return message.New("problem.name.invalid", "name", shown(e.Raw), "why", e.Why, "fix", e.Fix)
}

// shown returns a name quoted for a message, truncated if it is long.
func shown(raw string) string {
	const most = 60
	if runes := []rune(raw); len(runes) > most {
		raw = string(runes[:most]) + "…"
	}
	return fmt.Sprintf("%q", raw)
}

// Ident returns a raw name as an SQL identifier. A name that is valid without quotes and not reserved is unchanged, a
// name enclosed in double quotes keeps its exact text, and anything else is quoted. The error is a *NameError.
// https://docs.snowflake.com/en/sql-reference/identifiers-syntax
func Ident(raw string) (string, error) {
	if err := checkQuotes(raw); err != nil {
		return "", err
	}
	text := Unquote(raw)
	if err := checkText(raw, text); err != nil {
		return "", err
	}
	if text != raw || !unquoted(text) {
		return quote(text), nil
	}
	// Quoted, because Snowflake's clients read two bare dollar signs as the start of a body. It is the same name.
	if strings.Contains(text, "$$") {
		return quote(strings.ToUpper(text)), nil
	}
	return text, nil
}

// Stored returns a raw name as Snowflake stores and shows it: in upper case unless SQL needs quotes for it. The error
// is a *NameError.
func Stored(raw string) (string, error) {
	sql, err := Ident(raw)
	if err != nil {
		return "", err
	}
	if strings.HasPrefix(sql, `"`) {
		return Unquote(sql), nil
	}
	return strings.ToUpper(sql), nil
}

// SameName reports whether two raw names identify the same object. Invalid names are compared as text.
func SameName(a, b string) bool {
	x, errA := Stored(a)
	y, errB := Stored(b)
	if errA != nil || errB != nil {
		return a == b
	}
	return x == y
}

// FromStored returns a stored name as an SQL identifier, quoted if it is not the stored form of an unquoted name. The
// result is a valid raw name, too, with the same meaning.
func FromStored(stored string) string {
	if again, err := Stored(stored); err == nil && again == stored {
		return LenientIdent(stored)
	}
	return quote(stored)
}

// LenientIdent is like Ident but never fails, for text that is still being typed: an invalid name is quoted, without
// its control characters, so that it remains a single harmless identifier.
func LenientIdent(raw string) string {
	if sql, err := Ident(raw); err == nil {
		return sql
	}
	return quote(strings.Map(printable, strings.ToValidUTF8(Unquote(raw), "?")))
}

func printable(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}

func quote(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// checkQuotes rejects a quoted name with an unescaped double quote inside. It may be a typo, or a qualified name where
// a single part is expected.
func checkQuotes(raw string) error {
	if !isQuoted(raw) {
		return nil
	}
	if strings.Contains(strings.ReplaceAll(raw[1:len(raw)-1], `""`, ""), `"`) {
		return newNameError(raw, message.New("problem.name.quote"), message.New("problem.name.quote.fix"))
	}
	return nil
}

func checkText(raw, text string) error {
	if text == "" {
		return newNameError(raw, message.New("problem.name.empty"), message.New("problem.name.empty.fix"))
	}
	if !utf8.ValidString(text) {
		return newNameError(raw, message.New("problem.name.utf8"), message.New("problem.name.utf8.fix"))
	}
	for _, r := range text {
		if unicode.IsControl(r) {
			return newNameError(raw, message.New("problem.name.control", "character", fmt.Sprintf("%U", r)), message.New("problem.name.control.fix"))
		}
	}
	if n := utf8.RuneCountInString(text); n > MaxName {
		return newNameError(raw, message.New("problem.name.long", "count", n), message.New("problem.name.long.fix", "most", MaxName))
	}
	return nil
}

// unquoted reports whether a text is a valid identifier without quotes.
func unquoted(text string) bool {
	for i := range len(text) {
		c := text[i]
		letter := c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || c != '$' && (c < '0' || c > '9')) {
			return false
		}
	}
	return text != "" && !Reserved(text)
}

// isQuoted reports whether a raw name is enclosed in double quotes.
func isQuoted(raw string) bool {
	return len(raw) >= 2 && raw[0] == '"' && raw[len(raw)-1] == '"'
}
