// Package accessible asks the wizard's questions line by line: for screen readers, for terminals
// that cannot move the cursor, and from a pipe. It draws nothing and needs no colour.
package accessible

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"sleet/scaffold"
	"sleet/steps"
	"sleet/ui"
)

// ErrNoAnswer is the end of the input before everything was answered: silence is no default.
var ErrNoAnswer = errors.New("the input ended before every question had an answer; nothing was written")

// errBack is a person who wants to go to the step before.
var errBack = errors.New("back")

// back is what to type to go to the step before.
const back = "<"

// dialogue is one run: where it reads, where it speaks, and the answers so far.
type dialogue struct {
	steps.Session
	in    *bufio.Scanner
	state steps.State
	every bool // the person just asked for every step
}

// Ask runs the wizard line by line. The errors are ErrNoAnswer, context.Canceled for a person who
// leaves, and those of writing.
func Ask(ctx context.Context, s steps.Session) error {
	d := &dialogue{Session: s, in: bufio.NewScanner(s.In), state: s.State}
	d.say("accessible.intro", "Back", back)
	if err := d.walk(ctx, steps.Path(d.state)[0]); err != nil {
		return err
	}
	if !d.state.Live {
		if err := d.finish(); err != nil {
			return err
		}
	}
	return d.live(ctx)
}

// walk goes along the path until the review says to write.
func (d *dialogue) walk(ctx context.Context, id steps.StepID) error {
	detour := false
	for id != steps.Writing {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("stopped before anything was written: %w", context.Cause(ctx))
		}
		d.title(id)
		to, err := d.step(id)
		switch {
		case errors.Is(err, errBack) && detour:
			id, detour = steps.Reviewed, false
		case errors.Is(err, errBack):
			id, _ = steps.Back(d.state, id)
		case err != nil:
			return err
		case to != "":
			id, detour, d.every = to, !d.every, false
		case detour:
			id, detour = steps.Reviewed, false
		default:
			id, _ = steps.Next(d.state, id)
		}
	}
	return nil
}

// title says which step this is and how many there are.
func (d *dialogue) title(id steps.StepID) {
	at, of := 0, 0
	for _, each := range steps.Path(d.state) {
		if each == steps.Writing || each == steps.Done {
			continue
		}
		of++
		if each == id {
			at = of
		}
	}
	name := d.t("step." + string(id) + ".title")
	d.print("")
	if at > 0 {
		d.say("accessible.step", "Step", at, "Steps", of, "Name", name)
	} else {
		d.print(name)
	}
	d.print(d.t("step." + string(id) + ".about"))
}

// step asks one step; to is a step to go to in place of the next.
func (d *dialogue) step(id steps.StepID) (to steps.StepID, err error) {
	switch id {
	case steps.Start:
		if err := d.start(); err != nil || !d.state.Live {
			return "", err
		}
		return steps.Writing, nil // as it stands
	case steps.Secrets:
		return "", d.secrets()
	case steps.Config:
		return "", d.config()
	case steps.Reviewed:
		return d.review()
	case steps.MoveReport:
		return "", d.moveReport()
	case steps.MoveChanges:
		return "", d.moveChanges()
	case steps.MoveManual:
		return "", d.moveManual()
	case steps.AppStep, steps.Runtime, steps.Compute, steps.Packages, steps.Hosts, steps.Values, steps.Roles,
		steps.Writing, steps.Done, steps.AccountStep, steps.GivenStep, steps.PlanStep, steps.LiveStep:
	}
	return "", d.questions(func(s steps.State) []steps.Question { return steps.Questions(id, s) })
}

// finish writes and says what comes next.
func (d *dialogue) finish() error {
	d.say("accessible.writing")
	state, err := steps.Finish(d.state, d.Effects, func() { d.say("writing.lock_running") })
	if err != nil {
		return fmt.Errorf("cannot finish: %w", err)
	}
	d.state = state
	d.print("")
	for _, line := range steps.EndLines(d.plain(), state) {
		d.printPlain(line)
	}
	return nil
}

// plain is a look without colours.
func (d *dialogue) plain() *ui.Kit {
	return ui.NewKit(ui.NewTheme(true, colorprofile.NoTTY, ui.UTF8(steps.Getenv(d.Environ))), d.t)
}

// printPlain writes a line that was drawn for a screen.
func (d *dialogue) printPlain(line string) { d.print(ansi.Strip(line)) }

// start offers what fits the folder.
func (d *dialogue) start() error {
	offers := steps.Offers(d.state, d.Effects)
	var options []option
	for _, o := range offers {
		options = append(options, option{value: o, title: d.t("ask.start." + o + ".label"), brings: d.t("ask.start." + o + ".brings")})
	}
	chosen, err := d.choose(d.t("ask.start.label"), options, offers[0])
	if err != nil {
		return err
	}
	d.state = steps.Begin(d.state, chosen)
	return nil
}

// t gives a message.
func (d *dialogue) t(id string, data ...any) string { return d.Words.T(id, data...) }

// say prints a message.
func (d *dialogue) say(id string, data ...any) { d.print(d.t(id, data...)) }

// print writes a line; what comes from outside cannot drive the terminal.
func (d *dialogue) print(line string) {
	for _, each := range strings.Split(line, "\n") {
		_, _ = fmt.Fprintln(d.Out, ui.Clean(each)) // a reader that has gone shows at the next question
	}
}

// read prompts for one line.
func (d *dialogue) read(prompt string) (string, error) {
	if _, err := io.WriteString(d.Out, ui.Clean(prompt)+" "); err != nil {
		return "", fmt.Errorf("cannot ask: %w", err)
	}
	if !d.in.Scan() {
		if err := d.in.Err(); err != nil {
			return "", fmt.Errorf("cannot read the answer: %w", err)
		}
		d.print("")
		return "", ErrNoAnswer
	}
	line := strings.TrimRight(d.in.Text(), "\r")
	if strings.TrimSpace(line) == back {
		return "", errBack
	}
	return line, nil
}

// problems gives those of one path.
func (d *dialogue) problems(path string) []scaffold.Problem {
	return steps.Question{Path: path}.Problems(d.state.App.Problems())
}
