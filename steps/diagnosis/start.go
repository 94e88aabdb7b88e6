package diagnosis

import (
	"context"
	"fmt"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"sleet/steps/doctor"
	"sleet/steps/environ"
	"sleet/steps/wizard"
	"sleet/ui"
)

// Watch waits on a terminal for an app to start. It shows the elapsed time, and esc stops the wait.
func Watch(ctx context.Context, session wizard.Session, start doctor.StartWait) (doctor.Startup, error) {
	env := environ.Getenv(session.Environ)
	theme := ui.NewTheme(ui.Dark(env), colorprofile.Detect(session.Out, session.Environ), ui.UTF8(env))
	waiting, cancel := context.WithCancel(ctx)
	defer cancel()
	w := waitView{context: ui.NewContext(theme, session.Words.T), since: time.Now(), stop: cancel, start: start, ctx: waiting}
	last, err := wizard.Play(ctx, session, w)
	end, ok := last.(waitView)
	if err != nil || !ok {
		return doctor.Startup{Outcome: doctor.Canceled}, err
	}
	return end.startup, nil
}

// waitView is the model of the wait.
type waitView struct {
	context *ui.Context
	start   doctor.StartWait
	ctx     context.Context //nolint:containedctx // It is that of the wait.
	stop    func()
	since   time.Time
	took    time.Duration
	turn    int
	ended   bool
	startup doctor.Startup
}

// waitedMsg ends the wait; turnMsg redraws the line.
type (
	waitedMsg doctor.Startup
	turnMsg   time.Time
)

func turn() tea.Cmd {
	const pace = 100 * time.Millisecond
	return tea.Tick(pace, func(at time.Time) tea.Msg { return turnMsg(at) })
}

// Init starts the wait.
func (w waitView) Init() tea.Cmd {
	return tea.Batch(turn(), func() tea.Msg { return waitedMsg(w.start.Wait(w.ctx)) })
}

// Update handles the end of the wait and the person's keys.
func (w waitView) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case waitedMsg:
		w.ended, w.startup = true, doctor.Startup(m)
		return w, tea.Quit
	case turnMsg:
		w.turn, w.took = w.turn+1, time.Since(w.since)
		return w, turn()
	case tea.KeyPressMsg:
		if key.Matches(m, w.context.Keys.Back, w.context.Keys.Quit) {
			w.ended, w.startup = true, doctor.Startup{Outcome: doctor.Canceled}
			w.stop()
			return w, tea.Quit
		}
	}
	return w, nil
}

// View draws the line, which is removed at the end.
func (w waitView) View() tea.View {
	if w.ended {
		return tea.NewView("")
	}
	spin := w.context.Glyphs.Spinner
	return tea.NewView("  " + w.context.Accent.Render(spin[w.turn%len(spin)]) + " " + w.context.T("apply.starting") +
		fmt.Sprintf("  %.0f s  ", w.took.Seconds()) + w.context.Muted.Render(w.context.T("apply.starting_keys")))
}
