package wizard

import (
	"context"
	"errors"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/spinner"

	"sleet/scaffold/validate"

	tea "charm.land/bubbletea/v2"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

const (
	accountField = "account"
	askedField   = "account.asked"
	whyMargin    = 6 // cells beside the words under the form
)

// accountScreen lets the person choose a connection and logs in with it.
type accountScreen struct {
	formBase
	account  steps.Account
	profiles []steps.Profile
	run      *stream
	phase    waitList
	asked    *askedMsg
	hidden   ui.Form // the form for what was asked
	failure  error
	w, h     int
	loaded   bool
	// within is what was connected to before; its session is used again.
	before reached
	// assesses says that the account is compared with the answers; else it is only logged in to.
	assesses bool
	// at is the connection to log in with as soon as the connections are read.
	at *steps.Profile
}

var _ Model = accountScreen{}

func newAccountScreen(k *ui.Context, account steps.Account) accountScreen {
	p := accountScreen{formBase: formBase{kit: k}, account: account, phase: newWaitList(k, account.Time)}
	return p.listed()
}

// within sets what was connected to before, and whether the answers are compared with the account.
func (p accountScreen) within(before reached, assesses bool) accountScreen {
	p.before, p.assesses = before, assesses
	return p
}

// straight logs in at once with the connection that a command line named.
func (p accountScreen) straight(given *steps.Given) accountScreen {
	if given != nil {
		p.at = given.Profile
	}
	return p
}

// init reads the connections.
func (p accountScreen) Init() tea.Cmd {
	profiles := p.account.Profiles
	return func() tea.Msg {
		all, err := profiles(context.Background())
		return profilesMsg{all, err}
	}
}

// listed makes the table of the connections.
func (p accountScreen) listed() accountScreen {
	k := p.kit
	var rows []ui.Row
	cursor := 0
	for i, profile := range p.profiles {
		level := ui.None
		if len(profile.Problems) > 0 {
			level = ui.Warning
		}
		rows = append(rows, ui.Row{Level: level, Cells: p.shown(profileCells(k, profile)...)})
		if held := p.before.cloud != nil; held && p.before.of(profile) || !held && profile.Default {
			cursor = i
		}
	}
	table := ui.NewTable(k, p.head(), p.shown(k.T("account.name"), k.T("account.account"), k.T("account.role"), k.T("account.user"),
		k.T("account.authenticator"))...).WithRows(rows...).WithCursor(cursor)
	if p.account.AddProfile != nil {
		table = table.WithAdd(k.T("account.add"))
	}
	p.form = ui.NewForm(k, table).SetSize(max(p.w, 1), max(p.h, 1))
	return p
}

// shown returns the columns that a narrow terminal has room for: the first say most.
func (p accountScreen) shown(cells ...string) []string {
	switch {
	case p.w < 70:
		return cells[:3]
	case p.w < 90:
		return cells[:4]
	}
	return cells
}

func profileCells(k *ui.Context, p steps.Profile) []string {
	if p.Demo {
		return []string{k.T("account.demo"), "", "", "", ""}
	}
	return []string{p.Name, p.Account, p.Role, p.User, strings.ToLower(p.Authenticator)}
}

func (p accountScreen) head() ui.Head {
	return ui.Head{
		ID: accountField, Label: p.kit.T("account.label"), Why: p.kit.T("account.why"),
		Link: link("https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections"),
	}
}

// here returns the connection under the cursor.
func (p accountScreen) here() (steps.Profile, bool) {
	table, ok := ui.Get[ui.Table](p.form, accountField)
	if !ok {
		return steps.Profile{}, false
	}
	i, ok := table.Row()
	if !ok || i >= len(p.profiles) {
		return steps.Profile{}, false
	}
	return p.profiles[i], true
}

func (p accountScreen) Update(msg tea.Msg, s steps.State) (Model, outcome) {
	out := outcome{state: s}
	switch m := msg.(type) {
	case profilesMsg:
		p.profiles, p.failure, p.loaded = m.profiles, m.err, true
		p = p.listed().explained()
		if at := p.at; at != nil {
			p.at = nil
			return p.connecting(*at, s)
		}
		return p, out
	case addedMsg:
		out.cmd = p.Init()
		return p, out
	case fixedMsg:
		p.failure = m.err
		out.cmd = p.Init()
		return p, out
	case streamMsg:
		return p.heard(m, s)
	case spinner.TickMsg:
		if p.run == nil || p.asked != nil {
			return p, out
		}
		p.phase, out.cmd = p.phase.update(m)
		return p, out
	case tea.KeyPressMsg:
		if p.run != nil && key.Matches(m, p.kit.Keys.Back) {
			return p.cancelled(), out
		}
	}
	switch {
	case p.asked != nil:
		return p.answering(msg, s)
	case p.run != nil:
		return p, out
	default:
		return p.choosing(msg, s)
	}
}

// choosing handles the table of connections.
func (p accountScreen) choosing(msg tea.Msg, s steps.State) (Model, outcome) {
	out := outcome{state: s}
	if m, ok := msg.(tea.KeyPressMsg); ok && m.Text == "m" && p.fixable() {
		profile, _ := p.here()
		fix := p.account.AllowOnlyMe
		out.cmd = func() tea.Msg { return fixedMsg{fix(profile)} }
		return p, out
	}
	p.form, out.cmd = p.form.Update(msg)
	switch p.form.Action().Kind {
	case ui.Add:
		out.open = newProfileScreen(p.kit, p.account)
	case ui.Edit, ui.Submit:
		if profile, ok := p.here(); ok {
			return p.connecting(profile, s)
		}
	case ui.Nothing, ui.Changed, ui.Remove, ui.Choose, ui.Cancel:
	}
	return p.explained(), out
}

func (p accountScreen) fixable() bool {
	profile, ok := p.here()
	return ok && profile.Open && p.account.AllowOnlyMe != nil
}

// explained says more about the connection under the cursor.
func (p accountScreen) explained() accountScreen {
	k := p.kit
	var notes []ui.Note
	table, _ := ui.Get[ui.Table](p.form, accountField)
	head := p.head()
	profile, ok := p.here()
	switch {
	case ok && profile.Demo:
		head.Why = k.T("account.demo_why")
	case ok && len(profile.Problems) > 0:
		note := ui.Note{Level: ui.Warning, Text: k.T.Say(message.Join(" ", profile.Problems...))}
		if p.fixable() {
			note.Fix = k.T("account.fix")
		}
		notes = append(notes, note)
	case ok && !profile.From.IsZero():
		room := p.w - cells.Width(k.T("account.from", "from", "")) - whyMargin
		head.Why = k.T("account.from", "from", k.CutMiddle(cells.Clean(k.T.Say(profile.From)), max(room, 1)))
	}
	p.form = p.form.Set(table.WithHead(head)).SetNotes(map[string][]ui.Note{accountField: notes})
	return p
}

// connecting logs in and looks at what the account has.
func (p accountScreen) connecting(profile steps.Profile, s steps.State) (Model, outcome) {
	connect, d, assesses := p.account.Connect, s.Deployment(), p.assesses
	held, again := p.before.cloud, p.before.cloud != nil && p.before.of(profile) && p.failure == nil
	p.failure = nil
	p.run = startStream(func(ctx context.Context, say func(tea.Msg)) tea.Msg {
		cloud, err := held, error(nil)
		if !again {
			cloud, err = connect(ctx, profile, asking(say))
		}
		if err != nil {
			return connectedMsg{err: err}
		}
		if !assesses {
			return connectedMsg{cloud: cloud, profile: profile, again: again}
		}
		say(loggedInMsg{})
		survey, err := cloud.Assess(ctx, d)
		var nowhere *deploy.PlaceError
		if errors.As(err, &nowhere) { // the account has what to choose from
			return connectedMsg{cloud: cloud, profile: profile, again: again, nowhere: nowhere}
		}
		var upload *deploy.UploadError
		if errors.As(err, &upload) && upload.Edited { // the plan asks whether to send the file
			return connectedMsg{cloud: cloud, profile: profile, again: again}
		}
		if err != nil && !again {
			_ = cloud.Close() // the look's error says more
		}
		if err != nil {
			return connectedMsg{err: err}
		}
		return connectedMsg{cloud: cloud, profile: profile, again: again, survey: survey}
	})
	var spin tea.Cmd
	phases := []string{p.kit.T("account.connecting", "name", profileTitle(p.kit, profile))}
	if assesses {
		phases = append(phases, p.kit.T("account.looking"))
	}
	p.phase, spin = p.phase.begin(phases...)
	s.Demo = profile.Demo
	return p, outcome{state: s, cmd: tea.Batch(spin, p.run.next())}
}

// profileTitle is the connection's name, or what stands for the account inside.
func profileTitle(k *ui.Context, p steps.Profile) string {
	if p.Demo {
		return k.T("account.demo")
	}
	return p.Name
}

// heard takes what the log-in says.
func (p accountScreen) heard(m streamMsg, s steps.State) (Model, outcome) {
	out := outcome{state: s}
	if m.from != p.run {
		return p, out
	}
	switch said := m.msg.(type) {
	case loggedInMsg:
		p.phase = p.phase.done()
		out.cmd = p.run.next()
	case askedMsg:
		p.asked = &said
		p.hidden = ui.NewForm(p.kit, ui.NewSecretField(p.kit, ui.Head{
			ID: askedField, Label: said.prompt, Why: p.kit.T("account.asked_why"),
		})).SetSize(max(p.w, 1), max(p.h, 1))
	case connectedMsg:
		p.run = nil
		if said.err != nil {
			p.failure = said.err
			if errors.Is(said.err, context.Canceled) {
				p.failure = nil
			}
			out.state.Outcome.Failure = p.failure
			return p.explained(), out
		}
		out.state.Connected, out.state.Outcome.Failure = true, nil
		if s.Given != nil { // one who comes back here chooses
			given := *s.Given
			given.Profile = nil
			out.state.Given = &given
		}
		out.move = onward
		if said.nowhere != nil {
			out.move, out.pick = jump, said.nowhere
			out.to = placeOf(s, snowflake.Item{Resource: snowflake.Resource{Ref: snowflake.Ref{Kind: said.nowhere.Missing}}})
		}
	}
	return p, out
}

// answering handles the field for what was asked.
func (p accountScreen) answering(msg tea.Msg, s steps.State) (Model, outcome) {
	out := outcome{state: s}
	p.hidden, out.cmd = p.hidden.Update(msg)
	if p.hidden.Action().Kind != ui.Submit {
		return p, out
	}
	field, _ := ui.Get[ui.SecretField](p.hidden, askedField)
	p.asked.reply <- secretReply{secret: secretOf(field)}
	p.asked, p.hidden = nil, ui.Form{}
	var spin tea.Cmd
	p.phase, spin = p.phase.again()
	out.cmd = tea.Batch(spin, p.run.next())
	return p, out
}

// cancelled stops the log-in.
func (p accountScreen) cancelled() accountScreen {
	p.run.leave()
	p.run, p.asked, p.hidden = nil, nil, ui.Form{}
	return p
}

func (p accountScreen) View() string {
	switch {
	case p.asked != nil:
		return p.hidden.View()
	case p.run != nil:
		return p.phase.view(p.w)
	case p.failure != nil:
		lines := above(p.kit, failure(p.kit, p.failure, p.w), p.h)
		return strings.Join(append(lines, "", p.form.SetSize(p.w, max(p.h-len(lines)-1, 1)).View()), "\n")
	default:
		return p.form.View()
	}
}

func (p accountScreen) Cursor() (x, y int, ok bool) {
	if p.asked != nil {
		return p.hidden.Cursor()
	}
	return 0, 0, false
}

func (p accountScreen) Wants(m tea.KeyPressMsg) bool {
	return p.run != nil && key.Matches(m, p.kit.Keys.Back)
}
func (p accountScreen) Typing() bool  { return p.asked != nil }
func (p accountScreen) Focus() string { return accountField }

func (p accountScreen) File(steps.State) string { return "" }

func (p accountScreen) Show(steps.State, []validate.Problem) Model { return p }

func (p accountScreen) Resize(w, h int) Model {
	table, _ := ui.Get[ui.Table](p.form, accountField)
	at, _ := table.Row()
	p.w, p.h = w, h
	p = p.listed()
	table, _ = ui.Get[ui.Table](p.form, accountField)
	p.form, p.hidden = p.form.Set(table.WithCursor(at)), p.hidden.SetSize(w, h)
	return p.explained()
}

func (p accountScreen) Restyle(k *ui.Context) Model {
	p.kit, p.form, p.phase = k, p.form.WithContext(k), p.phase.withKit(k)
	if p.asked != nil {
		p.hidden = p.hidden.WithContext(k)
	}
	return p
}

func (p accountScreen) Keys() []key.Binding {
	k := p.kit
	switch {
	case p.asked != nil:
		return []key.Binding{k.Keys.Enter, ui.As(k.Keys.Back, k.T("account.cancel"))}
	case p.run != nil:
		return []key.Binding{ui.As(k.Keys.Back, k.T("account.cancel"))}
	}
	all := []key.Binding{k.Keys.Down, ui.As(k.Keys.Enter, k.T("account.connect"))}
	if p.fixable() {
		all = append(all, key.NewBinding(key.WithKeys("m"), key.WithHelp("m", k.T("account.fix_key"))))
	}
	return all
}

func (p accountScreen) Underway() *stream { return p.run }
