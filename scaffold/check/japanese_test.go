package check_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"sleet/scaffold/check/facts"
	"sleet/ui/message"
)

// japanese returns the Japanese catalogue.
var japanese = sync.OnceValue(func() *message.Catalogue { return message.For("ja") })

// inJapanese renders findings in Japanese and checks that nothing else is in them.
func inJapanese(t *testing.T, findings []facts.Finding) {
	t.Helper()
	ja := japanese().T
	for _, f := range findings {
		for _, said := range []message.Message{f.Message, f.Fix} {
			if fault := unjapanese(said.In(ja), said); fault != "" {
				t.Errorf("%s %s: %q in %q, for %q", f.Rule, said.ID, fault, said.In(ja), said)
			}
		}
	}
}

// englishClause matches words that form a sentence. SQL and other quoted text has capitals, dots or other punctuation.
var englishClause = regexp.MustCompile(`[a-z']+(?: [a-z']+){2,}`)

// ofCode reports whether an argument contains part of the person's own code.
func ofCode(name string) bool {
	return slices.Contains([]string{"requirement", "name", "statement", "path", "files", "key", "value", "call", "text"}, name)
}

// unjapanese returns what is wrong with a rendered message: no Japanese, a placeholder without a value, or an English
// clause.
func unjapanese(said string, text message.Message) string {
	for name, value := range text.Args {
		inner, nested := value.(message.Message)
		if nested && inner.ID != "" {
			continue
		}
		words := fmt.Sprint(value)
		if clause := englishClause.FindString(words); clause != "" && !ofCode(name) && strings.Contains(said, words) {
			return clause
		}
		if len(words) > 1 {
			said = strings.ReplaceAll(said, words, "")
		}
	}
	for _, left := range []string{"<no value>", "{{", "%!"} {
		if strings.Contains(said, left) {
			return left
		}
	}
	if clause := englishClause.FindString(said); clause != "" {
		return clause
	}
	if !regexp.MustCompile(`[\p{Hiragana}\p{Katakana}\p{Han}]`).MatchString(said) {
		return said
	}
	return ""
}
