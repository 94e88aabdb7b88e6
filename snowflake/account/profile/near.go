package profile

// nearest is the known key that a wrong one was meant to be: at most two letters away, and fewer
// than half of the word.
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

// distance counts the letters to put in, take out or change between two words.
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
