package wizard

import (
	"strings"

	"sleet/scaffold/validate"

	tea "charm.land/bubbletea/v2"

	"sleet/scaffold/catalogue"
	"sleet/steps"
	"sleet/ui"
)

// pickScreen lets the person choose one of the options that the runtime obeys, then asks for
// its value.
type pickScreen struct {
	formBase
	options []catalogue.Option
}

var _ Model = pickScreen{}

const pickField = "config.pick"

func newPickScreen(k *ui.Context, s steps.State, typed string) pickScreen {
	p := pickScreen{formBase: formBase{kit: k}, options: steps.ConfigOptions(s)}
	items := make([]ui.Item, len(p.options))
	for i, o := range p.options {
		_, set := s.App.Config[o.Key]
		items[i] = ui.Item{Title: o.Key, Detail: presetWords(k, o), Marked: set, Group: groupWords(o.Section)}
	}
	p.form = ui.NewForm(k, ui.NewPick(k, p.head(), items...).WithFilter(typed))
	return p.explained()
}

// groupWords is the heading of a section: its name, and what it is for where that fits the line.
func groupWords(section string) string {
	for _, s := range catalogue.Sections() {
		if s.Name == section {
			return "[" + section + "]  " + strings.TrimSuffix(strings.Join(strings.Fields(s.Description), " "), ".")
		}
	}
	return "[" + section + "]"
}

func presetWords(k *ui.Context, o catalogue.Option) string {
	if preset := steps.OptionText(o.Default); preset != "" {
		return k.T("ask.config.default", "value", preset)
	}
	return ""
}

func (p pickScreen) head() ui.Head {
	return ui.Head{ID: pickField, Label: p.kit.T("ask.config.pick"), Link: link(steps.PageOptions)}
}

// explained shows the description of the option under the cursor.
func (p pickScreen) explained() pickScreen {
	pick, ok := ui.Get[ui.Pick](p.form, pickField)
	if !ok {
		return p
	}
	h := p.head()
	if i, ok := pick.Item(); ok {
		h.Why = p.options[i].Summary()
	}
	p.form = p.form.Set(pick.WithHead(h))
	return p
}

// update narrows the list; an option chosen gives way to the question for its value.
func (p pickScreen) Update(msg tea.Msg, s steps.State) (Model, outcome) {
	var cmd tea.Cmd
	p.form, cmd = p.form.Update(msg)
	out := outcome{state: s, cmd: cmd}
	if action := p.form.Action(); action.Kind == ui.Choose && action.Index < len(p.options) {
		out.open, out.instead = optionScreen(p.kit, s, p.options[action.Index].Key), true
	}
	return p.explained(), out
}

func (p pickScreen) Resize(w, h int) Model {
	p.form = p.form.SetSize(w, h)
	return p
}

func (p pickScreen) Restyle(k *ui.Context) Model {
	p.kit, p.form = k, p.form.WithContext(k)
	return p
}

func (p pickScreen) Show(steps.State, []validate.Problem) Model { return p }
func (p pickScreen) Focus() string                               { return pickField }
func (p pickScreen) File(steps.State) string                     { return steps.FileConfig }
