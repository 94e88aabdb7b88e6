// Package suggest finds the most similar known word for a mistyped one.
package suggest

import "strings"

// Word returns the word in list that is most similar to a mistyped one, "" if none is close. At
// most one letter in three may differ, and case is ignored.
func Word(word string, list []string) string {
	best, least := "", max(1, len([]rune(word))/3)+1
	for _, candidate := range list {
		d := Distance(strings.ToLower(word), strings.ToLower(candidate))
		if d < least {
			best, least = candidate, d
		}
	}
	return best
}

// Distance returns the optimal string alignment distance of two words: the number of letters to
// insert, delete, substitute or swap with a neighbor to turn one into the other.
func Distance(from, to string) int {
	a, b := []rune(from), []rune(to)
	// The current row of the table and the two before it.
	older, old, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range old {
		old[j] = j
	}
	for i := range a {
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
		older, old, row = old, row, older
	}
	return old[len(b)]
}
