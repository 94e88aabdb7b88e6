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
	"sleet/steps/wizard/screen"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

const (
	accountField = "account"
	askedField   = "account.asked"
	whyMargin    = 6 // cells beside the text below the form
)

// accountScreen lets the user choose a connection and logs in with it.
type accountScreen struct {
	screen.FormBase
	account  steps.Account
	profiles []steps.Profile
	run      *screen.Stream
	phase    screen.WaitList
	asked    *askedMsg
	hidden   ui.Form // the form for the requested secret
	failure  error
	w, h     int
	loaded   bool
	// before is the connection used so far; its session is reused.
	before reached
	// assesses reports whether to compare the account with the answers after logging in.
	assesses bool
	// at is the connection to log in with once the connections are read.
	at *steps.Profile
}

var _ screen.Model = accountScreen{}

func newAccountScreen(k *ui.Context, account steps.Account) accountScreen {
	p := accountScreen{FormBase: screen.FormBase{Context: k}, account: account, phase: screen.NewWaitList(k, account.Time)}
	return p.listed()
}

// within sets the connection used so far, and whether to compare the account with the answers.
func (p accountScreen) within(before reached, assesses bool) accountScreen {
	p.before, p.assesses = before, assesses
	return p
}

// straight logs in at once with the connection named on the command line.
func (p accountScreen) straight(given *steps.RunOptions) accountScreen {
	if given != nil {
		p.at = given.Profile
	}
	return p
}

// Init reads the connections.
func (p accountScreen) Init() tea.Cmd {
	profiles := p.account.Profiles
	return func() tea.Msg {
		all, err := profiles(context.Background())
		return profilesMsg{all, err}
	}
}

// listed builds the table of connections.
func (p accountScreen) listed() accountScreen {
	k := p.Context
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
	p.Form = ui.NewForm(k, table).SetSize(max(p.w, 1), max(p.h, 1))
	return p
}

// shown returns the columns that fit in a narrow terminal; the first ones matter most.
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
		ID: accountField, Label: p.Context.T("account.label"), Why: p.Context.T("account.why"),
		Link: screen.Link("https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections"),
	}
}

// here returns the connection under the cursor.
func (p accountScreen) here() (steps.Profile, bool) {
	table, ok := ui.Get[ui.Table](p.Form, accountField)
	if !ok {
		return steps.Profile{}, false
	}
	i, ok := table.Row()
	if !ok || i >= len(p.profiles) {
		return steps.Profile{}, false
	}
	return p.profiles[i], true
}

