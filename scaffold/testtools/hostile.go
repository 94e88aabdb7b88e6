package testtools

import (
	"strings"

	"pgregory.net/rapid"
)

// pieces are texts that end, start or hide something in a language that sleet writes.
var pieces = []string{
	`"`, `'`, `"""`, `'''`, "\n", "\r", "\r\n", "\u2028", "\u2029", "\u0085", "$$", "$", `\`, `\n`, "\u202e", "\u2066", "\x00", "#", "--", "-- ", "/*", "*/",
	";", "{", "}", "{{", "%", "%}", "#{", "${", "{#", "<%", ": ", "- ", "# ", "[", "]", "]]", "`", "$(x)", "&&", "|", "<b>", "|>", "a", "売", "\ufeff", "\x1b[2J", " ", "\t", "@", "&x",
}

// Hostile generates answers that try to break out of the text that they are written into, with the
// given text in the middle.
func Hostile(text string) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		draw := rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 4)
		return strings.Join(draw.Draw(t, "before"), "") + text + strings.Join(draw.Draw(t, "behind"), "")
	})
}
