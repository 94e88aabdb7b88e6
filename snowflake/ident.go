package snowflake

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"sleet/ui/message"
)

// identPage is where the rules of names stand.
const identPage = "https://docs.snowflake.com/en/sql-reference/identifiers-syntax"

// NameError says why Snowflake cannot take a name, and what to do about it.
type NameError struct {
	// Raw is the name as it was given.
	Raw string
	// Why says what is wrong with it, Fix how to mend it, Page where the rule stands.
	Why, Fix, Page string
	// Said is Why as a text that a screen can put into another language.
	Said message.Message
}

// Error gives the name, the reason and the mend in one sentence. The name is shown with its control
// characters escaped.
func (e *NameError) Error() string {
	return fmt.Sprintf("the name %s %s: %s", shown(e.Raw), e.Why, e.Fix)
}

// shown quotes a name for a message and cuts it where it is long.
func shown(raw string) string {
	const most = 60
	if runes := []rune(raw); len(runes) > most {
		raw = string(runes[:most]) + "…"
	}
	return fmt.Sprintf("%q", raw)
}

// Ident gives a raw name as SQL writes it. A name that an unquoted identifier can be, and that is no
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

// Stored gives a raw name as Snowflake keeps and shows it: in upper case where SQL writes it without
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

// Same says whether two raw names mean one object. Names that Snowflake cannot take are compared as
// they are.
func Same(a, b string) bool {
	x, errA := Stored(a)
	y, errB := Stored(b)
	if errA != nil || errB != nil {
		return a == b
	}
	return x == y
}

// FromStored gives a name that an account reports as SQL writes it: in quotes where it is not the
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
		return nameError(raw, "quote", "double the one inside, or take the quotes away")
	}
	return nil
}

func checkText(raw, text string) error {
	if text == "" {
		return nameError(raw, "empty", "give it at least one character")
	}
	if !utf8.ValidString(text) {
		return nameError(raw, "utf8", "type it again")
	}
	for _, r := range text {
		if unicode.IsControl(r) {
			return nameError(raw, "control", "take it out", "character", fmt.Sprintf("%U", r))
		}
	}
	if n := utf8.RuneCountInString(text); n > MaxName {
		return nameError(raw, "long", fmt.Sprintf("use %d at most", MaxName), "count", n)
	}
	return nil
}

// unquoted says whether a text may stand without quotes.
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

// wrapped says whether a raw name has double quotes round it.
func wrapped(raw string) bool {
	return len(raw) >= 2 && raw[0] == '"' && raw[len(raw)-1] == '"'
}
