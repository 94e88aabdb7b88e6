package change

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"sleet/ui/message"
)

// Edit is one change of a file: the bytes from Start to End of the file as it was give way to New.
// Nothing else in the file changes, and the edits of one file never overlap.
type Edit struct {
	// Path is relative to the app's folder, with slashes.
	Path string
	// Start and End are offsets in the original file.
	Start, End int
	New        string
	// Rule and Symbol are those of the finding that the edit fixes, Why says so in one sentence.
	Rule, Symbol string
	Why          message.Message
	// Automatic says that the edit keeps what the app does. One that is not is flagged: it is made as
	// well, unless the person does not want it, but somebody should look at it.
	Automatic bool
	// Kind is what it is about.
	Kind Kind
	// Group names the edits that stand or fall together: those of one kind in one file. Choices.Skip
	// takes it.
	Group string
	// Line is the line of the finding, in the file as it was.
	Line int
}

// SortEdits puts edits in order of path and place; those that insert at one place keep their order.
func SortEdits(edits []Edit) {
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
}

// EditsOf returns the edits of one path, in order.
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

// EditsByPath parts edits by their files, each in order.
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

// EditedLines finds the lines of one file as it is to be.
type EditedLines struct {
	edits  []Edit // in order
	shifts []int  // by how much the text behind each edit is moved
	breaks []int  // where the lines of the file as it is to be end
	size   int
}

// NewEditedLines takes the edits of one file, in order, and the file as it is to be.
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

// Line is the line of a byte of the file as it was, in the file as it is to be.
func (a *EditedLines) Line(offset int) int {
	return sort.SearchInts(a.breaks, min(a.moved(offset), a.size)) + 1
}

// moved tells at which byte of the edited file a byte of the file as it was stands; one that was replaced
// stands where its replacement begins.
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

// ApplyEdits returns a file's bytes with the edits made. They must not overlap.
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
