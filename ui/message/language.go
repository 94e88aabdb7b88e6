package message

import (
	"strings"

	"golang.org/x/text/language"
)

// Language returns the language to use, as a tag for For: flag if it is set, otherwise the first of LC_ALL, LC_MESSAGES
// and LANG that is set in env, otherwise "en". A locale such as ja_JP.UTF-8 means ja-JP; C and POSIX mean English.
func Language(flag string, env func(string) string) string {
	for _, value := range []string{flag, env("LC_ALL"), env("LC_MESSAGES"), env("LANG")} {
		if value == "" {
			continue
		}
		value, _, _ = strings.Cut(value, ".")
		value, _, _ = strings.Cut(value, "@")
		tag, err := language.Parse(strings.ReplaceAll(value, "_", "-"))
		if err != nil {
			return fallback
		}
		return tag.String()
	}
	return fallback
}
