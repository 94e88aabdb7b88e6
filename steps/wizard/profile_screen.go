package wizard

import (
	"strings"

	"sleet/scaffold/validate"

	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/ui"
	"sleet/ui/message"
)

const newProfilePrefix = "profile."

// profileScreen asks for a new connection and writes it where the Snowflake CLI reads it. It
// asks for no password: a connection's file holds none that sleet wrote.
type profileScreen struct {
	formBase
	account steps.Account
	failure string
}

var _ Model = profileScreen{}

func newProfileScreen(k *ui.Context, account steps.Account) profileScreen {
	var fields []ui.Field
	for _, name := range steps.ProfileFields() {
		id := newProfilePrefix + name
		head := ui.Head{
			ID: id, Label: k.T(message.ID(id + ".label")), Why: steps.OptionalText(k.T, message.ID(id+".why")),
			Link: link("https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections"),
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
	return profileScreen{formBase: formBase{k, ui.NewForm(k, fields...)}, account: account}
}

func (p profileScreen) Update(msg tea.Msg, s steps.State) (Model, outcome) {
	out := outcome{state: s}
	if m, ok := msg.(addedMsg); ok {
		if m.err != nil {
			p.failure = steps.SayError(p.kit.T, m.err)
			return p.noted(""), out
		}
		out.move = onward
		return p, out
	}
	p.form, out.cmd = p.form.Update(msg)
	switch action := p.form.Action(); action.Kind {
	case ui.Submit:
		if action.Field != newProfilePrefix+"write" { // only the button writes
			p.form = p.form.Next()
			return p, out
		}
		profile := p.profile()
		if missing := steps.MissingField(profile); missing != "" {
			p.form = p.form.Focus(newProfilePrefix + missing)
			return p.noted(newProfilePrefix + missing), out
		}
		add := p.account.AddProfile
		out.cmd = func() tea.Msg { return addedMsg{profile.Name, add(profile)} }
	case ui.Changed:
		p.failure = ""
		p = p.noted("")
	case ui.Nothing, ui.Add, ui.Edit, ui.Remove, ui.Choose, ui.Cancel:
	}
	return p, out
}

// enters says what enter does at the field in focus.
func (p profileScreen) Enters() message.ID {
	if p.form.Focused() == newProfilePrefix+"write" {
		return "ui.key.save"
	}
	return "ui.key.next"
}

// profile reads the form.
func (p profileScreen) profile() steps.Profile {
	value := func(name string) string {
		f, _ := ui.Get[ui.TextField](p.form, newProfilePrefix+name)
		return strings.TrimSpace(f.Value())
	}
	way, _ := ui.Get[ui.Choice](p.form, newProfilePrefix+"authenticator")
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

// noted says what is wrong, at a field or at the button.
func (p profileScreen) noted(missing string) profileScreen {
	notes := map[string][]ui.Note{}
	if missing != "" {
		notes[missing] = []ui.Note{{Level: ui.Problem, Text: p.kit.T("profile.missing")}}
	}
	if p.failure != "" {
		notes[newProfilePrefix+"write"] = []ui.Note{{Level: ui.Problem, Text: p.failure}}
		p.form = p.form.Focus(newProfilePrefix + "write")
	}
	p.form = p.form.SetNotes(notes)
	return p
}

func (p profileScreen) Show(steps.State, []validate.Problem) Model { return p }
func (p profileScreen) Resize(w, h int) Model                      { p.form = p.form.SetSize(w, h); return p }

func (p profileScreen) Restyle(k *ui.Context) Model {
	p.kit, p.form = k, p.form.WithContext(k)
	return p
}
func (p profileScreen) Focus() string { return p.form.Focused() }

func (p profileScreen) File(steps.State) string { return "" }
