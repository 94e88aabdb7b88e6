package screen

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/cells"
)

// ProgressBar is the width of the bar below the list, if there is room.
const ProgressBar = 30

// WaitList shows what the screen waits for, one task after the other, with the time and progress of each.
type WaitList struct {
	context    *ui.Context
	clock      func() time.Time
	rows       []ui.ProgressRow
	at         int
	began, now time.Time
	read       deploy.Progress
	spin       ui.Progress
}

// NewWaitList returns an empty list.
func NewWaitList(k *ui.Context, clock func() time.Time) WaitList {
	return WaitList{context: k, clock: clock, spin: ui.NewProgress(k)}
}

// WithContext returns the list with another theme and language.
func (l WaitList) WithContext(k *ui.Context) WaitList { l.context = k; return l }

// Begin replaces the tasks and starts the clock and the spinner for the first one.
func (l WaitList) Begin(words ...string) (WaitList, tea.Cmd) {
	l.rows, l.at, l.read = nil, 0, deploy.Progress{}
	for _, each := range words {
		l.rows = append(l.rows, ui.ProgressRow{Label: each})
	}
	l.began = l.clock()
	l.now = l.began
	return l.Restart()
}

// Restart restarts the spinner after a pause.
func (l WaitList) Restart() (WaitList, tea.Cmd) {
	l.spin = ui.NewProgress(l.context, ui.ProgressRow{State: ui.Running})
	return l, l.spin.Init()
}

// Done moves on to the next task.
func (l WaitList) Done() WaitList {
	l.now = l.clock()
	l.rows = append([]ui.ProgressRow(nil), l.rows...)
	if l.at < len(l.rows) {
		l.rows[l.at].State, l.rows[l.at].Detail = ui.Finished, Elapsed(l.now.Sub(l.began))
	}
	l.at++
	l.began = l.now
	return l
}

// WithLabel replaces the label of the current task.
func (l WaitList) WithLabel(label string) WaitList {
	l.rows = append([]ui.ProgressRow(nil), l.rows...)
	if l.at < len(l.rows) {
		l.rows[l.at].Label = label
	}
	return l
}

// WithProgress sets how much has been read.
func (l WaitList) WithProgress(read deploy.Progress) WaitList { l.read = read; return l }

// Tick returns the command that advances the spinner.
func (l WaitList) Tick() tea.Cmd { return l.spin.Init() }

// Update handles a tick of the spinner.
func (l WaitList) Update(m tea.Msg) (WaitList, tea.Cmd) {
	var cmd tea.Cmd
	l.spin, cmd = l.spin.Update(m)
	l.now = l.clock()
	return l, cmd
}

// View draws the list.
func (l WaitList) View(w int) string {
	rows := append([]ui.ProgressRow(nil), l.rows...)
	if l.at < len(rows) {
		row := &rows[l.at]
		row.State, row.Detail = ui.Running, Elapsed(l.now.Sub(l.began))
		if l.at == len(rows)-1 && l.read.Asked > 0 {
			row.Detail = l.context.T("account.read", "answered", l.read.Answered, "asked", l.read.Asked) + "  " + row.Detail
		}
	}
	view := l.spin.WithRows(rows...).SetSize(w, 2*len(rows)+1).View()
	if l.at == len(rows)-1 && l.read.Asked > 0 {
		view += "\n\n" + l.context.Bar(l.read.Answered, l.read.Asked, min(w, ProgressBar)) + "  " + l.context.Muted.Render(l.context.Cut(cells.Clean(l.context.T.Say(l.read.What)), max(w-ProgressBar-2, 1)))
	}
	return view
}
