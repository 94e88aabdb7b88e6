package steps

import (
	"maps"
	"path"
	"slices"

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
	startMove   = "move"
	// StartLive brings the app that stands here to an account, without another question about it.
	StartLive = "live"
)

func newStartScreen(k *ui.Kit, s State, e Effects) startScreen {
	var all []ui.Option
	for _, value := range Offers(s, e) {
		all = append(all, ui.Option{
			Value: value, Title: k.T("ask.start." + value + ".label"), Gives: k.T("ask.start." + value + ".brings"),
		})
	}
	h := ui.Head{ID: startField, Label: k.T("ask.start.label"), Why: k.T("ask.start.why")}
	return startScreen{formed{k, ui.NewForm(k, ui.NewChoice(k, h, all...))}}
}

// Offers lists what fits the folder, the most likely first; "ask.start." has their words.
func Offers(s State, e Effects) []string {
	var all []string
	if s.Draft != nil {
		all = append(all, startResume)
	}
	movable := e.Scan != nil && movable(s)
	if movable && !s.Folder.Saved {
		all = append(all, startMove)
	}
	switch {
	case s.Folder.Saved:
		all = append(all, startUpdate)
		if e.Account.offered() {
			all = append(all, StartLive)
		}
		if movable {
			all = append(all, startMove)
		}
	case s.Draft != nil:
		all = append(all, startFresh)
	default:
		all = append(all, startNew)
	}
	return all
}

// movable says whether an app of the warehouse runtime seems to stand in the folder.
func movable(s State) bool {
	if s.Folder.Saved {
		return s.Folder.App.Resolve().App.Runtime == scaffold.Warehouse
	}
	names := append(slices.Collect(maps.Keys(s.Folder.Files)), s.Folder.Others...)
	return slices.ContainsFunc(names, func(name string) bool {
		return path.Ext(name) == ".py" || name == "environment.yml" || name == "snowflake.yml"
	})
}

func (p startScreen) update(msg tea.Msg, s State) (screen, outcome) {
	var cmd tea.Cmd
	p.form, cmd = p.form.Update(msg)
	out := outcome{state: s, cmd: cmd}
	if p.form.Action().Kind == ui.Submit {
		choice, _ := ui.Get[ui.Choice](p.form, startField)
		out.state, out.move = Begin(s, choice.Value()), onward
		if choice.Value() == StartLive {
			out.move, out.to = jump, place{step: AccountStep}
		}
	}
	return p, out
}

// Begin gives the State that an offer starts from. A draft that was taken up is none any more.
func Begin(s State, offer string) State {
	s.Move, s.Live, s.Standing = nil, offer == StartLive, offer == StartLive
	switch offer {
	case startMove:
		s.Move = &Move{}
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

// peek gives the State that the offer under the cursor starts from.
func (p startScreen) peek(s State) State {
	choice, _ := ui.Get[ui.Choice](p.form, startField)
	return Begin(s, choice.Hover())
}

func (p startScreen) file(State) string { return "" }
