package wizard

import (
	"strings"

	"sleet/scaffold/validate"
	"sleet/steps/wizard/screen"

	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/ui"
	"sleet/ui/message"
)

const newProfilePrefix = "profile."

// profileScreen asks for a new connection and writes it where the Snowflake CLI reads it. It never asks for a password:
// sleet writes none to that file.
type profileScreen struct {
	screen.FormBase
	account steps.Account
	failure string
}

var _ screen.Model = profileScreen{}

func newProfileScreen(k *ui.Context, account steps.Account) profileScreen {
	var fields []ui.Field
	for _, name := range steps.ProfileFields() {
		id := newProfilePrefix + name
		head := ui.Head{
			ID: id, Label: k.T(message.ID(id + ".label")), Why: steps.OptionalText(k.T, message.ID(id+".why")),
			Link: screen.Link("https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections"),
		}
		if name == "authenticator" {
			var options []ui.Option
			for _, value := range steps.Authenticators() {
				options = append(options, ui.Option{Value: value, Title: k.T(message.ID(id + "." + value + ".label"))})
			}
			fields = append(fields, ui.NewChoice(k, head, options...).WithValue(options[0].Value))
			continue
		}
		fields = append(fields, ui.NewTextField(k, head))
	}
	fields = append(fields, ui.NewButton(k, ui.Head{ID: newProfilePrefix + "write", Label: k.T("profile.write.label"), Why: k.T("profile.write.why")}))
	return profileScreen{FormBase: screen.FormBase{Context: k, Form: ui.NewForm(k, fields...)}, account: account}
}

func (p profileScreen) Update(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	if m, ok := msg.(addedMsg); ok {
		if m.err != nil {
			p.failure = steps.SayError(p.Context.T, m.err)
			return p.noted(""), out
		}
		out.Move = screen.Next
		return p, out
	}
	p.Form, out.Cmd = p.Form.Update(msg)
	switch action := p.Form.Action(); action.Kind {
	case ui.Submit:
		if action.Field != newProfilePrefix+"write" { // only the button writes
			p.Form = p.Form.Next()
			return p, out
		}
		profile := p.profile()
		if missing := steps.MissingField(profile); missing != "" {
			p.Form = p.Form.Focus(newProfilePrefix + missing)
			return p.noted(newProfilePrefix + missing), out
		}
		add := p.account.AddProfile
		out.Cmd = func() tea.Msg { return addedMsg{profile.Name, add(profile)} }
	case ui.Changed:
		p.failure = ""
		p = p.noted("")
	case ui.Nothing, ui.Add, ui.Edit, ui.Remove, ui.Choose, ui.Cancel:
	}
	return p, out
}

// Enters returns the text of what enter does at the focused field.
func (p profileScreen) Enters() message.ID {
	if p.Form.Focused() == newProfilePrefix+"write" {
		return "ui.key.save"
	}
	return "ui.key.next"
}

// profile returns the connection in the form.
func (p profileScreen) profile() steps.Profile {
	value := func(name string) string {
		f, _ := ui.Get[ui.TextField](p.Form, newProfilePrefix+name)
		return strings.TrimSpace(f.Value())
	}
	way, _ := ui.Get[ui.Choice](p.Form, newProfilePrefix+"authenticator")
	made := steps.Profile{
		Name: value("name"), Account: value("account"), User: value("user"), Role: value("role"), Authenticator: way.Value(),
		Warehouse: value("warehouse"), Database: value("database"), Schema: value("schema"),
	}
	if way.Value() == steps.AuthenticatorKey {
		made.KeyFile = value("file")
	} else {
		made.TokenFile = value("file")
	}
	return made
}

// noted shows a missing value at its field and a failure at the button.
func (p profileScreen) noted(missing string) profileScreen {
	notes := map[string][]ui.Note{}
	if missing != "" {
		notes[missing] = []ui.Note{{Level: ui.Problem, Text: p.Context.T("profile.missing")}}
	}
	if p.failure != "" {
		notes[newProfilePrefix+"write"] = []ui.Note{{Level: ui.Problem, Text: p.failure}}
		p.Form = p.Form.Focus(newProfilePrefix + "write")
	}
	p.Form = p.Form.SetNotes(notes)
	return p
}

func (p profileScreen) Show(steps.State, []validate.Problem) screen.Model { return p }
func (p profileScreen) Resize(w, h int) screen.Model                      { p.Form = p.Form.SetSize(w, h); return p }

func (p profileScreen) Restyle(k *ui.Context) screen.Model {
	p.Context, p.Form = k, p.Form.WithContext(k)
	return p
}
func (p profileScreen) Focus() string { return p.Form.Focused() }

func (p profileScreen) File(steps.State) string { return "" }
