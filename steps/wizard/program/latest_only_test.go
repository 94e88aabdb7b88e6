package program

import (
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"
)

// TestLatestOnly checks that answers saved late do not replace newer ones.
func TestLatestOnly(t *testing.T) {
	var saved []int
	turns := &LatestOnly{}
	save := func(n int) tea.Cmd {
		return turns.Command(func() error { saved = append(saved, n); return nil }, func(error) tea.Msg { return nil })
	}
	first, second := save(1), save(2)
	second()
	first()
	if diff := cmp.Diff([]int{2}, saved); diff != "" {
		t.Error(diff)
	}
}
