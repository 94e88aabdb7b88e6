package steps

import (
	tea "charm.land/bubbletea/v2"

	"sleet/scaffold"
	"sleet/ui"
)

const startField = "start"

// startScreen offers what fits the folder.
type startScreen struct {
	formed
}

var _ screen = startScreen{}

// What can be done in a folder.
const (
	startUpdate = "update"
	startResume = "resume"
	startNew    = "new"
	startFresh  = "fresh"
)

func newStartScreen(k *ui.Kit, s State) startScreen {
	var all []ui.Option
	for _, value := range Offers(s) {
		all = append(all, ui.Option{
			Value: value, Title: k.T("ask.start." + value + ".label"), Gives: k.T("ask.start." + value + ".brings"),
		})
	}
	h := ui.Head{ID: startField, Label: k.T("ask.start.label"), Why: k.T("ask.start.why")}
	return startScreen{formed{k, ui.NewForm(k, ui.NewChoice(k, h, all...))}}
}

// Offers lists what fits the folder, the most likely first; "ask.start." has their words.
func Offers(s State) []string {
	var all []string
	if s.Draft != nil {
		all = append(all, startResume)
	}
	switch {
	case s.Folder.Saved:
		all = append(all, startUpdate)
	case s.Draft != nil:
		all = append(all, startFresh)
	default:
		all = append(all, startNew)
	}
	return all
}

func (p startScreen) update(msg tea.Msg, s State) (screen, outcome) {
	var cmd tea.Cmd
	p.form, cmd = p.form.Update(msg)
	out := outcome{state: s, cmd: cmd}
	if p.form.Action().Kind == ui.Submit {
		choice, _ := ui.Get[ui.Choice](p.form, startField)
		out.state, out.move = Begin(s, choice.Value()), onward
	}
	return p, out
}

// Begin gives the State that an offer starts from. A draft that was taken up is none any more.
func Begin(s State, offer string) State {
	switch offer {
	case startResume:
		written := s.App.Written
		s.App = s.Draft.Clone()
		s.App.Folder, s.App.Written = s.Folder.App.Folder, written
		s.Draft = nil
	case startFresh:
		s.Draft = nil
	}
	return s
}

func (p startScreen) show(State, []scaffold.Problem) screen { return p }
func (p startScreen) resize(w, h int) screen                { p.form = p.form.SetSize(w, h); return p }

func (p startScreen) restyle(k *ui.Kit) screen { p.kit, p.form = k, p.form.WithKit(k); return p }
func (p startScreen) focus() string            { return startField }

func (p startScreen) file(State) string { return "" }
