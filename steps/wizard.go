package steps

import (
	"reflect"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/ui"
)

// Wizard is the program on the screen: it keeps the State, routes keys to the screen on top, and
// moves along the path. Every change of an answer goes through it, so the preview and the
// problems are always those of the answers shown.
type Wizard struct {
	kit     *ui.Kit
	look    look
	effects Effects
	state   State
	first   scaffold.App // the answers the wizard started with
	step    StepID
	screens []screen // the step's screen, and those opened over it
	detour  bool     // the step was jumped to from the review and leads back there
	frame   ui.Frame
	preview preview
	w, h    int
	help    *ui.Help
	ask     *ask
	notice  string
	end     Ending
}

// Ending is how the wizard was left.
type Ending int

// The endings.
const (
	// Running is no ending yet.
	Running Ending = iota
	// Finished is an app written.
	Finished
	// Quit is a person who left before.
	Quit
)

// look is how the terminal can show things.
type look struct {
	dark    bool
	profile colorprofile.Profile
	unicode bool
	words   ui.Translate
}

func (l look) kit() *ui.Kit { return ui.NewKit(ui.NewTheme(l.dark, l.profile, l.unicode), l.words) }

// ask is a question over the screen and what a yes does.
type ask struct {
	dialog ui.Confirm
	yes    func(Wizard) (Wizard, tea.Cmd)
}

// keptMsg says that the draft was saved, or why not.
type keptMsg struct{ err error }

// newWizard opens the first step of the path.
func newWizard(s State, effects Effects, l look) Wizard {
	k := l.kit()
	w := Wizard{
		kit: k, look: l, effects: effects, state: s, first: s.App.Clone(),
		frame: ui.NewFrame(k, "sleet"), preview: newPreview(k), w: ui.SplitWidth, h: 2 * ui.MinHeight,
	}
	w, _ = w.enter(place{step: Path(s)[0]})
	return w
}

// Init asks the terminal for its colours; nothing waits for the answer.
func (w Wizard) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, w.preview.code.Init(), w.top().init())
}

// Ending says how the wizard was left, and State with which answers.
func (w Wizard) Ending() Ending { return w.end }

// State gives the answers as they stand.
func (w Wizard) State() State { return w.state }

func (w Wizard) top() screen { return w.screens[len(w.screens)-1] }

// over puts a screen on top in the place of the one there.
func (w Wizard) over(top screen) Wizard {
	w.screens = append(append([]screen(nil), w.screens[:len(w.screens)-1]...), top)
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
	case ui.HighlightedMsg:
		w.preview = w.preview.update(m)
		return w, nil
	case keptMsg:
		if m.err != nil {
			w.notice = m.err.Error()
		}
		return w, nil
	case tea.KeyPressMsg:
		return w.pressed(m)
	}
	return w.toScreen(msg)
}

// pressed handles a key: what stands over the screen first, then the wizard's own keys unless
// the screen wants them, then the screen.
func (w Wizard) pressed(m tea.KeyPressMsg) (tea.Model, tea.Cmd) {
	keys := w.kit.Keys
	w.notice = ""
	switch {
	case key.Matches(m, keys.Quit):
		return w.quit()
	case w.ask != nil:
		return w.answered(m)
	case w.help != nil:
		help, _ := w.help.Update(m)
		w.help = &help
		if help.Closed() {
			w.help = nil
		}
		return w, nil
	case w.frame.PreviewShown() && !key.Matches(m, keys.Preview, keys.NextFile, keys.Back, keys.Enter):
		w.preview = w.preview.scroll(m)
		return w, nil
	}
	if next, cmd, ok := w.own(m); ok {
		return next, cmd
	}
	return w.toScreen(m)
}

// own acts on the wizard's keys; ok is false for a key of the screen.
func (w Wizard) own(m tea.KeyPressMsg) (Wizard, tea.Cmd, bool) {
	keys := w.kit.Keys
	switch {
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
	case w.step == Writing || w.step == Done:
		return w, nil, false
	case key.Matches(m, keys.Review) && w.step != Start:
		next, cmd := w.enter(place{step: Reviewed})
		return next, cmd, true
	case key.Matches(m, keys.Help) && (!w.top().typing() || m.Text == ""):
		help := ui.NewHelp(w.kit, w.kit.Groups()...).SetSize(w.w-4, w.h-2)
		w.help = &help
		return w, nil, true
	case key.Matches(m, keys.Back) && !w.top().wants(m):
		next, cmd := w.back()
		return next, cmd, true
	}
	return w, nil, false
}

// toScreen hands a message to the screen on top and acts on what follows.
func (w Wizard) toScreen(msg tea.Msg) (tea.Model, tea.Cmd) {
	top, out := w.top().update(msg, w.state)
	w = w.over(top)
	changed := !reflect.DeepEqual(w.state, out.state)
	w.state = out.state
	var cmd tea.Cmd
	switch {
	case out.ask != "":
		w.ask = w.confirm(out.ask, func(w Wizard) (Wizard, tea.Cmd) {
			w.state = out.yes(w.state)
			return w.refreshed()
		})
	case out.open != nil && out.instead:
		w = w.over(out.open)
	case out.open != nil:
		w.screens = append(append([]screen(nil), w.screens...), out.open)
	case out.move != stay:
		w, cmd = w.moved(out)
		return w, tea.Batch(out.cmd, cmd)
	}
	if changed || out.open != nil {
		w, cmd = w.refreshed()
	} else {
		w, cmd = w.previewed()
	}
	return w, tea.Batch(out.cmd, cmd)
}

