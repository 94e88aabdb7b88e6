package engine

import (
	"regexp"
	"strings"
	"sync"

	"sleet/snowflake"
)

// name is a name of one to three parts, each as it is stored.
type name []string

func (n name) String() string { return qualified(n...) }

// part is the name's nth part, empty where there is none.
func (n name) part(i int) string {
	if i < len(n) {
		return n[i]
	}
	return ""
}

// plainName is what needs no quotes.
var plainName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Z_][A-Z0-9_$]*$`) })

// quoteName returns a stored name as SQL writes it.
func quoteName(stored string) string {
	if plainName().MatchString(stored) && !snowflake.Reserved(stored) {
		return stored
	}
	return `"` + strings.ReplaceAll(stored, `"`, `""`) + `"`
}

// qualified returns stored names as SQL writes them, joined by dots.
func qualified(parts ...string) string {
	quoted := make([]string, len(parts))
	for i, part := range parts {
		// A function's argument types are no part of the quoted name.
		base, types, isFunction := strings.Cut(part, "(")
		if isFunction && strings.HasSuffix(types, ")") {
			quoted[i] = quoteName(base) + "(" + types
			continue
		}
		quoted[i] = quoteName(part)
	}
	return strings.Join(quoted, ".")
}
