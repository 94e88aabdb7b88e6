package wizard

import (
	"slices"

	"sleet/scaffold/validate"
	"sleet/steps/wizard/screen"

	tea "charm.land/bubbletea/v2"

	"sleet/scaffold/existing"
	"sleet/scaffold/migrate"
	"sleet/steps"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

const (
	startField = "start"
	// startLabel is the width of the folder's path.
	startLabel = 36
)

// startScreen offers what is possible in the folder.
type startScreen struct {
	screen.FormBase
	// glance reads the app that may be migrated; old is its main file.
	glance tea.Cmd
	old    ownFile
}

var _ screen.Model = startScreen{}

func newStartScreen(k *ui.Context, s steps.State, e steps.Effects) startScreen {
	var all []ui.Option
	for _, value := range steps.Offers(s, e) {
		label, brings := steps.OfferWords(k.T, s, value)
		all = append(all, ui.Option{Value: value, Title: label, Gives: brings})
	}
	h := ui.Head{ID: startField, Label: k.T("ask.start.label", "dir", k.CutMiddle(cells.Clean(s.Folder.Dir), startLabel)), Why: k.T("ask.start.why")}
	p := startScreen{FormBase: screen.FormBase{Context: k, Form: ui.NewForm(k, ui.NewChoice(k, h, all...))}}
	if e.Glance != nil && slices.ContainsFunc(all, func(o ui.Option) bool { return o.Value == steps.StartMigrate }) {
		p.glance = glancing(s, e.Glance)
	}
	return p
}

func (p startScreen) Init() tea.Cmd { return p.glance }

// glancedMsg is the main file of the existing app.
type glancedMsg ownFile

// glancing reads the main file of the app in the folder and the migrated version of it. If there is none, the preview
// stays empty.
func glancing(s steps.State, glance func() (*existing.Folder, error)) tea.Cmd {
	return func() tea.Msg {
		folder, err := glance()
		if err != nil || len(folder.Apps) == 0 {
			return nil
		}
		s := steps.Begin(s, steps.StartMigrate)
		s, err = s.WithScan(folder, nil)
		main := mainOf(s.Migration.App())
		text, _ := folder.Content(main)
		old := ownFile{path: main, text: string(text), then: string(text)}
		if err != nil {
			return glancedMsg(old)
		}
		plan, err := s.Migration.Plan(s.App)
		if i := slices.IndexFunc(plan.Changes, func(c migrate.Change) bool { return c.Path == main }); err == nil && i >= 0 {
			old.then = string(plan.Changes[i].New)
		}
		return glancedMsg(old)
	}
}

func (p startScreen) Update(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	if m, ok := msg.(glancedMsg); ok {
		p.old = ownFile(m)
		return p, screen.Outcome{State: s}
	}
	var cmd tea.Cmd
	p.Form, cmd = p.Form.Update(msg)
	out := screen.Outcome{State: s, Cmd: cmd}
	if p.Form.Action().Kind == ui.Submit {
		choice, _ := ui.Get[ui.Choice](p.Form, startField)
		out.State, out.Move = steps.Begin(s, choice.Value()), screen.Next
		if choice.Value() == steps.StartDeploy {
			out.Move, out.To = screen.Jump, screen.Place{Step: steps.AccountStep}
		}
	}
	return p, out
}

func (p startScreen) Show(steps.State, []validate.Problem) screen.Model { return p }
func (p startScreen) Resize(w, h int) screen.Model                      { p.Form = p.Form.SetSize(w, h); return p }

func (p startScreen) Restyle(k *ui.Context) screen.Model {
	p.Context, p.Form = k, p.Form.WithContext(k)
	return p
}

// mainOf returns the app's main file, or its first file of code if none is named.
func mainOf(app *existing.App) string {
	if code := app.Code(); app.Main == "" && len(code) > 0 {
		return code[0]
	}
	return app.Main
}

// looked returns the offer under the cursor.
func (p startScreen) looked() string {
	choice, _ := ui.Get[ui.Choice](p.Form, startField)
	return choice.Value()
}

// Enters returns the text of what enter does with the offer under the cursor.
func (p startScreen) Enters() message.ID {
	switch p.looked() {
	case steps.StartDeploy, steps.StartConnect:
		return "ask.start.connect.key"
	case steps.StartMigrate:
		return "ask.start.move.key"
	}
	return "ui.key.enter"
}

// Focus is different for each offer, so that the preview does not mark the difference between two offers as changes.
func (p startScreen) Focus() string { return startField + "/" + p.looked() }

// File returns the file of the offer: the SQL statements for deploying, otherwise the app's main file.
func (p startScreen) File(steps.State) string {
	if p.looked() == steps.StartDeploy {
		return steps.FileSetup
	}
	return ""
}

// Peek returns the State that the offer under the cursor starts from.
func (p startScreen) Peek(s steps.State) steps.State { return steps.Begin(s, p.looked()) }

// existingFile returns the main file of an existing app: for a migration with its migrated version, for an update as it
// is on disk.
func (p startScreen) existingFile(s steps.State) (ownFile, bool) {
	switch p.looked() {
	case steps.StartMigrate:
		return p.old, true
	case steps.StartUpdate:
		main := s.App.Resolve().App.MainFile
		text, there := s.Folder.Files[main]
		return ownFile{path: main, text: string(text), then: string(text)}, there
	default:
		return ownFile{}, false
	}
}
