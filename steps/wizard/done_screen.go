package wizard

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"

	"sleet/scaffold/validate"
	"sleet/steps/wizard/migration"
	"sleet/steps/wizard/screen"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"sleet/steps"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// doneScreen shows what was written and the next steps. The commands are printed to the terminal after the wizard ends.
type doneScreen struct {
	screen.Base

	context *ui.Context
	lines   []string
	w, h    int
	// title replaces the step's title unless it is "".
	title string
	// ways are the offers of what to do next, the one that finishes last; at is the one under the cursor.
	ways []doneWay
	at   int
}

// doneWay is something to do once the files are written. Its texts are under "done." and its value.
type doneWay string

// The offers.
const (
	wayFinish doneWay = "finish"
	wayDeploy doneWay = "live"
	wayRun    doneWay = "run"
)

var _ screen.Model = doneScreen{}

func newDoneScreen(k *ui.Context, s steps.State) doneScreen {
	p := doneScreen{context: k, lines: EndLines(k, s)}
	if s.Migration != nil {
		p.title = k.T("done.migrated")
		if left := s.Migration.Remaining(s.App); left > 0 {
			p.title = k.T("done.migrated_left", "count", left)
		}
	}
	return p
}

// offering adds the available offers. Enter still finishes by default, so that nothing is deployed by accident.
func (p doneScreen) offering(s steps.State, e steps.Effects) doneScreen {
	p.ways = nil
	if e.RunLocally != nil && s.Migration == nil {
		p.ways = append(p.ways, wayRun)
	}
	if e.Account.CanConnect() {
		p.ways = append(p.ways, wayDeploy)
	}
	p.ways = append(p.ways, wayFinish)
	p.at = len(p.ways) - 1
	return p
}

// offers reports whether there is more than one offer.
func (p doneScreen) offers() bool { return len(p.ways) > 1 }

// way returns the offer under the cursor.
func (p doneScreen) way() doneWay {
	if p.at < len(p.ways) {
		return p.ways[p.at]
	}
	return wayFinish
}

// EndLines returns the text of the end: the files, those that were kept, and the next commands.
func EndLines(k *ui.Context, s steps.State) []string {
	lines := []string{k.Good.Render(k.Glyphs.Done) + " " + k.T("done.files", "count", len(s.Outcome.Wrote), "dir", cells.Clean(s.Folder.Dir))}
	for _, path := range s.Outcome.Kept {
		lines = append(lines, k.Warn.Render(k.Glyphs.Warn)+" "+k.T("done.kept", "path", cells.Clean(path)))
	}
	for _, path := range s.Outcome.Removed {
		lines = append(lines, k.Muted.Render(k.Glyphs.Skip)+" "+k.T("done.removed", "path", cells.Clean(path)))
	}
	for _, path := range s.Outcome.Stale {
		lines = append(lines, k.Warn.Render(k.Glyphs.Warn)+" "+k.T("done.stale", "path", cells.Clean(path)))
	}
	for _, path := range s.Outcome.Foreign {
		lines = append(lines, k.Warn.Render(k.Glyphs.Warn)+" "+k.T("done.foreign", "path", cells.Clean(path)))
	}
	if !s.Outcome.LockError.IsZero() {
		lines = append(lines, k.Warn.Render(k.Glyphs.Warn)+" "+k.T("writing.lock_failed"))
		for _, line := range strings.Split(k.T.Say(s.Outcome.LockError), "\n") {
			lines = append(lines, "  "+k.Muted.Render(cells.Clean(line)))
		}
	}
	if s.Outcome.Applied != nil {
		return append(lines, DeployEndLines(k, s)...)
	}
	if s.Migration != nil {
		return append(lines, migration.End(k, s)...)
	}
	lines = append(lines, "", k.Title.Render(k.T("done.next")))
	for _, n := range steps.NextSteps(s.App, s.Shown, s.Outcome.Locked) {
		words := steps.OptionalText(k.T, message.ID("next."+n.ID))
		if words == "" {
			words = n.Why
		}
		lines = append(lines, "", k.Muted.Render(words))
		if n.Command != "" {
			lines = append(lines, "  "+k.Code.Render(cells.Clean(n.Command)))
		}
	}
	return lines
}

