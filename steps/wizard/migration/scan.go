package migration

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/ui/message"
)

// scannedMsg reports that the folder was read.
type scannedMsg struct {
	state steps.State // includes the folder
	err   error
}

// countedMsg reports how many files have been read.
type countedMsg struct {
	from  chan int
	files int
}

// count waits for the next number of files; it returns nil once all files are read.
func (p reportScreen) count() tea.Cmd {
	return func() tea.Msg {
		if files, more := <-p.tally; more {
			return countedMsg{p.tally, files}
		}
		return nil
	}
}

// countPace is the minimum time between two updates of the number of files.
const countPace = 50 * time.Millisecond

// scanning reads the folder and plans its migration, which takes a while for a large one.
func scanning(s steps.State, e steps.Effects, tally chan int) func() tea.Msg {
	return func() tea.Msg {
		defer close(tally)
		folder, uncommitted, err := e.Scan(steps.Throttle(countPace, e.Account.Time, func(files int) {
			select {
			case tally <- files:
			default: // the screen has not shown the last number yet
			}
		}))
		if err == nil && len(folder.Apps) == 0 {
			err = message.NewError("migration.none")
		}
		if err != nil {
			return scannedMsg{err: err}
		}
		s, err := s.WithScan(folder, uncommitted)
		return scannedMsg{s, err}
	}
}
