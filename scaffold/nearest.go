package scaffold

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// nearest gives the word of a list that is most like a mistyped one, or "" when none is close:
// at most one letter in three may differ, and case never matters.
func nearest(word string, list []string) string {
	best, least := "", max(1, len([]rune(word))/3)+1
	for _, candidate := range list {
		d := distance(strings.ToLower(word), strings.ToLower(candidate))
		if d < least {
			best, least = candidate, d
		}
	}
	return best
}

// distance counts the letters to add, drop, change or swap with their neighbour to make one word
// of the other (the optimal string alignment distance).
func distance(from, to string) int {
	a, b := []rune(from), []rune(to)
	// The last two rows of the table and the one in work.
	older, old := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range old {
		old[j] = j
	}
	for i := range a {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			change := old[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(old[j+1]+1, row[j]+1, change)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], older[j-1]+1)
			}
		}
		older, old = old, row
	}
	return old[len(b)]
}

// listed joins words for a sentence: `"a", "b" or "c"`.
func listed(words []string, or string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = quote(w)
	}
	if len(quoted) < 2 {
		return strings.Join(quoted, "")
	}
	last := len(quoted) - 1
	return strings.Join(slices.Clip(quoted[:last]), ", ") + " " + or + " " + quoted[last]
}

// quote shows a word of the person's in a message: control characters escaped, letters of any
// language as they are.
func quote(word string) string { return strconv.Quote(word) }

// shown is a word of the person's without quotes, its control characters escaped.
func shown(word string) string {
	if strings.IndexFunc(word, func(r rune) bool { return !unicode.IsPrint(r) }) < 0 {
		return word
	}
	return strings.Trim(quote(word), `"`)
}