func (p doneScreen) Update(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	if c, ok := msg.(ui.Click); ok {
		return p.clicked(c, s)
	}
	m, ok := msg.(tea.KeyPressMsg)
	keys := p.context.Keys
	switch {
	case !ok:
	case p.offers() && key.Matches(m, keys.Up, keys.Prev):
		p.at = (p.at + len(p.ways) - 1) % len(p.ways)
	case p.offers() && key.Matches(m, keys.Down, keys.Next):
		p.at = (p.at + 1) % len(p.ways)
	case key.Matches(m, keys.Enter, keys.Space) && p.way() == wayDeploy:
		out.State.Deploys, out.Move = true, screen.Next
	case key.Matches(m, keys.Enter, keys.Space, keys.Back):
		out.State.Outcome.RunLocally = p.way() == wayRun && !key.Matches(m, keys.Back)
		out.Move = screen.Finish
	}
	return p, out
}

// clicked moves the cursor to the offer under the mouse, or follows the offer if the cursor is already there.
func (p doneScreen) clicked(c ui.Click, s steps.State) (screen.Model, screen.Outcome) {
	row := c.Y - (strings.Count(p.View(), "\n") + 1 - len(p.ways))
	switch {
	case !p.offers() || row < 0 || row >= len(p.ways):
		return p, screen.Outcome{State: s}
	case p.at == row:
		return p.Update(tea.KeyPressMsg{Code: tea.KeyEnter}, s)
	}
	p.at = row
	return p, screen.Outcome{State: s}
}

// drawn draws the offers.
func (p doneScreen) drawn() []string {
	k := p.context
	var all []string
	for i, way := range p.ways {
		sign, style := "  ", k.Text
		if p.at == i {
			sign, style = k.Accent.Render(k.Glyphs.Pointer)+" ", k.Chosen
		}
		all = append(all, k.Cut(sign+style.Render(k.T(message.ID("done."+string(way)+"_way"))), max(p.w, 1)))
	}
	return all
}

func (p doneScreen) Show(s steps.State, _ []validate.Problem) screen.Model {
	p.lines = EndLines(p.context, s)
	return p
}

// wrapHanging wraps a line at words and continues its colours on the next line. Further lines of an indented one, such
// as a command, are indented more.
func wrapHanging(line string, w int) string {
	text := strings.TrimLeft(line, " ")
	indent := line[:len(line)-len(text)]
	deeper := indent
	if indent != "" {
		deeper += "  "
	}
	var b strings.Builder
	out := lipgloss.NewWrapWriter(&b)
	defer out.Close()                                                            //nolint:errcheck // A strings.Builder takes everything.
	fmt.Fprint(out, strings.Join(cells.Wrap(text, max(w-len(deeper), 1)), "\n")) //nolint:errcheck // The same.
	return indent + strings.ReplaceAll(b.String(), "\n", "\n"+deeper)
}

func (p doneScreen) View() string {
	var all []string
	for _, line := range p.lines {
		all = append(all, wrapHanging(line, p.w))
	}
	all = strings.Split(strings.Join(all, "\n"), "\n")
	if p.offers() { // the offers stay visible
		return strings.Join(append(append(p.fitted(all, p.h-1-len(p.ways)), ""), p.drawn()...), "\n")
	}
	return strings.Join(p.fitted(all, p.h), "\n")
}

// fitted fits lines into h rows: it drops empty lines if there are too many, and cuts the rest with an ellipsis. The
// terminal shows all of them after the wizard ends.
func (p doneScreen) fitted(lines []string, h int) []string {
	if len(lines) > h {
		lines = slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return line == "" })
	}
	if h = max(h, 1); len(lines) > h {
		lines = append(lines[:h-1:h-1], p.context.Muted.Render(p.context.Glyphs.Ellipsis))
	}
	return lines
}

func (p doneScreen) Resize(w, h int) screen.Model       { p.w, p.h = w, h; return p }
func (p doneScreen) Restyle(k *ui.Context) screen.Model { p.context = k; return p }
func (p doneScreen) Wants(m tea.KeyPressMsg) bool {
	return key.Matches(m, p.context.Keys.Back)
}
func (p doneScreen) Focus() string { return string(steps.Done) }

func (p doneScreen) Keys() []key.Binding {
	enter := ui.WithDesc(p.context.Keys.Enter, p.context.T(message.ID("done."+string(p.way()))))
	if !p.offers() {
		return []key.Binding{enter}
	}
	all := []key.Binding{enter, p.context.Keys.Down}
	if p.way() != wayFinish {
		all = append(all, ui.WithDesc(p.context.Keys.Back, p.context.T("done.finish")))
	}
	return all
}
