package profile

// nearest returns the known key that a misspelled one probably means: at most two edits away, and fewer than half of
// its letters.
func nearest(key string) string {
	best, least := "", min(3, (len(key)+1)/2)
	for _, f := range fields() {
		for _, name := range f.names {
			if d := distance(key, name); d < least {
				best, least = name, d
			}
		}
	}
	return best
}

// distance returns the Levenshtein distance of two words in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for i := range row {
		row[i] = i
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, before+1)
		}
	}
	return row[len(b)]
}
