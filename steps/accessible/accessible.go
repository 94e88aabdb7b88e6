// Package accessible asks the wizard's questions line by line, for screen readers, for terminals that cannot move the
// cursor, and for pipes. It draws nothing and uses no color.
package accessible

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"sleet/scaffold/validate"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/steps/environ"
	"sleet/steps/wizard"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// dialogue is the state of one run.
type dialogue struct {
	wizard.Session
	ctx         context.Context //nolint:containedctx // The dialogue is one call, and every question of it ends with this.
	in          *input
	state       steps.State
	where       string // the position that precedes each prompt
	allSteps    bool   // whether the person just asked for every step
	deployAfter bool   // whether to deploy the app once it is written
	cloud       deploy.Deployer
	inventory   steps.Inventory // what the account has; nil until it was read
	lastErr     error           // the last failure of an account
	written     bool
}

// Ask runs the wizard line by line. It returns ErrNoAnswer, context.Canceled if the person leaves, or an error of
// writing.
func Ask(ctx context.Context, s wizard.Session) error {
	d := &dialogue{Session: s, ctx: ctx, in: newInput(s.In), state: s.State}
	defer d.in.stop()
	defer d.closeCloud()
	d.say("accessible.intro", "back", back)
	if err := d.all(); err != nil {
		return err
	}
	if !d.Terminal && d.in.hasMore(ctx) {
		d.say("accessible.more")
	}
	return nil
}

// all asks all questions, writes the app and deploys it.
func (d *dialogue) all() error {
	for {
		if err := d.walk(steps.Path(d.state)[0]); err != nil {
			return err
		}
		if !d.state.Existing {
			if err := d.finish(); err != nil {
				return err
			}
		}
		if d.state.Existing || d.deployAfter {
			if err := d.deployApp(d.ctx); !errors.Is(err, errBack) {
				return err
			}
			continue
		}
		return nil
	}
}

// walk follows the path of steps until the files can be written.
func (d *dialogue) walk(id steps.StepID) error {
	detour := false
	for id != steps.Writing {
		d.title(id)
		if err := d.saveDraft(); err != nil {
			return err
		}
		to, err := d.step(id)
		switch {
		case errors.Is(err, errBack) && detour:
			id, detour = steps.ReviewStep, false
		case errors.Is(err, errBack):
			id, _ = steps.Back(d.state, id)
		case err != nil:
			return err
		case to != "":
			id, detour, d.allSteps = to, !d.allSteps, false
		case detour:
			id, detour = steps.ReviewStep, false
		default:
			id, _ = steps.Next(d.state, id)
		}
	}
	return nil
}

// title prints the step's name and number. Each prompt repeats the number.
func (d *dialogue) title(id steps.StepID) {
	path := d.path(id)
	at := slices.Index(path, id)
	if at < 0 { // the review led to a step that is not on the short path
		at = slices.Index(path, steps.ReviewStep)
	}
	d.where = d.t("accessible.at", "step", at+1, "steps", len(path))
	d.print("")
	d.say("accessible.step", "step", at+1, "steps", len(path), "name", d.t(id.Title()))
	d.print(d.t(id.About()))
}

// path returns the steps that a step is counted among, but for those that ask nothing.
func (d *dialogue) path(id steps.StepID) []steps.StepID {
	return slices.DeleteFunc(steps.Journey(d.state, id), func(each steps.StepID) bool {
		return each == steps.Writing || each == steps.Done
	})
}

// saveDraft saves the answers as a draft once there are any. A pipe can be run again instead.
func (d *dialogue) saveDraft() error {
	if !d.Terminal || d.Effects.Keep == nil || d.state.Migration != nil || d.state.App.Equal(d.State.App) {
		return nil
	}
	return d.Effects.Keep(d.state.App.Clone())
}

// finish writes the app and prints what comes next.
func (d *dialogue) finish() error {
	d.say("accessible.writing")
	state, err := steps.Finish(d.state, d.Effects, func() { d.say("writing.lock_running") })
	if err != nil {
		return message.Wrap(err, "accessible.unfinished")
	}
	d.state, d.written = state, true
	d.print("")
	for _, line := range wizard.EndLines(d.plain(), state) {
		d.printPlain(line)
	}
	return nil
}

// plain returns a context without colors.
func (d *dialogue) plain() *ui.Context {
	return ui.NewContext(ui.NewTheme(true, colorprofile.NoTTY, ui.UTF8(environ.Getenv(d.Environ))), d.t)
}

// printPlain prints a line that was drawn for a screen.
func (d *dialogue) printPlain(line string) { d.print(ansi.Strip(line)) }

// t returns the text of a message.
func (d *dialogue) t(id message.ID, data ...any) string { return d.Words.T(id, data...) }

// say prints a message.
func (d *dialogue) say(id message.ID, data ...any) { d.print(d.t(id, data...)) }

// print prints lines without control characters.
func (d *dialogue) print(line string) {
	for _, each := range strings.Split(line, "\n") {
		_, _ = fmt.Fprintln(d.Out, cells.Clean(each)) // a broken pipe is reported by the next prompt
	}
}

// problems returns the problems of one path.
func (d *dialogue) problems(path string) []validate.Problem {
	return steps.Question{Path: path}.Problems(validate.Problems(d.state.App))
}
