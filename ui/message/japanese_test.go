package message_test

import (
	"regexp"
	"testing"

	"sleet/ui/message"
)

// TestJapanese fills every message and looks for untranslated text in it.
func TestJapanese(t *testing.T) {
	ja := message.For("ja")
	for id, forms := range read(t, "ja.toml") {
		data := []any{"count", 2}
		for _, name := range message.Placeholders(forms[0]) {
			data = append(data, name, "«"+name+"»")
		}
		text := ja.T(message.ID(id), data...)
		if fault := untranslated(text); fault != "" {
			t.Errorf("%s: fault %q in %q", id, fault, text)
		}
	}
	for kind, text := range map[string]string{ // faults are detected
		"a sentence": "Snowflake: the app is not there", "a placeholder": "{name} です",
	} {
		if untranslated(text) == "" {
			t.Errorf("%s: no fault found in %q", kind, text)
		}
	}
}

var (
	// verbatim matches the parts of a Japanese sentence that are not translated: an argument, code in quotes or
	// backquotes, a URL, SQL in upper case, a command of sleet, names of several words.
	verbatim = regexp.MustCompile("«[a-zA-Z_0-9]+»|`[^`]+`|\"[^\"]*\"|https?://[!-~]+|" +
		`sleet [a-z]+|uv lock|(?:Snowflake )?Cortex(?: [A-Z][a-z]+)?|Hugging Face|JSON Web Token|Microsoft Teams|Native App|\b[A-Z_]+(?: [A-Z_]+)*\b`)
	// clause matches two or more consecutive words in Latin letters.
	clause = regexp.MustCompile(`[A-Za-z']+(?: [A-Za-z']+)+`)
)

// untranslated returns the fault of a sentence: an unfilled placeholder, or English words.
func untranslated(text string) string {
	if left := message.Placeholders(text); len(left) > 0 {
		return left[0]
	}
	return clause.FindString(verbatim.ReplaceAllString(text, ""))
}
