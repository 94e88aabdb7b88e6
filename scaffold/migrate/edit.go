package migrate

import (
	"cmp"
	"fmt"
	"slices"

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

// Moved tells at which byte of the edited file a byte of the file as it was stands; one that was
// replaced stands where its replacement begins. The edits are those of the file, in order.
func Moved(offset int, edits []Edit) int {
	shift := 0
	for _, e := range edits {
		if e.Start > offset {
			break
		}
		if offset < e.End {
			return e.Start + shift
		}
		shift += len(e.New) - (e.End - e.Start)
	}
	return offset + shift
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
