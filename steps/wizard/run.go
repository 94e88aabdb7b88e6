package wizard

import (
	"context"
	"fmt"
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"sleet/steps"
	"sleet/steps/environ"
	"sleet/steps/wizard/program"
	"sleet/steps/wizard/screen"
	"sleet/ui"
	"sleet/ui/message"
)

// Session is one run of the wizard: its start, its effects and its terminal.
type Session struct {
	State   steps.State
	Effects steps.Effects
	// Edit opens a text in the user's editor; nil if there is none.
	Edit screen.OpenEditor
	// Words are the texts of the screens.
	Words *message.Catalogue
	// Environ is the environment as NAME=value; it shows what the terminal supports.
	Environ []string
	In      io.Reader
	Out     io.Writer
	// Terminal reports whether both are a terminal.
	Terminal bool
	// Ended returns the error that ends the run in an account, if there was such a run. It may be nil.
	Ended func(steps.State) error
}

// Ask runs the wizard on a terminal until the app is written or the user leaves; the latter returns context.Canceled.
// It prints the next steps after leaving the alternate screen.
func Ask(ctx context.Context, s Session) error {
	l := look{
		dark: ui.Dark(environ.Getenv(s.Environ)), profile: colorprofile.Detect(s.Out, s.Environ),
		unicode: ui.UTF8(environ.Getenv(s.Environ)), words: s.Words.T,
	}
	wizard := newWizard(s.State, s.Effects, l)
	wizard.effects.Edit = s.Edit
	last, err, broken := program.Run(ctx, s.terminal(), wizard)
	w, ok := last.(Wizard)
	if ok {
		w.endAccount()
	}
	if cause := context.Cause(ctx); cause != nil {
		return cause //nolint:wrapcheck // The cause of the cancellation.
	}
	if broken != nil {
		return broken
	}
	if err != nil {
		return message.Wrap(err, "run.no_terminal")
	}
	if ok && w.state.RunOptions != nil {
		return s.applied(w)
	}
	if !ok || w.end != Finished {
		return context.Canceled
	}
	if _, err = fmt.Fprintln(s.Out, strings.Join(EndLines(w.context, w.state), "\n")); err != nil {
		return message.Wrap(err, "run.next_unprinted")
	}
	if run := s.Effects.RunLocally; run != nil && w.state.Outcome.RunLocally {
		return run(ctx, w.state.Folder.Dir, steps.LocalRun(w.state.App))
	}
	return nil
}

// applied prints the result of the run in an account, to stay in the terminal.
func (s Session) applied(w Wizard) error {
	if w.state.Outcome.Applied != nil {
		if _, err := fmt.Fprintln(s.Out, strings.Join(DeployEndLines(w.context, w.state), "\n")); err != nil {
			return message.Wrap(err, "run.result_unprinted")
		}
	}
	if s.Ended == nil {
		return nil
	}
	return s.Ended(w.state)
}

// terminal returns the session's terminal.
func (s Session) terminal() program.Terminal {
	return program.Terminal{In: s.In, Out: s.Out, Environ: s.Environ}
}

// Play runs a program other than the wizard on the session's terminal and returns its final model. It restores the
// terminal however the program ends.
func Play(ctx context.Context, s Session, model tea.Model) (tea.Model, error) {
	last, err, broken := program.Run(ctx, s.terminal(), model)
	if cause := context.Cause(ctx); cause != nil {
		return last, cause //nolint:wrapcheck // The cause of the cancellation.
	}
	if broken != nil {
		return last, broken
	}
	if err != nil {
		return last, message.Wrap(err, "run.no_terminal")
	}
	return last, nil
}
