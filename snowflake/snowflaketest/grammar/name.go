package grammar

import (
	"regexp"
	"strings"
	"sync"

	"sleet/snowflake"
)

// Name is a name of one to three parts in their stored form.
type Name []string

func (n Name) String() string { return Qualified(n...) }

// Part returns the name's part i, or "" if there is none.
func (n Name) Part(i int) string {
	if i < len(n) {
		return n[i]
	}
	return ""
}

// plainName matches names that need no quotes.
var plainName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Z_][A-Z0-9_$]*$`) })

// QuoteName returns a stored name as an SQL identifier.
func QuoteName(stored string) string {
	if plainName().MatchString(stored) && !snowflake.Reserved(stored) {
		return stored
	}
	return `"` + strings.ReplaceAll(stored, `"`, `""`) + `"`
}

// Qualified returns stored names as SQL identifiers, joined by dots.
func Qualified(parts ...string) string {
	quoted := make([]string, len(parts))
	for i, part := range parts {
		// A function's argument types are not part of the quoted name.
		base, types, isFunction := strings.Cut(part, "(")
		if isFunction && strings.HasSuffix(types, ")") {
			quoted[i] = QuoteName(base) + "(" + types
			continue
		}
		quoted[i] = QuoteName(part)
	}
	return strings.Join(quoted, ".")
}
