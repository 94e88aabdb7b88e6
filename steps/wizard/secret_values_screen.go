package wizard

import (
	"maps"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"

	"sleet/scaffold/validate"

	tea "charm.land/bubbletea/v2"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/steps/wizard/screen"
	"sleet/ui"
	"sleet/ui/message"
)

const (
	givenPrefix = "secret_values."
	givenPath   = "secret_values.path"
)

// secretValuesScreen asks for the values of secrets. They stay in memory and are masked.
type secretValuesScreen struct {
	screen.FormBase
	account  steps.Account
	needed   []deploy.ValuePart
	others   []deploy.ValuePart
	problems map[string]string
	// touched are the fields that were edited or passed with enter. Other fields show no problems.
	touched map[string]bool
	// part is the one whose value is read from a file; the form then asks for the path.
	part *deploy.ValuePart
	path ui.Form
	w, h int
}

var _ screen.Model = secretValuesScreen{}

func newSecretValuesScreen(k *ui.Context, s steps.State, account steps.Account, assessment deploy.Assessment) secretValuesScreen {
	p := secretValuesScreen{FormBase: screen.FormBase{Context: k}, account: account, problems: map[string]string{}, touched: map[string]bool{}}
	p.needed, p.others = steps.WantedParts(s.App, assessment)
	var fields []ui.Field
	for _, part := range p.needed {
		fields = append(fields, p.field(s, part, k.T("secret_values.why")))
	}
	for _, part := range p.others {
		why, empty := k.T("secret_values.keep_why"), k.T("secret_values.keep")
		if steps.SecretNotListed(assessment, part.Key) {
			why, empty = k.T("secret_values.unseen_why"), k.T("secret_values.unseen")
		}
		fields = append(fields, p.placeholder(p.field(s, part, why), empty))
	}
	p.Form = ui.NewForm(k, fields...)
	return p
}

// field returns the field for a part of a value: a user name in plain text, anything else masked.
func (p secretValuesScreen) field(s steps.State, part deploy.ValuePart, why string) ui.Field {
	h := ui.Head{ID: givenPrefix + part.String(), Label: part.String(), Why: why}
	var f ui.Field = ui.NewSecretField(p.Context, h)
	if part.Visible() {
		f = ui.NewTextField(p.Context, h)
	}
	if value, ok := s.SecretValues[part]; ok {
		f = withValue(f, value)
	}
	return f
}

// placeholder sets the text of an empty field.
func (secretValuesScreen) placeholder(f ui.Field, words string) ui.Field {
	switch f := f.(type) {
	case ui.TextField:
		return f.WithPlaceholder(words)
	case ui.SecretField:
		return f.WithPlaceholder(words)
	}
	return f
}

// withValue sets the value of a field of this screen.
func withValue(f ui.Field, value snowflake.Secret) ui.Field {
	switch f := f.(type) {
	case ui.TextField:
		return f.WithValue(value.Reveal())
	case ui.SecretField:
		return f.WithValue(value.Reveal())
	}
	return f
}

// value returns the value of a field of this screen.
func (p secretValuesScreen) value(id string) snowflake.Secret {
	if f, ok := ui.Get[ui.TextField](p.Form, id); ok {
		return snowflake.NewSecret(f.Value())
	}
	f, _ := ui.Get[ui.SecretField](p.Form, id)
	return screen.SecretOf(f)
}

// here returns the focused part.
func (p secretValuesScreen) here() (deploy.ValuePart, bool) {
	for _, part := range p.parts() {
		if givenPrefix+part.String() == p.Form.Focused() {
			return part, true
		}
	}
	return deploy.ValuePart{}, false
}

func (p secretValuesScreen) parts() []deploy.ValuePart {
	return append(append([]deploy.ValuePart(nil), p.needed...), p.others...)
}

func (p secretValuesScreen) Update(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	if m, ok := msg.(valueMsg); ok {
		return p.read(m, s)
	}
	if p.part != nil {
		return p.choosingFile(msg, s)
	}
	if m, ok := msg.(tea.KeyPressMsg); ok && key.Matches(m, p.fromFile()) && p.account.ReadValue != nil {
		if part, ok := p.here(); ok {
			p.part = &part
			head := ui.Head{ID: givenPath, Label: p.Context.T("secret_values.path"), Why: p.Context.T("secret_values.path_why", "secret", part.String())}
			p.path = ui.NewForm(p.Context, ui.NewTextField(p.Context, head)).SetSize(p.w, p.h)
		}
		return p, out
	}
	p.Form, out.Cmd = p.Form.Update(msg)
	switch action := p.Form.Action(); action.Kind {
	case ui.Changed:
		p = p.touching(action.Field)
		p.problems = maps.Clone(p.problems)
		delete(p.problems, action.Field)
		p = p.noted()
	case ui.Submit:
		return p.touching(action.Field).submitted(s)
	case ui.Nothing, ui.Add, ui.Edit, ui.Remove, ui.Choose, ui.Cancel:
	}
	return p, out
}

