package existing

import (
	"cmp"
	"slices"

	"sleet/ui/message"
)

// Skipped is a skipped file, with the reason.
type Skipped struct {
	Path string `json:"path"`
	// Line is the line of the error, 0 if there is none.
	Line int `json:"line,omitempty"`
	// Reason is the reason; JSON has it in English.
	Reason message.Message `json:"reason"`
	// Handler reports whether the file has no known error: it is the code of a handler, which runs in a stored
	// procedure or function and is not changed, or no app reaches it.
	Handler bool `json:"-"`
}

// SortSkipped sorts the files and removes duplicates.
func SortSkipped(list []Skipped) []Skipped {
	slices.SortStableFunc(list, func(a, b Skipped) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	})
	return slices.CompactFunc(list, func(a, b Skipped) bool { return a.Path == b.Path })
}