func (p accountScreen) Update(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
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
		out.Cmd = p.Init()
		return p, out
	case fixedMsg:
		p.failure = m.err
		out.Cmd = p.Init()
		return p, out
	case screen.StreamMsg:
		return p.heard(m, s)
	case spinner.TickMsg:
		if p.run == nil || p.asked != nil {
			return p, out
		}
		p.phase, out.Cmd = p.phase.Update(m)
		return p, out
	case tea.KeyPressMsg:
		if p.run != nil && key.Matches(m, p.Context.Keys.Back) {
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
func (p accountScreen) choosing(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	if m, ok := msg.(tea.KeyPressMsg); ok && m.Text == "m" && p.fixable() {
		profile, _ := p.here()
		fix := p.account.AllowOnlyMe
		out.Cmd = func() tea.Msg { return fixedMsg{fix(profile)} }
		return p, out
	}
	p.Form, out.Cmd = p.Form.Update(msg)
	switch p.Form.Action().Kind {
	case ui.Add:
		out.Open = newProfileScreen(p.Context, p.account)
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

// explained shows details of the connection under the cursor.
func (p accountScreen) explained() accountScreen {
	k := p.Context
	var notes []ui.Note
	table, _ := ui.Get[ui.Table](p.Form, accountField)
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
	p.Form = p.Form.Set(table.WithHead(head)).SetNotes(map[string][]ui.Note{accountField: notes})
	return p
}

// connecting logs in and reads the account.
func (p accountScreen) connecting(profile steps.Profile, s steps.State) (screen.Model, screen.Outcome) {
	connect, d, assesses := p.account.Connect, s.Deployment(), p.assesses
	held, again := p.before.cloud, p.before.cloud != nil && p.before.of(profile) && p.failure == nil
	p.failure = nil
	p.run = screen.StartStream(func(ctx context.Context, say func(tea.Msg)) tea.Msg {
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
		assessment, err := cloud.Assess(ctx, d)
		var nowhere *deploy.LocationError
		if errors.As(err, &nowhere) { // the account offers databases and schemas to choose from
			return connectedMsg{cloud: cloud, profile: profile, again: again, nowhere: nowhere}
		}
		var upload *deploy.UploadError
		if errors.As(err, &upload) && upload.Edited { // the plan asks whether to send the file
			return connectedMsg{cloud: cloud, profile: profile, again: again}
		}
		if err != nil && !again {
			_ = cloud.Close() // the error of Assess matters more
		}
		if err != nil {
			return connectedMsg{err: err}
		}
		return connectedMsg{cloud: cloud, profile: profile, again: again, assessment: assessment}
	})
	var spin tea.Cmd
	phases := []string{p.Context.T("account.connecting", "name", profileTitle(p.Context, profile))}
	if assesses {
		phases = append(phases, p.Context.T("account.looking"))
	}
	p.phase, spin = p.phase.Begin(phases...)
	s.Demo = profile.Demo
	return p, screen.Outcome{State: s, Cmd: tea.Batch(spin, p.run.Next())}
}

// profileTitle returns the connection's name, or the title of the demo account.
func profileTitle(k *ui.Context, p steps.Profile) string {
	if p.Demo {
		return k.T("account.demo")
	}
	return p.Name
}

// heard handles messages of the login.
func (p accountScreen) heard(m screen.StreamMsg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	if m.From != p.run {
		return p, out
	}
	switch said := m.Msg.(type) {
	case loggedInMsg:
		p.phase = p.phase.Done()
		out.Cmd = p.run.Next()
	case askedMsg:
		p.asked = &said
		p.hidden = ui.NewForm(p.Context, ui.NewSecretField(p.Context, ui.Head{
			ID: askedField, Label: said.prompt, Why: p.Context.T("account.asked_why"),
		})).SetSize(max(p.w, 1), max(p.h, 1))
	case connectedMsg:
		p.run = nil
		if said.err != nil {
			p.failure = said.err
			if errors.Is(said.err, context.Canceled) {
				p.failure = nil
			}
			out.State.Outcome.Failure = p.failure
			return p.explained(), out
		}
		out.State.Connected, out.State.Outcome.Failure = true, nil
		if s.RunOptions != nil { // on returning here the user chooses a connection
			given := *s.RunOptions
			given.Profile = nil
			out.State.RunOptions = &given
		}
		out.Move = screen.Next
		if said.nowhere != nil {
			out.Move, out.Pick = screen.Jump, said.nowhere
			out.To = screen.PlaceOf(s, snowflake.Item{Resource: snowflake.Resource{Ref: snowflake.Ref{Kind: said.nowhere.Missing}}})
		}
	}
	return p, out
}

// answering handles the field for the requested secret.
func (p accountScreen) answering(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	p.hidden, out.Cmd = p.hidden.Update(msg)
	if p.hidden.Action().Kind != ui.Submit {
		return p, out
	}
	field, _ := ui.Get[ui.SecretField](p.hidden, askedField)
	p.asked.reply <- secretReply{secret: screen.SecretOf(field)}
	p.asked, p.hidden = nil, ui.Form{}
	var spin tea.Cmd
	p.phase, spin = p.phase.Restart()
	out.Cmd = tea.Batch(spin, p.run.Next())
	return p, out
}

// cancelled stops the login.
func (p accountScreen) cancelled() accountScreen {
	p.run.Leave()
	p.run, p.asked, p.hidden = nil, nil, ui.Form{}
	return p
}

func (p accountScreen) View() string {
	switch {
	case p.asked != nil:
		return p.hidden.View()
	case p.run != nil:
		return p.phase.View(p.w)
	case p.failure != nil:
		lines := screen.FitHalf(p.Context, screen.Failure(p.Context, p.failure, p.w), p.h)
		return strings.Join(append(lines, "", p.Form.SetSize(p.w, max(p.h-len(lines)-1, 1)).View()), "\n")
	default:
		return p.Form.View()
	}
}

func (p accountScreen) Cursor() (x, y int, ok bool) {
	if p.asked != nil {
		return p.hidden.Cursor()
	}
	return 0, 0, false
}

func (p accountScreen) Wants(m tea.KeyPressMsg) bool {
	return p.run != nil && key.Matches(m, p.Context.Keys.Back)
}
func (p accountScreen) Typing() bool  { return p.asked != nil }
func (p accountScreen) Focus() string { return accountField }

func (p accountScreen) File(steps.State) string { return "" }

func (p accountScreen) Show(steps.State, []validate.Problem) screen.Model { return p }

func (p accountScreen) Resize(w, h int) screen.Model {
	table, _ := ui.Get[ui.Table](p.Form, accountField)
	at, _ := table.Row()
	p.w, p.h = w, h
	p = p.listed()
	table, _ = ui.Get[ui.Table](p.Form, accountField)
	p.Form, p.hidden = p.Form.Set(table.WithCursor(at)), p.hidden.SetSize(w, h)
	return p.explained()
}

func (p accountScreen) Restyle(k *ui.Context) screen.Model {
	p.Context, p.Form, p.phase = k, p.Form.WithContext(k), p.phase.WithContext(k)
	if p.asked != nil {
		p.hidden = p.hidden.WithContext(k)
	}
	return p
}

func (p accountScreen) Keys() []key.Binding {
	k := p.Context
	switch {
	case p.asked != nil:
		return []key.Binding{k.Keys.Enter, ui.WithDesc(k.Keys.Back, k.T("account.cancel"))}
	case p.run != nil:
		return []key.Binding{ui.WithDesc(k.Keys.Back, k.T("account.cancel"))}
	}
	all := []key.Binding{k.Keys.Down, ui.WithDesc(k.Keys.Enter, k.T("account.connect"))}
	if p.fixable() {
		all = append(all, key.NewBinding(key.WithKeys("m"), key.WithHelp("m", k.T("account.fix_key"))))
	}
	return all
}

func (p accountScreen) Underway() *screen.Stream { return p.run }
