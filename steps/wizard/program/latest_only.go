package program

import (
	"sync"

	tea "charm.land/bubbletea/v2"
)

// LatestOnly keeps commands in the order in which they were created. Bubble Tea runs commands concurrently, and answers
// that are saved late must not replace newer ones.
type LatestOnly struct {
	mu         sync.Mutex
	made, done int
}

// Command returns a command that is skipped if a later one has already run. Its message is the result of ended.
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

// Started reports whether any command was created.
func (t *LatestOnly) Started() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.made > 0
}
