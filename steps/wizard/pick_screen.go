package wizard

import (
	"strings"

	"sleet/scaffold/validate"
	"sleet/steps/wizard/screen"

	tea "charm.land/bubbletea/v2"

	"sleet/scaffold/catalogue"
	"sleet/steps"
	"sleet/ui"
)

// pickScreen lets the user choose one of the options that the runtime supports, and then asks for its value.
type pickScreen struct {
	screen.FormBase
	options []catalogue.Option
}

var _ screen.Model = pickScreen{}

const pickField = "config.pick"

func newPickScreen(k *ui.Context, s steps.State, typed string) pickScreen {
	p := pickScreen{FormBase: screen.FormBase{Context: k}, options: steps.ConfigOptions(s)}
	items := make([]ui.Item, len(p.options))
	for i, o := range p.options {
		_, set := s.App.Config[o.Key]
		items[i] = ui.Item{Title: o.Key, Detail: presetWords(k, o), Marked: set, Group: groupWords(k, o.Section)}
	}
	p.Form = ui.NewForm(k, ui.NewPick(k, p.head(), items...).WithFilter(typed))
	return p.explained()
}

// groupWords returns the heading of a section: its name and what it is about.
func groupWords(k *ui.Context, section string) string {
	return strings.TrimSpace("[" + section + "]  " + k.T.Say(catalogue.SectionSummary(section)))
}

func presetWords(k *ui.Context, o catalogue.Option) string {
	if preset := steps.OptionText(o.Default); preset != "" {
		return k.T("ask.config.default", "value", preset)
	}
	return ""
}

func (p pickScreen) head() ui.Head {
	return ui.Head{ID: pickField, Label: p.Context.T("ask.config.pick"), Link: screen.Link(steps.PageOptions)}
}

// explained shows the description of the option under the cursor.
func (p pickScreen) explained() pickScreen {
	pick, ok := ui.Get[ui.Pick](p.Form, pickField)
	if !ok {
		return p
	}
	h := p.head()
	if i, ok := pick.Item(); ok {
		h.Why = p.Context.T.Say(p.options[i].Summary())
	}
	p.Form = p.Form.Set(pick.WithHead(h))
	return p
}

// Update filters the list; choosing an option opens the question for its value.
func (p pickScreen) Update(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	var cmd tea.Cmd
	p.Form, cmd = p.Form.Update(msg)
	out := screen.Outcome{State: s, Cmd: cmd}
	if action := p.Form.Action(); action.Kind == ui.Choose && action.Index < len(p.options) {
		out.Open, out.Instead = optionScreen(p.Context, s, p.options[action.Index].Key), true
	}
	return p.explained(), out
}

func (p pickScreen) Resize(w, h int) screen.Model {
	p.Form = p.Form.SetSize(w, h)
	return p
}

func (p pickScreen) Restyle(k *ui.Context) screen.Model {
	p.Context, p.Form = k, p.Form.WithContext(k)
	return p
}

func (p pickScreen) Show(steps.State, []validate.Problem) screen.Model { return p }
func (p pickScreen) Focus() string                                     { return pickField }
func (p pickScreen) File(steps.State) string                           { return steps.FileConfig }
