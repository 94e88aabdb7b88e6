package validate

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"sleet/scaffold/credential"
	"sleet/ui/message"
)

// Rule describes one thing that can be wrong with the answers. Its words are in the catalogues
// under problem.ID.message and problem.ID.fix.
type Rule struct {
	// ID never changes: catalogues and reports refer to it.
	ID       string
	Severity Severity
	// Page is the URL of the public page that the rule comes from.
	Page  string
	check func(*inspection)
}

// Public pages that more than one rule comes from.
const (
	pageAccess        = "https://docs.snowflake.com/en/user-guide/security-access-control-overview"
	pageDependencies  = "https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management"
	pageFiles         = "https://docs.snowflake.com/en/developer-guide/streamlit/app-development/file-organization"
	pageNames         = "https://docs.snowflake.com/en/sql-reference/identifiers-syntax"
	pageNetworkRule   = "https://docs.snowflake.com/en/sql-reference/sql/create-network-rule"
	pageRights        = "https://docs.snowflake.com/en/developer-guide/streamlit/features/restricted-callers-rights"
	pageRuntimes      = "https://docs.snowflake.com/en/developer-guide/streamlit/app-development/runtime-environments"
	pageTypes         = "https://docs.snowflake.com/en/sql-reference/sql/create-secret"
	pageConfiguration = "https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration"
	pageRequirement   = "https://packaging.python.org/en/latest/specifications/dependency-specifiers/"
	pageVersions      = "https://packaging.python.org/en/latest/specifications/version-specifiers/"
)

// found records a problem of the current rule at a field. args are pairs of a placeholder's name
// and its value, either text from the answers or a message.Message of our own words.
func (in *inspection) found(path string, args ...any) {
	words := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		name := fmt.Sprint(args[i])
		switch value := args[i+1].(type) {
		case message.Message:
			words[name] = showableText(value, showable(value.String(), maxMessage))
		default:
			words[name] = showable(fmt.Sprint(value), maxShown)
		}
	}
	in.problems = append(in.problems, Problem{
		ID: in.rule.ID, Severity: in.rule.Severity, Path: path, Page: in.rule.Page,
		Message: message.Message{ID: message.ID("problem." + in.rule.ID + ".message"), Args: words},
		Fix:     message.Message{ID: message.ID("problem." + in.rule.ID + ".fix"), Args: words},
	})
}

// showableText makes the arguments of a message safe to show. english is the rendered text, already
// made safe: if it was omitted as a possible credential, the whole message is.
func showableText(text message.Message, english string) message.Message {
	if english == omitted {
		return message.Verbatim(omitted)
	}
	clean := message.Message{ID: text.ID, Args: make(map[string]any, len(text.Args))}
	for name, value := range text.Args {
		switch value := value.(type) {
		case message.Message:
			clean.Args[name] = showableText(value, showable(value.String(), maxMessage))
		default:
			clean.Args[name] = showable(fmt.Sprint(value), maxMessage)
		}
	}
	return clean
}

// omitted replaces text that must not be shown.
const omitted = "…"

const (
	// maxShown limits how much of an answer a message repeats, in characters.
	maxShown = 80
	// maxMessage limits a message of our own, which may contain answers.
	maxMessage = 400
)

// showable makes text safe to show in a message: it omits possible credentials, escapes control
// characters and cuts the text after most characters.
func showable(text string, most int) string {
	if !credential.InText(text).IsZero() {
		return omitted
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
