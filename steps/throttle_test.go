package steps

import (
	"slices"
	"testing"
	"time"
)

// TestPaced checks that at most one number is shown per pace, and none before the first has passed.
func TestPaced(t *testing.T) {
	now := time.Time{}
	var shown []int
	seen := Throttle(50*time.Millisecond, func() time.Time { return now }, func(files int) { shown = append(shown, files) })
	for files := range 10 {
		seen(files)
		now = now.Add(20 * time.Millisecond)
	}
	if want := []int{3, 6, 9}; !slices.Equal(shown, want) {
		t.Errorf("shown %v, want %v", shown, want)
	}
}
