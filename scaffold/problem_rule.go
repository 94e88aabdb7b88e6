package scaffold

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Rule is one thing that can be wrong with the answers. In Message and Fix, {name} stands for the
// problem's Args["name"].
type Rule struct {
	// ID names the rule for good: messages in other languages and reports go by it.
	ID       string
	Severity Severity
	// Page is the public page that the rule comes from.
	Page string
	// Message says what is wrong, Fix what to do, in English.
	Message, Fix string
	check        func(*inspection)
}

// Rules gives every rule, in no order that means anything.
func Rules() []Rule { return slices.Clone(allRules()) }

var allRules = sync.OnceValue(func() []Rule {
	return slices.Concat(
		nameRules(), choiceRules(), mainFileRules(), pythonRules(), packageRules(), roleRules(),
		hostRules(), networkRules(), secretKeyRules(), secretRules(), configRules(), valueRules(),
	)
})

// The public pages that more than one rule comes from.
const (
	pageAccess        = "https://docs.snowflake.com/en/user-guide/security-access-control-overview"
	pageDependencies  = "https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management"
	pageFiles         = "https://docs.snowflake.com/en/developer-guide/streamlit/app-development/file-organization"
	pageNames         = "https://docs.snowflake.com/en/sql-reference/identifiers-syntax"
	pageNetworkRule   = "https://docs.snowflake.com/en/sql-reference/sql/create-network-rule"
	pageRuntimes      = "https://docs.snowflake.com/en/developer-guide/streamlit/app-development/runtime-environments"
	pageTypes         = "https://docs.snowflake.com/en/sql-reference/sql/create-secret"
	pageConfiguration = "https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration"
	pageRequirement   = "https://packaging.python.org/en/latest/specifications/dependency-specifiers/"
	pageVersions      = "https://packaging.python.org/en/latest/specifications/version-specifiers/"
)

// found notes a problem of the rule at work: the field, and the words that its message needs as
// pairs of a name and a value.
func (in *inspection) found(path string, args ...string) {
	p := Problem{
		ID: in.rule.ID, Severity: in.rule.Severity, Path: path, Page: in.rule.Page,
		Args: make(map[string]string, len(args)/2),
	}
	for i := 0; i+1 < len(args); i += 2 {
		most := maxShown
		if slices.Contains([]string{"why", "fix", "want", "choices"}, args[i]) {
			most = maxSaid
		}
		p.Args[args[i]] = showable(args[i+1], most)
	}
	p.Message = fill(in.rule.Message, p.Args)
	p.Fix = fill(in.rule.Fix, p.Args)
	in.problems = append(in.problems, p)
}

// fill puts the words into a message.
func fill(message string, args map[string]string) string {
	if !strings.Contains(message, "{") {
		return message
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(message, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		b.WriteString(args[name])
		message = after
	}
}

const (
	// maxShown is how much of an answer a message repeats, in characters.
	maxShown = 80
	// maxSaid is how much of our own words; they may have an answer in them.
	maxSaid = 400
)

// showable makes text fit for a message: what may be a credential is left out, control characters
// are written as escapes, and what is longer than most characters is cut.
func showable(text string, most int) string {
	if credentialShape(text) != "" {
		return "…"
	}
	clean := !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == utf8.RuneError })
	if clean && len(text) <= most {
		return text
	}
	var b strings.Builder
	n := 0
	for i, r := range text {
		if n++; n > most {
			b.WriteString("…")
			break
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, text[i])
		case unicode.IsControl(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