// choosingFile handles the question for a file's path.
func (p secretValuesScreen) choosingFile(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	if m, ok := msg.(tea.KeyPressMsg); ok && key.Matches(m, p.Context.Keys.Back) {
		p.part, p.path = nil, ui.Form{}
		return p, out
	}
	p.path, out.Cmd = p.path.Update(msg)
	if p.path.Action().Kind == ui.Submit {
		f, _ := ui.Get[ui.TextField](p.path, givenPath)
		part, path, read := *p.part, f.Value(), p.account.ReadValue
		p.part, p.path = nil, ui.Form{}
		out.Cmd = func() tea.Msg {
			value, err := read(path)
			return valueMsg{part, value, err}
		}
	}
	return p, out
}

// read handles a value read from a file.
func (p secretValuesScreen) read(m valueMsg, s steps.State) (screen.Model, screen.Outcome) {
	id := givenPrefix + m.part.String()
	p = p.touching(id)
	p.problems = maps.Clone(p.problems)
	delete(p.problems, id)
	if f := p.Form.Field(id); f != nil && m.err == nil {
		p.Form = p.Form.Set(withValue(f, m.value))
	} else if m.err != nil {
		p.problems[id] = steps.SayError(p.Context.T, m.err)
	}
	return p.noted(), screen.Outcome{State: s}
}

// touching adds a field to those that show problems.
func (p secretValuesScreen) touching(id string) secretValuesScreen {
	p.touched = maps.Clone(p.touched)
	p.touched[id] = true
	return p
}

// submitted stores the values. The first value that is missing or that Snowflake does not accept gets the focus.
func (p secretValuesScreen) submitted(s steps.State) (screen.Model, screen.Outcome) {
	given := deploy.SecretValues{}
	p.problems = map[string]string{}
	first := ""
	fail := func(id, words string) {
		if p.touched[id] {
			p.problems[id] = words
		}
		if first == "" {
			first = id
		}
	}
	for i, part := range p.parts() {
		id := givenPrefix + part.String()
		value := p.value(id)
		switch {
		case value.Empty() && i < len(p.needed):
			fail(id, p.Context.T("secret_values.missing"))
		case value.Empty():
		default:
			if err := deploy.CheckValue(part, value); err != nil {
				fail(id, p.Context.T.Say(message.Of(err)))
			}
			given[part] = value
		}
	}
	for _, part := range given.Partial(p.parts()) {
		if slices.Contains(p.others, part) { // leaving it empty was an answer
			p = p.touching(givenPrefix + part.String())
		}
		fail(givenPrefix+part.String(), p.Context.T("secret_values.half"))
	}
	if first != "" {
		p.Form = p.Form.Focus(first)
		return p.noted(), screen.Outcome{State: s}
	}
	s.SecretValues = given
	return p, screen.Outcome{State: s, Move: screen.Next}
}

func (p secretValuesScreen) noted() secretValuesScreen {
	notes := map[string][]ui.Note{}
	for id, words := range p.problems {
		notes[id] = []ui.Note{{Level: ui.Problem, Text: words}}
	}
	p.Form = p.Form.SetNotes(notes)
	return p
}

// fromFile returns the key that reads a value from a file.
func (p secretValuesScreen) fromFile() key.Binding {
	return key.NewBinding(key.WithKeys("ctrl+o"), key.WithHelp("ctrl+o", p.Context.T("secret_values.file")))
}

func (p secretValuesScreen) View() string {
	if p.part != nil {
		return p.path.View()
	}
	if len(p.parts()) == 0 {
		return strings.Join(p.Context.Paragraph(ui.Paragraph{Text: p.Context.T("secret_values.none")}, max(p.w, 1)), "\n")
	}
	return p.Form.View()
}

func (p secretValuesScreen) Cursor() (x, y int, ok bool) {
	if p.part != nil {
		return p.path.Cursor()
	}
	return p.Form.Cursor()
}

func (p secretValuesScreen) Wants(m tea.KeyPressMsg) bool {
	return p.part != nil && key.Matches(m, p.Context.Keys.Back) || p.Form.Wants(m)
}

func (p secretValuesScreen) Keys() []key.Binding {
	if p.part != nil {
		return []key.Binding{p.Context.Keys.Enter, p.Context.Keys.Back}
	}
	if p.account.ReadValue == nil {
		return []key.Binding{p.Context.Keys.Enter}
	}
	return append(p.Form.Keys(), p.fromFile())
}

func (p secretValuesScreen) Show(steps.State, []validate.Problem) screen.Model { return p }
func (p secretValuesScreen) Focus() string                                     { return p.Form.Focused() }

func (p secretValuesScreen) File(steps.State) string { return steps.FileSetup }

func (p secretValuesScreen) Resize(w, h int) screen.Model {
	p.w, p.h = w, h
	p.Form, p.path = p.Form.SetSize(w, h), p.path.SetSize(w, h)
	return p
}

func (p secretValuesScreen) Restyle(k *ui.Context) screen.Model {
	p.Context, p.Form = k, p.Form.WithContext(k)
	if p.part != nil {
		p.path = p.path.WithContext(k)
	}
	return p
}
