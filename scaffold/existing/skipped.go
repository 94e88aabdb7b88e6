package existing

import (
	"cmp"
	"slices"

	"sleet/ui/message"
)

// Skipped is a file that was left out, and why.
type Skipped struct {
	Path string `json:"path"`
	// Line is the place of the trouble, 0 where there is none.
	Line int `json:"line,omitempty"`
	// Reason is why; JSON has it in English.
	Reason message.Message `json:"reason"`
	// Handler says that nothing is known to be wrong with the file: it is a handler's code, which runs in a
	// stored procedure or a function and stays as it is, or no app reaches it.
	Handler bool `json:"-"`
}

// SortSkipped puts the files in order, each once.
func SortSkipped(list []Skipped) []Skipped {
	slices.SortStableFunc(list, func(a, b Skipped) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	})
	return slices.CompactFunc(list, func(a, b Skipped) bool { return a.Path == b.Path })
}
