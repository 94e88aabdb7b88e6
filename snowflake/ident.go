package snowflake

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"sleet/ui/message"
)

// identPage is the page with the rules of names.
const identPage = "https://docs.snowflake.com/en/sql-reference/identifiers-syntax"

// NameError says why Snowflake does not accept a name, and how to fix it.
type NameError struct {
	// Raw is the name as it was given.
	Raw string
	// Why says what is wrong with it, in words that follow the name; Fix says what to do.
	Why, Fix message.Message
	// Page is the public page with the rule.
	Page string
}

// newNameError returns the error of a name.
func newNameError(raw string, why, fix message.Message) *NameError {
	return &NameError{Raw: raw, Why: why, Fix: fix, Page: identPage}
}

// Error returns the English.
func (e *NameError) Error() string { return e.Says().String() }

// Says returns the name, the reason and the fix in one sentence. The name's control characters are escaped.
func (e *NameError) Says() message.Message {
	return message.New("problem.name.invalid", "name", shown(e.Raw), "why", e.Why, "fix", e.Fix)
}

// shown quotes a name for a message and cuts it where it is long.
func shown(raw string) string {
	const most = 60
	if runes := []rune(raw); len(runes) > most {
		raw = string(runes[:most]) + "…"
	}
	return fmt.Sprintf("%q", raw)
}

// Ident returns a raw name as SQL writes it. A name that an unquoted identifier can be, and that is no
// reserved word, stands as it is; a name with double quotes round it is taken exactly; anything else
// is put in double quotes. The error is a *NameError.
// https://docs.snowflake.com/en/sql-reference/identifiers-syntax
func Ident(raw string) (string, error) {
	if err := checkQuotes(raw); err != nil {
		return "", err
	}
	text := Plain(raw)
	if err := checkText(raw, text); err != nil {
		return "", err
	}
	if text != raw || !unquoted(text) {
		return quote(text), nil
	}
	// The same name in quotes: Snowflake's clients take two bare dollar signs for the start of a body.
	if strings.Contains(text, "$$") {
		return quote(strings.ToUpper(text)), nil
	}
	return text, nil
}

// Stored returns a raw name as Snowflake keeps and shows it: in upper case where SQL writes it without
// quotes. The error is a *NameError.
func Stored(raw string) (string, error) {
	sql, err := Ident(raw)
	if err != nil {
		return "", err
	}
	if strings.HasPrefix(sql, `"`) {
		return Plain(sql), nil
	}
	return strings.ToUpper(sql), nil
}

// Same reports whether two raw names mean one object. Names that Snowflake cannot take are compared as
// they are.
func Same(a, b string) bool {
	x, errA := Stored(a)
	y, errB := Stored(b)
	if errA != nil || errB != nil {
		return a == b
	}
	return x == y
}

// FromStored returns a name that an account reports as SQL writes it: in quotes where it is not the
// stored form of a bare name. It is a raw name as well, and means the same there.
func FromStored(stored string) string {
	if again, err := Stored(stored); err == nil && again == stored {
		return AnyIdent(stored)
	}
	return quote(stored)
}

// AnyIdent is Ident for text that is shown while it is still being typed: what Snowflake cannot take
// is quoted all the same, without its control characters, so that it stays one harmless name.
func AnyIdent(raw string) string {
	if sql, err := Ident(raw); err == nil {
		return sql
	}
	return quote(strings.Map(printable, strings.ToValidUTF8(Plain(raw), "?")))
}

func printable(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}

func quote(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// checkQuotes refuses a name in double quotes with a lone double quote between them: it may be a
// slip, or a qualified name where one part is wanted.
func checkQuotes(raw string) error {
	if !wrapped(raw) {
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

// unquoted reports whether a text may stand without quotes.
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

// wrapped reports whether a raw name has double quotes round it.
func wrapped(raw string) bool {
	return len(raw) >= 2 && raw[0] == '"' && raw[len(raw)-1] == '"'
}
