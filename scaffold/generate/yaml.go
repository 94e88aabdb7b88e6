package generate

import (
	"fmt"
	"strings"
	"unicode"

	"sleet/scaffold/textedit"
)

// plainYAML reports whether a plain scalar is read as the same text by every version of YAML: it is
// not a number, date, boolean or null, and has no special characters.
func plainYAML(s string) bool {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_."
	return s != "" && strings.IndexByte(letters, s[0]) >= 0 && strings.Trim(s, letters+"0123456789/$*=-") == "" && !yamlWord(s)
}

// yamlString returns text as a YAML scalar: plain if that is safe, in single quotes if that avoids
// escapes, otherwise in double quotes with escapes common to JSON and YAML.
// https://yaml.org/spec/1.2.2/#57-escaped-characters
func yamlString(s string) string {
	if plainYAML(s) {
		return s
	}
	if strings.ContainsAny(s, `"\`) && !strings.Contains(s, "'") && strings.IndexFunc(s, unprintable) < 0 {
		return "'" + s + "'"
	}
	var b strings.Builder
	for _, r := range textedit.TOMLString(s) {
		// YAML treats these as line breaks or does not allow them.
		if r >= 0x80 && r < 0xa0 || r == 0xfeff || r == 0xfffe || r == 0xffff {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func unprintable(r rune) bool { return !unicode.IsPrint(r) }

// yamlWord reports whether a plain scalar would be read as something other than text.
// https://yaml.org/type/bool.html
func yamlWord(s string) bool {
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null", ".nan", ".inf", ".", "..":
		return true
	default:
		return strings.HasPrefix(s, ".") && len(s) > 1 && s[1] >= '0' && s[1] <= '9'
	}
}
