package migrate

import (
	"cmp"
	"fmt"
	"slices"
)

// Edit is one change of a file: the bytes from Start to End of the file as it was give way to New.
// Nothing else in the file changes.
type Edit struct {
	// Path is relative to the app's folder, with slashes.
	Path string
	// Start and End are offsets in the original file.
	Start, End int
	New        string
	// Rule and Symbol are those of the finding that the edit mends, Why says so in one sentence.
	Rule, Symbol, Why string
	// Automatic says that the edit keeps what the app does; one that is not is made only when a
	// person accepts it.
	Automatic bool
}

// ApplyEdits gives a file's bytes with the edits made. They must not overlap.
func ApplyEdits(data []byte, edits []Edit) ([]byte, error) {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	var out []byte
	at := 0
	for _, e := range sorted {
		if e.Start < at || e.End < e.Start || e.End > len(data) {
			return nil, fmt.Errorf("the edits of %s overlap at byte %d", e.Path, e.Start)
		}
		out = append(append(out, data[at:e.Start]...), e.New...)
		at = e.End
	}
	return append(out, data[at:]...), nil
}
