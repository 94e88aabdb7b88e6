package steps

import (
	"slices"
	"testing"
	"time"
)

// At most one number is shown in a time, and none before it is over.
func TestPaced(t *testing.T) {
	now := time.Time{}
	var shown []int
	seen := Paced(50*time.Millisecond, func() time.Time { return now }, func(files int) { shown = append(shown, files) })
	for files := range 10 {
		seen(files)
		now = now.Add(20 * time.Millisecond)
	}
	if want := []int{3, 6, 9}; !slices.Equal(shown, want) {
		t.Errorf("shown are %v, want %v", shown, want)
	}
}
