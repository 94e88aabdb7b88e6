package program

import (
	"sync"

	tea "charm.land/bubbletea/v2"
)

// LatestOnly keeps commands in the order in which they were made. Bubble Tea runs commands beside each
// other: older answers saved late must not replace newer ones.
type LatestOnly struct {
	mu         sync.Mutex
	made, done int
}

// Command makes a command that is left out once a later one was done. Its message is what ended returns.
func (t *LatestOnly) Command(do func() error, ended func(error) tea.Msg) tea.Cmd {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.made++
	mine := t.made
	return func() tea.Msg {
		t.mu.Lock()
		defer t.mu.Unlock()
		if mine < t.done {
			return ended(nil)
		}
		t.done = mine
		return ended(do())
	}
}

// Started reports whether a command was made already.
func (t *LatestOnly) Started() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.made > 0
}
