package workspace

import (
	"bytes"
	"testing"
)

// FuzzMerge merges arbitrary texts: if only one side changed, the result is that side; if both made
// the same change, it is that change.
func FuzzMerge(f *testing.F) {
	f.Add("a\nb\nc\n", "a\nx\nc\n", "a\nb\nc\nd\n")
	f.Add("", "a", "b")
	f.Add("a\r\nb\r\n", "a\r\nb", "a\nb\nc\n")
	f.Add("a\n\n\n", "\n", "a")
	f.Fuzz(func(t *testing.T, base, mine, theirs string) {
		if len(base)+len(mine)+len(theirs) > 1<<12 {
			return
		}
		merged, clean := Merge([]byte(base), []byte(mine), []byte(theirs))
		if !clean && string(merged) != mine {
			t.Errorf("Merge with a conflict = %q, want mine", merged)
		}
		same := func(a, b []byte) bool {
			return bytes.Equal(bytes.ReplaceAll(a, []byte("\r\n"), []byte("\n")), bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")))
		}
		if got, ok := Merge([]byte(base), []byte(mine), []byte(base)); !ok || !same(got, []byte(mine)) {
			t.Errorf("Merge(base, %q, base) = %q, %v; want mine", mine, got, ok)
		}
		if got, ok := Merge([]byte(base), []byte(base), []byte(theirs)); !ok || !same(got, []byte(theirs)) {
			t.Errorf("Merge(base, base, %q) = %q, %v; want theirs", theirs, got, ok)
		}
		_ = UnifiedDiff("a", []byte(base), []byte(mine))
	})
}
