package workspace

import (
	"github.com/aymanbagabas/go-udiff"

	"sleet/scaffold/textedit"
)

// Merge merges the person's text and newly generated text, both based on base. If they changed the
// same lines, clean is false and merged is mine.
func Merge(base, mine, theirs []byte) (merged []byte, clean bool) {
	from := string(textedit.UnixLines(base))
	x, y := udiff.Lines(from, string(textedit.UnixLines(mine))), udiff.Lines(from, string(textedit.UnixLines(theirs)))
	if sameInsertion(x, y) {
		return mine, false
	}
	edits, ok := udiff.Merge(x, y)
	if !ok {
		return mine, false
	}
	text, err := udiff.Apply(from, edits)
	if err != nil {
		return mine, false
	}
	return textedit.LikeLines([]byte(text), mine), true
}

// sameInsertion reports whether both insert different lines at the same place, so that their order
// is undecided.
func sameInsertion(x, y []udiff.Edit) bool {
	at := map[int]string{}
	for _, e := range x {
		if e.Start == e.End {
			at[e.Start] = e.New
		}
	}
	for _, e := range y {
		if text, ok := at[e.Start]; ok && e.Start == e.End && text != e.New {
			return true
		}
	}
	return false
}

// mostDiff is the size in bytes above which no line diff is computed: it takes forty times the
// memory, and nobody reads it.
const mostDiff = 2 << 20

// UnifiedDiff returns the diff of one file, "" if both texts are the same. nil means no file. Line
// endings are ignored. For large files it only says that they differ, as diff does.
func UnifiedDiff(path string, from, to []byte) string {
	a, b := "a/"+path, "b/"+path
	if from == nil {
		a = "/dev/null"
	}
	if to == nil {
		b = "/dev/null"
	}
	if len(from)+len(to) > mostDiff {
		if textedit.SameText(from, to) {
			return ""
		}
		return "Files " + a + " and " + b + " differ\n"
	}
	return udiff.Unified(a, b, string(textedit.UnixLines(from)), string(textedit.UnixLines(to)))
}
