package snowflake

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"
)

// MaxName is the maximum length of an identifier in characters.
// https://docs.snowflake.com/en/sql-reference/identifiers-syntax
const MaxName = 255

// Unquote returns the text of a raw name, without its enclosing double quotes if it has them.
func Unquote(raw string) string {
	if isQuoted(raw) {
		return strings.ReplaceAll(raw[1:len(raw)-1], `""`, `"`)
	}
	return raw
}

// SanitizeIdent returns a plain identifier in upper case for any name: every run of characters that an unquoted
// identifier cannot contain becomes one underscore. If that drops letters or digits (a Japanese name), a hash of eight
// hexadecimal digits keeps two names distinct.
func SanitizeIdent(raw string) string {
	text := Unquote(raw)
	var b strings.Builder
	lost, gap := false, false
	for _, r := range text {
		if r >= 'a' && r <= 'z' {
			r -= 'a' - 'A'
		}
		switch {
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_':
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
			lost = lost || unicode.IsLetter(r) || unicode.IsNumber(r)
		}
	}
	name := b.String()
	if name == "" {
		name, lost = "APP", true
	}
	if lost {
		name += "_" + hash8(text)
	}
	if name[0] >= '0' && name[0] <= '9' {
		name = "_" + name
	}
	return name
}

// Derived returns a plain identifier with a suffix. If that exceeds MaxName, it shortens the identifier and adds a hash
// of eight hexadecimal digits.
func Derived(plain, suffix string) string {
	if len(plain)+len(suffix) <= MaxName {
		return plain + suffix
	}
	keep := max(1, MaxName-len(suffix)-9)
	name := fmt.Sprintf("%s_%s%s", plain[:min(keep, len(plain))], hash8(plain+suffix), suffix)
	return name[:min(MaxName, len(name))]
}

func hash8(text string) string {
	sum := sha256.Sum256([]byte(text))
	return strings.ToUpper(hex.EncodeToString(sum[:4]))
}
