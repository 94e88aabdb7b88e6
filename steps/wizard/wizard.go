package wizard

import (
	"reflect"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"sleet/scaffold"
	"sleet/steps"
	"sleet/steps/wizard/program"
	"sleet/steps/wizard/screen"
	"sleet/ui"
	"sleet/ui/codeview"
	"sleet/ui/message"
)

// Wizard is the model of the program: it has the State, routes keys to the top screen and moves along the path. All
// changes of answers go through it, so that the preview and the problems always match the answers shown.
type Wizard struct {
	context *ui.Context
	look    look
	effects effects
	drafts  *program.LatestOnly
	state   steps.State
	first   scaffold.App // the answers the wizard started with
	step    steps.StepID
	seen    map[steps.StepID]bool // the steps that the user completed
	ticked  map[steps.StepID]bool // the steps that the header has shown as done
	wrong   map[steps.StepID]bool // the steps with an invalid answer
	screens []screen.Model        // the step's screen, and the screens opened over it
	detour  bool                  // the review jumped to this step, and it returns there
	left    screen.Model          // the screen that was jumped from
	frame   ui.Frame
	preview preview
	w, h    int
	help    *ui.Help
	ask     *ask
	notice  string
	// mouseless leaves the mouse to the terminal, so that the user can select text.
	mouseless bool
	end       Ending
	// awaited describes what the screen's stream waits for; "" if there is nothing to show.
	awaited string
	// lost counts the attempts to restore the connection that awaited reports as lost.
	lost int
	// reached is the account that the user is logged in to, written the answers that were last written to files.
	reached reached
	written scaffold.App
}

// Ending is how the wizard ended.
type Ending int

// The ways in which the wizard ends.
const (
	// Running means that the wizard has not ended.
	Running Ending = iota
	// Finished means that the app was written.
	Finished
	// Quit means that the user left before that.
	Quit
)

// look is what the terminal can show, and the language.
type look struct {
	dark    bool
	profile colorprofile.Profile
	unicode bool
	words   ui.Translate
}

func (l look) context() *ui.Context {
	return ui.NewContext(ui.NewTheme(l.dark, l.profile, l.unicode), l.words)
}

// ask is a question over the screen and the effects of its answers.
type ask struct {
	dialog ui.Confirm
	yes    func(Wizard) (Wizard, tea.Cmd)
	// other is the effect of the answer between yes and no, if there is one.
	other func(Wizard) (Wizard, tea.Cmd)
}

// keptMsg reports that the draft was saved, or why it was not.
type keptMsg struct{ err error }

func kept(err error) tea.Msg { return keptMsg{err} }

// newWizard returns a wizard at the first step of the path.
func newWizard(s steps.State, e steps.Effects, l look) Wizard {
	k := l.context()
	w := Wizard{
		context: k, look: l, effects: effects{Effects: e}, drafts: &program.LatestOnly{}, state: s, first: s.App.Clone(),
		frame: ui.NewFrame(k, "sleet"), preview: newPreview(k), w: ui.SplitWidth, h: 2 * ui.MinHeight,
	}
	w, _ = w.enter(screen.Place{Step: steps.Path(s)[0]})
	return w
}

// Init asks the terminal for its background colour without waiting for the answer.
func (w Wizard) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, w.preview.code.Init(), w.top().Init())
}

// Ending returns how the wizard ended.
func (w Wizard) Ending() Ending { return w.end }

// State returns the current answers.
func (w Wizard) State() steps.State { return w.state }

func (w Wizard) top() screen.Model { return w.screens[len(w.screens)-1] }

// over replaces the top screen.
func (w Wizard) over(top screen.Model) Wizard {
	w.screens = append(append([]screen.Model(nil), w.screens[:len(w.screens)-1]...), top)
	return w
}

// Update routes a message.
func (w Wizard) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		w.w, w.h = m.Width, m.Height
		return w.laidOut().refreshed()
	case tea.BackgroundColorMsg:
		w.look.dark = m.IsDark()
		return w.restyled()
	case tea.ColorProfileMsg:
		if m.Profile == w.look.profile {
			return w, nil
		}
		w.look.profile = m.Profile
		return w.restyled()
	case codeview.HighlightedMsg:
		w.preview = w.preview.update(m)
		return w, nil
	case screen.StreamMsg:
		if broken, ok := m.Msg.(program.BrokenMsg); ok {
			return w, func() tea.Msg { return broken }
		}
		if awaited, ok := m.Msg.(screen.AwaitedMsg); ok {
			return w.awaiting(m.From, awaited.Text), m.From.Next()
		}
		if read, ok := m.Msg.(screen.ReadMsg); ok {
			return w.counting(m.From, read.Progress), m.From.Next()
		}
		w.awaited = ""
		next, cmd, taken := w.heard(m)
		if taken {
			return next, cmd
		}
		model, more := next.toScreen(msg)
		return model, tea.Batch(cmd, more)
	case editedMsg:
		return w.backFromEditor(m)
	case keptMsg:
		if m.err != nil {
			w.notice = m.err.Error()
		}
		return w, nil
	case tea.PasteMsg:
		if w.ask != nil || w.help != nil || w.frame.PreviewShown() {
			return w, nil // the field for it is hidden
		}
		if next, asks := w.pasting(m); asks {
			return next, nil
		}
	case tea.KeyPressMsg:
		return w.pressed(m)
	case tea.MouseMsg:
		return w.moused(m)
	}
	return w.toScreen(msg)
}

