package change

import (
	"cmp"
	"slices"
	"sort"

	"sleet/ui/message"
)

// Edit is one change of a file: it replaces the bytes from Start to End of the original file with New. Nothing else in
// the file changes, and the edits of one file never overlap.
type Edit struct {
	// Path is relative to the app's folder, with slashes.
	Path string
	// Start and End are offsets in the original file.
	Start, End int
	New        string
	// Rule and Symbol are those of the finding that the edit fixes. Why is the reason in one sentence.
	Rule, Symbol string
	Why          message.Message
	// Automatic reports whether the edit preserves the app's behavior. Any other edit is flagged: it is made unless the
	// person skips it, but needs review.
	Automatic bool
	// Kind is what the edit is about.
	Kind Kind
	// Group identifies the edits that are made or skipped together: those of one kind in one file. Choices.Skip
	// contains groups.
	Group string
	// Line is the line of the finding in the original file.
	Line int
}

// SortEdits sorts edits by path and position. Edits that insert at the same position keep their order.
func SortEdits(edits []Edit) {
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
}

// EditsOf returns the edits of one path, sorted.
func EditsOf(path string, edits []Edit) []Edit {
	var own []Edit
	for _, e := range edits {
		if e.Path == path {
			own = append(own, e)
		}
	}
	SortEdits(own)
	return own
}

// EditsByPath groups edits by file, each group sorted.
func EditsByPath(edits []Edit) map[string][]Edit {
	byPath := map[string][]Edit{}
	for _, e := range edits {
		byPath[e.Path] = append(byPath[e.Path], e)
	}
	for _, own := range byPath {
		SortEdits(own)
	}
	return byPath
}

// EditedLines maps offsets of an original file to lines of the edited file.
type EditedLines struct {
	edits  []Edit // sorted
	shifts []int  // offset of the text after each edit
	breaks []int  // ends of the lines of the edited file
	size   int
}

// NewEditedLines returns the lines for the sorted edits of one file and the edited file.
func NewEditedLines(edits []Edit, now []byte) *EditedLines {
	a := &EditedLines{edits: edits, size: len(now)}
	shift := 0
	for _, e := range edits {
		shift += len(e.New) - (e.End - e.Start)
		a.shifts = append(a.shifts, shift)
	}
	for i, b := range now {
		if b == '\n' {
			a.breaks = append(a.breaks, i)
		}
	}
	return a
}

// Line returns the line in the edited file of an offset in the original file.
func (a *EditedLines) Line(offset int) int {
	return sort.SearchInts(a.breaks, min(a.moved(offset), a.size)) + 1
}

// moved returns the offset in the edited file of an offset in the original file. A replaced byte maps to the start of
// its replacement.
func (a *EditedLines) moved(offset int) int {
	n := sort.Search(len(a.edits), func(i int) bool { return a.edits[i].Start > offset || offset < a.edits[i].End })
	at := offset
	if n < len(a.edits) && a.edits[n].Start <= offset {
		at = a.edits[n].Start
	}
	if n > 0 {
		at += a.shifts[n-1]
	}
	return at
}

// ApplyEdits returns the file's bytes with the edits made. It returns an error if edits overlap.
func ApplyEdits(data []byte, edits []Edit) ([]byte, error) {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	var out []byte
	at := 0
	for _, e := range sorted {
		if e.Start < at || e.End < e.Start || e.End > len(data) {
			return nil, message.NewError("migrate.edits_overlap", "path", e.Path, "byte", e.Start)
		}
		out = append(append(out, data[at:e.Start]...), e.New...)
		at = e.End
	}
	return append(out, data[at:]...), nil
}
