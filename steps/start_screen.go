package steps

import (
	"maps"
	"path"
	"slices"

	tea "charm.land/bubbletea/v2"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate"
	"sleet/ui"
)

const startField = "start"

// startScreen offers what fits the folder.
type startScreen struct {
	formed
	// glance reads the app that may be moved, old is what came of it.
	glance tea.Cmd
	old    ownFile
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
	p := startScreen{formed: formed{k, ui.NewForm(k, ui.NewChoice(k, h, all...))}}
	if e.Glance != nil && slices.ContainsFunc(all, func(o ui.Option) bool { return o.Value == startMove }) {
		p.glance = glancing(s, e.Glance)
	}
	return p
}

func (p startScreen) init() tea.Cmd { return p.glance }

// glancedMsg is the old app's main file.
type glancedMsg ownFile

// glancing finds the main file of the app that stands in the folder, and what a move makes of it.
// Where there is none to be read, there is nothing to show.
func glancing(s State, glance func() (*existing.Folder, error)) tea.Cmd {
	return func() tea.Msg {
		folder, err := glance()
		if err != nil || len(folder.Apps) == 0 {
			return nil
		}
		s := Begin(s, startMove)
		s, err = s.Scanned(folder, nil)
		main := mainOf(s.Move.app())
		text, _ := folder.Content(main)
		old := ownFile{path: main, text: string(text), then: string(text)}
		if err != nil {
			return glancedMsg(old)
		}
		plan, err := s.Move.Plan(s.App)
		if i := slices.IndexFunc(plan.Changes, func(c migrate.Change) bool { return c.Path == main }); err == nil && i >= 0 {
			old.then = string(plan.Changes[i].New)
		}
		return glancedMsg(old)
	}
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
	if m, ok := msg.(glancedMsg); ok {
		p.old = ownFile(m)
		return p, outcome{state: s}
	}
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

// mainOf is the app's main file, or the first of its code where no file names one.
func mainOf(app *existing.App) string {
	if code := app.Code(); app.Main == "" && len(code) > 0 {
		return code[0]
	}
	return app.Main
}

// looked is the offer under the cursor.
func (p startScreen) looked() string {
	choice, _ := ui.Get[ui.Choice](p.form, startField)
	return choice.Value()
}

// focus is another with each offer: what is shown for one is no change of what was for the other.
func (p startScreen) focus() string { return startField + "/" + p.looked() }

// file is what an offer is about: for setting up the statements, else the app's main file.
func (p startScreen) file(State) string {
	if p.looked() == StartLive {
		return fileSetup
	}
	return ""
}

// peek gives the State that the offer under the cursor starts from.
func (p startScreen) peek(s State) State { return Begin(s, p.looked()) }

// stands gives the main file of an app that is there: the one to be moved with what the move makes of
// it, or the one to be changed as the person left it.
func (p startScreen) stands(s State) (ownFile, bool) {
	switch p.looked() {
	case startMove:
		return p.old, true
	case startUpdate:
		main := s.App.Resolve().App.MainFile
		text, there := s.Folder.Files[main]
		return ownFile{path: main, text: string(text), then: string(text)}, there
	default:
		return ownFile{}, false
	}
}