// pressed handles a key: a dialog gets it first, then the wizard's own keys unless the screen wants them, then the
// screen.
func (w Wizard) pressed(m tea.KeyPressMsg) (tea.Model, tea.Cmd) {
	keys := w.context.Keys
	w.notice, w.awaited = "", ""
	switch {
	case key.Matches(m, keys.Quit):
		return w.quit()
	case key.Matches(m, keys.Back) && w.ask == nil && w.help == nil && !w.frame.PreviewShown() && w.runs():
		return w.quit()
	case key.Matches(m, keys.Suspend):
		return w, tea.Suspend
	case key.Matches(m, keys.Mouse):
		w.mouseless = !w.mouseless
		w.notice = w.context.T(map[bool]message.ID{true: "mouse.off", false: "mouse.on"}[w.mouseless])
		return w, nil
	case w.ask != nil:
		return w.answered(m)
	case w.help != nil:
		help, _ := w.help.Update(m)
		w.help = &help
		if help.Closed() {
			w.help = nil
		}
		return w, nil
	case w.edits(m):
		return w.edit()
	case w.frame.PreviewShown() && !key.Matches(m, keys.Preview, keys.NextFile, keys.Back, keys.Enter):
		w.preview = w.preview.scroll(m)
		return w, nil
	}
	if next, cmd, ok := w.choose(m); ok {
		return next, cmd
	}
	if next, cmd, ok := w.own(m); ok {
		return next, cmd
	}
	return w.toScreen(m)
}

// own handles the wizard's keys; ok is false if the key is for the screen.
func (w Wizard) own(m tea.KeyPressMsg) (Wizard, tea.Cmd, bool) {
	keys := w.context.Keys
	switch {
	case key.Matches(m, keys.Preview, keys.NextFile, keys.ScrollUp, keys.ScrollDown) && steps.HidesPreview(w.state, w.step) && !w.frame.PreviewShown():
		return w, nil, false // there is no preview
	case key.Matches(m, keys.Preview), w.frame.PreviewShown() && key.Matches(m, keys.Back, keys.Enter):
		w.frame = w.frame.ShowPreview(!w.frame.PreviewShown())
		return w.laidOut(), nil, true
	case key.Matches(m, keys.NextFile):
		w.preview = w.preview.next()
		w, cmd := w.previewed()
		return w, cmd, true
	case key.Matches(m, keys.ScrollUp, keys.ScrollDown):
		w.preview = w.preview.scroll(m)
		return w, nil, true
	case w.step != steps.Writing && key.Matches(m, keys.Help) && (!w.top().Typing() || m.Text == ""):
		return w.helped(), nil, true
	case w.step.Row().Closed:
		return w, nil, false
	case key.Matches(m, keys.Review) && w.pendingInput():
		w.notice = w.context.T("form.pending")
		return w, nil, true
	case key.Matches(m, keys.Review) && w.detour:
		next, cmd := w.returned()
		return next, cmd, true
	case key.Matches(m, keys.Review) && w.reviewable():
		next, cmd := w.enter(screen.Place{Step: steps.ReviewStep})
		return next, cmd, true
	case key.Matches(m, keys.Back) && !w.top().Wants(m):
		next, cmd := w.back()
		return next, cmd, true
	}
	return w, nil, false
}

// toScreen passes a message to the top screen and applies its outcome.
func (w Wizard) toScreen(msg tea.Msg) (tea.Model, tea.Cmd) {
	top, out := w.top().Update(msg, w.state)
	w = w.over(top)
	changed := !reflect.DeepEqual(w.state, out.State)
	w.state = out.State
	var cmd tea.Cmd
	switch {
	case out.Ask != "":
		w.ask = w.confirm(out.Ask, func(w Wizard) (Wizard, tea.Cmd) {
			w.state = out.Yes(w.state)
			return w.refreshed()
		})
	case out.Preview:
		w.frame = w.frame.ShowPreview(true)
		w = w.laidOut()
	case out.Open != nil && out.Instead:
		w = w.over(out.Open)
	case out.Open != nil:
		w.screens = append(append([]screen.Model(nil), w.screens...), out.Open)
	case out.Move != screen.Stay:
		w, cmd = w.moved(out)
		return w, tea.Batch(out.Cmd, cmd)
	}
	if changed || out.Open != nil {
		w, cmd = w.refreshed()
	} else {
		w, cmd = w.previewed()
	}
	return w, tea.Batch(out.Cmd, cmd)
}
