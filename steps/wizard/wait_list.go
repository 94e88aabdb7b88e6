package wizard

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/cells"
)

// progressBar is how many cells the bar over the list takes where there is room.
const progressBar = 30

// waitList says what is waited for, one thing after the other: how far it is, and how long it has taken.
type waitList struct {
	kit        *ui.Context
	clock      func() time.Time
	rows       []ui.ProgressRow
	at         int
	began, now time.Time
	read       deploy.Progress
	spin       ui.Progress
}

func newWaitList(k *ui.Context, clock func() time.Time) waitList {
	return waitList{kit: k, clock: clock, spin: ui.NewProgress(k)}
}

func (l waitList) withKit(k *ui.Context) waitList { l.kit = k; return l }

// begin starts the clock and the spinner for the first of some things.
func (l waitList) begin(words ...string) (waitList, tea.Cmd) {
	l.rows, l.at, l.read = nil, 0, deploy.Progress{}
	for _, each := range words {
		l.rows = append(l.rows, ui.ProgressRow{Label: each})
	}
	l.began = l.clock()
	l.now = l.began
	return l.again()
}

// again starts the spinner after a pause.
func (l waitList) again() (waitList, tea.Cmd) {
	l.spin = ui.NewProgress(l.kit, ui.ProgressRow{State: ui.Running})
	return l, l.spin.Init()
}

// done goes on to the next thing.
func (l waitList) done() waitList {
	l.now = l.clock()
	l.rows = append([]ui.ProgressRow(nil), l.rows...)
	if l.at < len(l.rows) {
		l.rows[l.at].State, l.rows[l.at].Detail = ui.Finished, elapsed(l.now.Sub(l.began))
	}
	l.at++
	l.began = l.now
	return l
}

// saying words what is waited for now in another way.
func (l waitList) saying(words string) waitList {
	l.rows = append([]ui.ProgressRow(nil), l.rows...)
	if l.at < len(l.rows) {
		l.rows[l.at].Label = words
	}
	return l
}

// counted takes over how much was read.
func (l waitList) counted(read deploy.Progress) waitList { l.read = read; return l }

// tick turns the spinner once.
func (l waitList) tick() tea.Cmd { return l.spin.Init() }

func (l waitList) update(m tea.Msg) (waitList, tea.Cmd) {
	var cmd tea.Cmd
	l.spin, cmd = l.spin.Update(m)
	l.now = l.clock()
	return l, cmd
}

func (l waitList) view(w int) string {
	rows := append([]ui.ProgressRow(nil), l.rows...)
	if l.at < len(rows) {
		row := &rows[l.at]
		row.State, row.Detail = ui.Running, elapsed(l.now.Sub(l.began))
		if l.at == len(rows)-1 && l.read.Asked > 0 {
			row.Detail = l.kit.T("account.read", "answered", l.read.Answered, "asked", l.read.Asked) + "  " + row.Detail
		}
	}
	view := l.spin.WithRows(rows...).SetSize(w, 2*len(rows)+1).View()
	if l.at == len(rows)-1 && l.read.Asked > 0 {
		view += "\n\n" + l.kit.Bar(l.read.Answered, l.read.Asked, min(w, progressBar)) + "  " + l.kit.Muted.Render(l.kit.Cut(cells.Clean(l.kit.T.Say(l.read.What)), max(w-progressBar-2, 1)))
	}
	return view
}
