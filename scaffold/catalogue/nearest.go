package catalogue

import (
	"slices"
	"strings"

	"sleet/scaffold/suggest"
)

// Nearest returns the documented option that is most similar to an unknown key, and reports whether
// one is similar enough to suggest.
func Nearest(key string) (string, bool) {
	wanted := plain(key)
	_, name := split(wanted)
	parts := sortedParts(wanted)
	// Up to a third of the letters may be wrong, and at least two.
	best, limit := "", max(2, len(name)/3)+1
	data := load()
	for at, candidate := range data.plain {
		distance := limit
		_, itsName := split(candidate)
		switch longer := len(candidate) - len(wanted); {
		case data.options[at].Hidden:
			continue
		case longer == 0 && slices.Equal(parts, sortedParts(candidate)):
			distance = min(1, suggest.Distance(wanted, candidate)) // the same parts, possibly in another order
		case max(longer, -longer) < limit:
			distance = suggest.Distance(wanted, candidate)
		}
		if itsName == name {
			distance = min(distance, 2) // the right name in the wrong section
		}
		if distance < limit {
			best, limit = data.options[at].Key, distance
		}
	}
	return best, best != ""
}

// plain removes what people vary in a name: case and word separators.
func plain(key string) string {
	return strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(key))
}

// sortedParts returns the parts of a key in alphabetical order.
func sortedParts(key string) []string {
	parts := strings.Split(key, ".")
	slices.Sort(parts)
	return parts
}