// moved goes where a screen wants to go.
func (w Wizard) moved(out outcome) (Wizard, tea.Cmd) {
	switch out.move {
	case stay:
	case onward:
		if len(w.screens) > 1 {
			return w.closed()
		}
		if w.detour {
			return w.enter(place{step: Reviewed})
		}
		next, _ := Next(w.state, w.step)
		return w.enter(place{step: next})
	case jump:
		w, cmd := w.enter(out.to)
		w.detour = out.to.step != Reviewed && !(out.to.step == AppStep && out.to.path == "")
		return w, cmd
	case write:
		return w.enter(place{step: Writing})
	case finish:
		w.end = Finished
		return w, tea.Quit
	}
	return w, nil
}

// back closes the screen on top, or goes to the step before.
func (w Wizard) back() (Wizard, tea.Cmd) {
	if len(w.screens) > 1 {
		return w.closed()
	}
	if w.detour {
		return w.enter(place{step: Reviewed})
	}
	if before, ok := Back(w.state, w.step); ok {
		return w.enter(place{step: before})
	}
	return w.quit()
}

// closed takes the screen on top away.
func (w Wizard) closed() (Wizard, tea.Cmd) {
	w.screens = append([]screen(nil), w.screens[:len(w.screens)-1]...)
	return w.refreshed()
}

// enter opens a step, and in it the answer with a path; the draft is saved on the way.
func (w Wizard) enter(to place) (Wizard, tea.Cmd) {
	w.step, w.detour = to.step, false
	w.screens = []screen{w.screenOf(to)}
	if row := w.rowOf(to); row != nil {
		w.screens = append(w.screens, row)
	}
	w.preview = w.preview.reset()
	w, cmd := w.laidOut().refreshed()
	return w, tea.Batch(cmd, w.top().init(), w.keep())
}

// screenOf makes the screen of a step.
func (w Wizard) screenOf(to place) screen {
	switch to.step {
	case Start:
		return newStartScreen(w.kit, w.state)
	case Runtime:
		return newRuntimeScreen(w.kit, w.state)
	case Secrets:
		return newRowsScreen(w.kit, w.state, secretRowsOf{})
	case Config:
		return newRowsScreen(w.kit, w.state, configRowsOf{})
	case Reviewed:
		return newReviewScreen(w.kit, w.state)
	case Writing:
		return newWriteScreen(w.kit, w.state, w.effects)
	case Done:
		return newDoneScreen(w.kit, w.state)
	case AppStep, Compute, Packages, Hosts, Values, Roles:
	}
	form := newFormScreen(w.kit, w.state, func(s State) []Question { return Questions(to.step, s) })
	return form.at(to.path)
}

// rowOf makes the screen of the secret or option that a path names; nil when it names none.
func (w Wizard) rowOf(to place) screen {
	switch to.step {
	case Secrets:
		rest, ok := strings.CutPrefix(to.path, "secrets[")
		digits, _, closed := strings.Cut(rest, "]")
		row, err := strconv.Atoi(digits)
		if ok && closed && err == nil && row < len(w.state.App.Secrets) {
			return newFormScreen(w.kit, w.state, func(s State) []Question { return SecretQuestions(s, row) }).at(to.path)
		}
	case Config:
		name := strings.TrimPrefix(to.path, "config.")
		if _, set := w.state.App.Config[name]; set {
			return optionScreen(w.kit, w.state, name)
		}
	default:
	}
	return nil
}

// keep saves the answers for the next time, once there is something to lose.
func (w Wizard) keep() tea.Cmd {
	switch {
	case w.step == Done && w.effects.Drop != nil:
		return func() tea.Msg { return keptMsg{w.effects.Drop()} }
	case w.step == Writing || w.step == Done || !w.dirty() || w.effects.Keep == nil:
		return nil
	}
	app := w.state.App.Clone()
	return func() tea.Msg { return keptMsg{w.effects.Keep(app)} }
}

// dirty says whether an answer changed since the wizard started.
func (w Wizard) dirty() bool { return !w.state.App.Equal(w.first) }

// quit leaves, after a question when there is something to lose.
func (w Wizard) quit() (Wizard, tea.Cmd) {
	leave := func(w Wizard) (Wizard, tea.Cmd) {
		w.end = Quit
		if w.step == Done {
			w.end = Finished
		}
		return w, tea.Sequence(w.keep(), tea.Quit)
	}
	if w.ask != nil || w.step == Done || !w.dirty() {
		return leave(w)
	}
	words := w.kit.T("quit.ask")
	w.ask = &ask{yes: leave, dialog: ui.NewConfirm(w.kit, w.kit.T("quit.title"), words).
		WithAnswers(w.kit.T("quit.yes"), w.kit.T("quit.no"))}
	return w, nil
}

