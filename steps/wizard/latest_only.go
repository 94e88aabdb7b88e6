package wizard

import (
	"sync"

	tea "charm.land/bubbletea/v2"
)

// latestOnly keeps commands in the order in which they were made. Bubble Tea runs commands beside each
// other: older answers saved late must not replace newer ones.
type latestOnly struct {
	mu         sync.Mutex
	made, done int
}

// command makes a command that is left out once a later one was done.
func (t *latestOnly) command(do func() error) tea.Cmd {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.made++
	mine := t.made
	return func() tea.Msg {
		t.mu.Lock()
		defer t.mu.Unlock()
		if mine < t.done {
			return keptMsg{}
		}
		t.done = mine
		return keptMsg{do()}
	}
}

// started reports whether a command was made already.
func (t *latestOnly) started() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.made > 0
}
