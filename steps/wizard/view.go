package wizard

import (
	"cmp"
	"slices"

	"charm.land/bubbles/v2/key"

	"sleet/scaffold/validate"
	"sleet/steps/deploy"
	"sleet/steps/wizard/screen"

	tea "charm.land/bubbletea/v2"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// refreshed updates all screens and the preview from the State.
func (w Wizard) refreshed() (Wizard, tea.Cmd) {
	problems := validate.Problems(w.state.App)
	w.wrong = wrongSteps(w.state, problems)
	screens := make([]screen.Model, len(w.screens))
	left := w.frame.Left()
	for i, s := range w.screens {
		if left.W > 0 {
			s = s.Resize(left.W, left.H)
		}
		screens[i] = s.Show(w.state, problems)
	}
	w.screens = screens
	return w.previewed()
}

// laidOut sets the size of every part.
func (w Wizard) laidOut() Wizard {
	w.frame = w.frame.SetSize(w.w, w.h)
	if left := w.frame.Left(); left.W > 0 {
		screens := make([]screen.Model, len(w.screens))
		for i, s := range w.screens {
			screens[i] = s.Resize(left.W, left.H)
		}
		w.screens = screens
	}
	if right := w.frame.Right(); right.W > 0 {
		w.preview = w.preview.resize(right.W, right.H)
	}
	return w
}

// restyled applies the colours that the terminal reported to every part.
func (w Wizard) restyled() (Wizard, tea.Cmd) {
	w.context = w.look.context()
	w.frame = w.frame.WithContext(w.context)
	screens := make([]screen.Model, len(w.screens))
	for i, s := range w.screens {
		screens[i] = s.Restyle(w.context)
	}
	w.screens = screens
	var cmd tea.Cmd
	w.preview, cmd = w.preview.restyle(w.context)
	w, more := w.laidOut().refreshed()
	return w, tea.Batch(cmd, more)
}

// previewed updates the preview from the State, including the option under the cursor.
func (w Wizard) previewed() (Wizard, tea.Cmd) {
	var cmd tea.Cmd
	top := w.top()
	focus := string(w.step) + "/" + top.Focus()
	if of, ok := top.(interface {
		existingFile(s steps.State) (ownFile, bool)
	}); ok {
		if file, there := of.existingFile(w.state); there {
			w.preview, cmd = w.preview.standing(file, focus)
			return w, cmd
		}
	}
	var merges map[string]string
	if review, ok := top.(reviewScreen); ok {
		merges = review.merges()
	}
	w.preview, cmd = w.preview.show(top.Peek(w.state), top.File(w.state), top.Anchor(w.state), focus, w.step == steps.ReviewStep, merges)
	return w, cmd
}

// screen returns the content of the frame.
func (w Wizard) screen() ui.Screen {
	title, about := w.context.T(w.step.Title()), w.context.T(w.step.About())
	if top, ok := w.top().(deployScreen); ok && top.over {
		title, about = w.context.T(top.ended()), w.context.T.Say(deploy.SessionMessage(top.assessment))
	}
	if top, ok := w.top().(doneScreen); ok && top.title != "" {
		title = top.title
	}
	dialog, notice := w.dialog(), cells.Clean(cmp.Or(w.notice, w.awaited))
	if dialog != "" {
		notice = "" // the footer shows the keys of the dialog
	}
	return ui.Screen{
		Name:  snowflake.Unquote(w.state.App.Resolve().App.Name),
		Steps: w.header(),
		Title: title, About: about,
		Left: w.top().View(), Right: w.preview.view(), Footer: w.footer(), Notice: notice, Dialog: dialog,
	}
}

// View draws the screen.
func (w Wizard) View() tea.View {
	screen := w.screen()
	v := tea.NewView(w.frame.Render(screen))
	v.AltScreen = true
	if !w.mouseless {
		v.MouseMode = tea.MouseModeCellMotion
	}
	v.WindowTitle = "sleet " + cells.Clean(screen.Name)
	if x, y, ok := w.top().Cursor(); ok && screen.Dialog == "" && w.frame.Fits() && !w.frame.PreviewShown() {
		left := w.frame.Left()
		v.Cursor = tea.NewCursor(left.X+x, left.Y+y)
	}
	return v
}

// headerSteps returns the steps in the header: those of the current journey, without writing, which is shown as the
// end. On the start screen they are those of the offer under the cursor.
func (w Wizard) headerSteps() []steps.StepID {
	s, at := w.state, w.step
	if at == steps.Start {
		if s = w.top().Peek(s); s.Deploys {
			at = steps.AccountStep
		}
	}
	path := steps.Journey(s, at)
	if steps.IsDeployStep(w.step) && slices.Contains(steps.Path(s), steps.Done) { // its files were written first
		path = append([]steps.StepID{steps.Done}, path...)
	}
	return slices.DeleteFunc(path, func(id steps.StepID) bool { return id == steps.Start || id == steps.Writing })
}

// header returns those steps with their states.
func (w Wizard) header() []ui.Step {
	path, here := w.headerSteps(), w.step
	if here == steps.Writing {
		here = steps.Done
	}
	at := slices.Index(path, here)
	if at < 0 { // jumped to from the review or the plan
		here = steps.ReviewStep
		if at = slices.Index(path, here); at < 0 {
			at = len(path) - 1
		}
	}
	steps := make([]ui.Step, 0, len(path))
	for i, id := range path {
		step := ui.Step{Title: w.context.T(id.Name()), State: w.passed(id, here, i < at)}
		if step.State == ui.Done && w.wrong[id] {
			step.State = ui.Wrong
		}
		steps = append(steps, step)
	}
	return steps
}

// passed returns the state of a step: steps before the current one are done, and so are steps that were done before the
// user went back.
func (w Wizard) passed(id, here steps.StepID, before bool) ui.StepState {
	switch {
	case w.step == steps.Start:
		return ui.Ahead
	case id == here:
		return ui.Here
	case before, w.seen[id], w.ticked[id]:
		return ui.Done
	default:
		return ui.Ahead
	}
}

// wrongSteps returns the steps with an answer that prevents writing the files.
func wrongSteps(s steps.State, problems []validate.Problem) map[steps.StepID]bool {
	wrong := map[steps.StepID]bool{}
	for _, p := range problems {
		if p.Severity == validate.Error {
			wrong[steps.StepOf(s, p.Path)] = true
		}
	}
	return wrong
}

// footer returns the keys that work now.
func (w Wizard) footer() []key.Binding {
	keys := w.context.Keys
	if asking := w.Confirmation(); asking != nil {
		return asking.Keys()
	}
	if w.frame.PreviewShown() {
		return []key.Binding{keys.Down, keys.NextFile, ui.WithDesc(keys.Edit, keys.Editor.Help().Desc), keys.Back, keys.Quit}
	}
	all := w.stepKeys()
	if w.writing() {
		return all
	}
	if top, ok := w.top().(deployScreen); ok && top.running() {
		return append(all, keys.Help)
	}
	switch {
	case w.step == steps.Writing:
		return append(all, keys.Quit)
	case w.step.Row().Closed:
		return append(all, keys.Help, keys.Quit)
	}
	leave := keys.Quit
	if w.leaves() { // one way out is enough here; the help lists the other
		leave, all = all[len(all)-1], all[:len(all)-1]
	}
	if w.reviewable() {
		all = append(all, keys.Review)
	}
	help := keys.Help
	if w.top().Typing() {
		help.SetHelp("f1", help.Help().Desc) // a question mark is typed as text
	}
	if !steps.HidesPreview(w.state, w.step) {
		all = append(all, keys.Preview)
	}
	return append(all, help, leave)
}

// stepKeys returns the keys of the top screen and the key that goes back, each with its effect here.
func (w Wizard) stepKeys() []key.Binding {
	keys := w.context.Keys
	all := slices.Clone(w.top().Keys())
	for i, b := range all {
		if b.Help() == keys.Enter.Help() {
			all[i] = ui.WithDesc(b, w.context.T(w.onEnter()))
		}
	}
	if w.step.Row().Closed {
		return all
	}
	if w.choosable() {
		all = slices.Insert(all, 0, w.fromAccount()) // first, so that a narrow footer does not drop it
	}
	if !w.top().Wants(escape) {
		all = append(all, ui.WithDesc(keys.Back, w.context.T(w.onBack())))
	}
	return all
}

// onEnter returns the text of what enter does on the screen.
func (w Wizard) onEnter() message.ID {
	if top, ok := w.top().(screen.Entering); ok {
		return top.Enters()
	}
	f, isForm := w.top().(formScreen)
	switch {
	case isForm && f.added != nil:
		return "ui.key.add"
	case isForm && len(w.screens) > 1:
		return "ui.key.save"
	case w.detour && w.deploying():
		return "rows.key_to_plan"
	case w.detour:
		return "rows.key_to_review"
	}
	return "ui.key.enter"
}

// onBack returns the text of what esc does on the screen.
func (w Wizard) onBack() message.ID {
	f, isForm := w.top().(formScreen)
	_, before := steps.Back(w.state, w.step)
	switch {
	case isForm && f.added != nil:
		return "rows.key_discard"
	case len(w.screens) > 1 || w.detour || before:
		return "ui.key.back"
	}
	return "ui.key.quit"
}

// leaves reports whether esc quits on the screen, as it does on the first one.
func (w Wizard) leaves() bool { return !w.top().Wants(escape) && w.onBack() == "ui.key.quit" }

// reviewable reports whether a key leads to the review from here.
func (w Wizard) reviewable() bool {
	return w.step.Row().Review != nil && slices.Contains(steps.Journey(w.state, w.step), steps.ReviewStep)
}

// escape is the key that goes back, to ask a screen whether it wants it.
var escape = tea.KeyPressMsg{Code: tea.KeyEscape}