func (w Wizard) confirm(words string, yes func(Wizard) (Wizard, tea.Cmd)) *ask {
	return &ask{dialog: ui.NewConfirm(w.kit, words, ""), yes: yes}
}

// answered takes the answer to a question.
func (w Wizard) answered(m tea.KeyPressMsg) (Wizard, tea.Cmd) {
	question := *w.ask
	question.dialog, _ = question.dialog.Update(m)
	switch action := question.dialog.Action(); {
	case action.Kind == ui.Choose && action.Index == 0:
		w.ask = nil
		return question.yes(w)
	case action.Kind == ui.Choose, action.Kind == ui.Cancel:
		w.ask = nil
	default:
		w.ask = &question
	}
	return w, nil
}

// refreshed brings every screen and the preview up to the State.
func (w Wizard) refreshed() (Wizard, tea.Cmd) {
	problems := w.state.App.Problems()
	screens := make([]screen, len(w.screens))
	left := w.frame.Left()
	for i, s := range w.screens {
		if left.W > 0 {
			s = s.resize(left.W, left.H)
		}
		screens[i] = s.show(w.state, problems)
	}
	w.screens = screens
	return w.previewed()
}

// laidOut gives every part its size.
func (w Wizard) laidOut() Wizard {
	w.frame = w.frame.SetSize(w.w, w.h)
	if left := w.frame.Left(); left.W > 0 {
		screens := make([]screen, len(w.screens))
		for i, s := range w.screens {
			screens[i] = s.resize(left.W, left.H)
		}
		w.screens = screens
	}
	if right := w.frame.Right(); right.W > 0 {
		w.preview = w.preview.resize(right.W, right.H)
	}
	return w
}

// restyled gives every part the look that the terminal turned out to have.
func (w Wizard) restyled() (Wizard, tea.Cmd) {
	w.kit = w.look.kit()
	w.frame = w.frame.WithKit(w.kit)
	screens := make([]screen, len(w.screens))
	for i, s := range w.screens {
		screens[i] = s.restyle(w.kit)
	}
	w.screens = screens
	var cmd tea.Cmd
	w.preview, cmd = w.preview.restyle(w.kit)
	w, more := w.laidOut().refreshed()
	return w, tea.Batch(cmd, more)
}

// previewed brings the preview up to the State, as it would be with the option looked at.
func (w Wizard) previewed() (Wizard, tea.Cmd) {
	var cmd tea.Cmd
	top := w.top()
	w.preview, cmd = w.preview.show(top.peek(w.state), top.file(w.state), top.anchor(w.state), string(w.step)+"/"+top.focus(), w.step == Reviewed)
	return w, cmd
}

// View draws the screen.
func (w Wizard) View() tea.View {
	screen := ui.Screen{
		Name:  snowflake.Plain(w.state.App.Resolve().App.Name),
		Steps: w.header(),
		Title: w.kit.T("step." + string(w.step) + ".title"), About: w.kit.T("step." + string(w.step) + ".about"),
		Left: w.top().view(), Right: w.preview.view(), Footer: w.footer(), Notice: ui.Clean(w.notice),
	}
	switch {
	case w.ask != nil:
		screen.Dialog = w.ask.dialog.View()
	case w.help != nil:
		screen.Dialog = w.help.View()
	}
	v := tea.NewView(w.frame.Render(screen))
	v.AltScreen = true
	v.WindowTitle = "sleet " + ui.Clean(screen.Name)
	if x, y, ok := w.top().cursor(); ok && screen.Dialog == "" && w.frame.Fits() && !w.frame.PreviewShown() {
		left := w.frame.Left()
		v.Cursor = tea.NewCursor(left.X+x, left.Y+y)
	}
	return v
}

// header gives the steps of the path; the writing stands with the end.
func (w Wizard) header() []ui.Step {
	var steps []ui.Step
	state := ui.Done
	if w.step == Start {
		state = ui.Ahead
	}
	for _, id := range Path(w.state) {
		if id == Start || id == Writing {
			continue
		}
		step := ui.Step{Title: w.kit.T("step." + string(id) + ".name"), State: state}
		if id == w.step || id == Done && w.step == Writing {
			step.State, state = ui.Here, ui.Ahead
		}
		steps = append(steps, step)
	}
	return steps
}

// footer lists the keys that work now.
func (w Wizard) footer() []key.Binding {
	keys := w.kit.Keys
	if w.frame.PreviewShown() {
		return []key.Binding{keys.Down, keys.NextFile, keys.Back, keys.Quit}
	}
	all := w.top().keys()
	if w.step == Writing || w.step == Done {
		return append(all, keys.Quit)
	}
	all = append(all, keys.Back)
	if w.step != Reviewed && w.step != Start {
		all = append(all, keys.Review)
	}
	return append(all, keys.Preview, keys.Help, keys.Quit)
}
