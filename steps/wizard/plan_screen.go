package wizard

import (
	"context"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/spinner"

	"sleet/scaffold/validate"

	tea "charm.land/bubbletea/v2"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/message"
)

// planScreen shows what it takes to make the account as the app wants it. What others made or
// share is altered only after a yes to each.
type planScreen struct {
	kit     *ui.Context
	account steps.Account
	cloud   deploy.Deployer
	survey  deploy.Assessment
	looked  bool
	// missing says that a value must be given before the plan can be carried out: the person came here
	// without having been asked.
	missing bool
	run     *stream
	phase   waitLine
	list    ui.StepList
	agreed  map[snowflake.Ref]bool
	// agreedFiles are the files edited in Snowsight to be replaced, and the gone ones to be removed.
	agreedFiles map[string]bool
	failure     error
	// confirm asks before the plan is applied; its yes is the only way to apply.
	confirm *ui.Confirm
	w, h    int
}

var _ screen = planScreen{}

func newPlanScreen(k *ui.Context, s steps.State, account steps.Account, cloud deploy.Deployer) planScreen {
	p := planScreen{kit: k, account: account, cloud: cloud, phase: newWaitLine(k, account.Time), list: ui.NewStepList(k), agreed: map[snowflake.Ref]bool{}}
	p.phase, _ = p.phase.begin(k.T("account.looking"))
	d := s.Deployment()
	p.run = start(func(ctx context.Context, _ func(tea.Msg)) tea.Msg {
		survey, err := cloud.Assess(ctx, d)
		return lookedMsg{survey, err}
	})
	return p
}

// init waits for the look at the account.
func (p planScreen) init() tea.Cmd {
	return tea.Batch(p.phase.tick(), p.run.next())
}

func (p planScreen) update(msg tea.Msg, s steps.State) (screen, outcome) {
	out := outcome{state: s}
	switch m := msg.(type) {
	case streamMsg:
		if said, ok := m.msg.(lookedMsg); ok && m.from == p.run {
			p.survey, p.failure, p.looked = said.survey, said.err, true
			p.missing = lacks(s, p.survey)
			p = p.listed()
			first := func(i snowflake.Item) bool { return i.Action != snowflake.ActionSame }
			p.list = p.list.WithCursor(max(slices.IndexFunc(p.survey.Plan.Items, first), 0))
			return p, out
		}
	case spinner.TickMsg:
		if !p.looked {
			p.phase, out.cmd = p.phase.update(m)
		}
	case ui.Click:
		if p.confirm != nil {
			return p.confirming(m, s)
		}
		p.list, out.cmd = p.list.Update(ui.Click{X: m.X, Y: m.Y - planHead})
	case tea.KeyPressMsg:
		return p.pressed(m, s)
	}
	return p, out
}

func (p planScreen) wheel(m ui.Wheel) screen {
	p.list, _ = p.list.Update(lower(m, planHead))
	return p
}

// pressed handles a key.
func (p planScreen) pressed(m tea.KeyPressMsg, s steps.State) (screen, outcome) {
	out := outcome{state: s}
	k := p.kit.Keys
	i, ok := p.list.Cursor()
	switch {
	case !p.looked:
	case p.confirm != nil:
		return p.confirming(m, s)
	case p.failure != nil && key.Matches(m, k.Enter):
		again := newPlanScreen(p.kit, s, p.account, p.cloud)
		again.w, again.h = p.w, p.h
		out.open, out.instead, out.cmd = again, true, again.init()
	case key.Matches(m, k.Enter) && p.missing:
		out.move, out.to = jump, place{step: steps.SecretValuesStep}
	case key.Matches(m, k.Enter) && p.does():
		return p.asking(), out
	case key.Matches(m, k.Enter):
		out.state.Outcome.Applied = &deploy.Applied{}
		out.move = finish
	case key.Matches(m, k.Space) && ok && p.asks(i):
		ref := p.survey.Plan.Items[i].Ref
		agreed := map[snowflake.Ref]bool{}
		for other, yes := range p.agreed {
			agreed[other] = yes
		}
		agreed[ref] = !agreed[ref]
		p.agreed = agreed
		return p.listed(), out
	case key.Matches(m, k.Space) && ok && i >= len(p.survey.Plan.Items):
		path := planFiles(p.survey)[i-len(p.survey.Plan.Items)].path
		agreed := map[string]bool{path: !p.agreedFiles[path]}
		for other, yes := range p.agreedFiles {
			if other != path {
				agreed[other] = yes
			}
		}
		p.agreedFiles = agreed
		return p.listed(), out
	case key.Matches(m, k.Edit) && ok && i < len(p.survey.Plan.Items):
		item := p.survey.Plan.Items[i]
		out.move, out.to = jump, placeOf(s, item)
	default:
		p.list, out.cmd = p.list.Update(m)
	}
	return p, out
}

// asking puts the question before the plan is applied.
func (p planScreen) asking() planScreen {
	s, _ := AgreedTo(p.survey, p.agreed)
	words := p.kit.T.Say(steps.ConfirmApply(deploy.AgreedFiles(s, p.agreedFiles)))
	dialog := ui.NewConfirm(p.kit, p.kit.T("plan.confirm_title"), words).WithAnswers(p.kit.T("plan.confirm_yes"), p.kit.T("plan.confirm_no"))
	p.confirm = &dialog
	return p
}

// confirming handles the question before the plan is applied.
func (p planScreen) confirming(m tea.Msg, s steps.State) (screen, outcome) {
	out := outcome{state: s}
	dialog, _ := p.confirm.Update(m)
	p.confirm = &dialog
	switch action := dialog.Action(); {
	case action.Kind == ui.Choose && action.Index == 0:
		p.confirm = nil
		out.state.Agreed, out.state.AgreedFiles = p.agreed, p.agreedFiles
		out.move = onward
	case action.Kind == ui.Choose, action.Kind == ui.Cancel:
		p.confirm = nil
	}
	return p, out
}

// dialog is what is shown over the screen.
func (p planScreen) dialog() string {
	if p.confirm == nil {
		return ""
	}
	return p.confirm.View()
}

// asks reports whether an item is altered only after a yes.
func (p planScreen) asks(i int) bool {
	if i >= len(p.survey.Plan.Items) {
		return false
	}
	item := p.survey.Plan.Items[i]
	return item.Ask && item.Action != snowflake.ActionSame
}

// listed fills the list from the plan.
func (p planScreen) listed() planScreen {
	entries := make([]ui.Entry, len(p.survey.Plan.Items), len(p.survey.Plan.Items)+len(p.survey.Edited)+len(p.survey.Gone))
	for i, item := range p.survey.Plan.Items {
		entries[i] = p.entry(i, item)
	}
	for _, f := range planFiles(p.survey) {
		entries = append(entries, p.fileEntry(f))
	}
	p.list = p.list.WithEntries(entries...)
	return p
}

// lacks reports whether a value that an assessment needs is not given.
func lacks(s steps.State, survey deploy.Assessment) bool {
	needed, _ := steps.WantedParts(s.App, survey)
	return slices.ContainsFunc(needed, func(part deploy.ValuePart) bool { return s.SecretValues[part].Empty() })
}

// does reports whether there is anything to carry out, with what was agreed to.
func (p planScreen) does() bool { return deploy.AgreedFiles(p.survey, p.agreedFiles).Changes() }

func (p planScreen) entry(i int, item snowflake.Item) ui.Entry {
	k := p.kit
	side := k.T(message.ID("plan." + string(item.Action)))
	mark := planMark(item.Action)
	if steps.Unknown(p.survey, item) {
		side, mark = k.T("plan.unknown"), ui.MarkUnknown
	}
	if p.asks(i) {
		side = k.T("plan.shared_no")
		if p.agreed[item.Ref] {
			side = k.T("plan.shared_yes")
		}
	}
	e := ui.Entry{Mark: mark, Title: k.T.Say(item.Text()), Side: side}
	if !item.Owner.IsZero() {
		e.Detail = append(e.Detail, ui.Paragraph{Tone: ui.ToneMuted, Text: k.T("plan.role", "role", item.Owner.SQL())})
	}
	if !item.Reason.IsZero() {
		tone := ui.ToneWarn
		if item.Action == snowflake.ActionCannot {
			tone = ui.ToneBad
		}
		e.Detail = append(e.Detail, ui.Paragraph{Tone: tone, Text: k.T.Say(item.Reason)})
	}
	if p.asks(i) {
		e.Detail = append(e.Detail, ui.Paragraph{Tone: ui.ToneWarn, Text: k.T("plan.shared_ask")})
	}
	if item.NeedsValue {
		e.Detail = append(e.Detail, ui.Paragraph{Tone: ui.ToneWarn, Text: k.T("plan.needs_value", "secret", item.Key)})
	}
	for _, ref := range item.Blocked {
		e.Detail = append(e.Detail, ui.Paragraph{Tone: ui.ToneWarn, Text: k.T("plan.blocked", "object", k.T.Say(ref.Text()))})
	}
	for _, c := range item.Changes {
		from, to := c.Words()
		e.Detail = append(e.Detail, ui.Paragraph{Text: c.Property + ": " + shownText(k, from) + " " + k.Glyphs.Crumb + " " + shownText(k, to)})
	}
	e.Detail = append(e.Detail, statements(item.Statements, item.Owner)...)
	if len(item.Fixes()) > 0 {
		e.Detail = append(e.Detail, ui.Paragraph{Tone: ui.ToneTitle, Text: k.T("plan.handover")})
		e.Detail = append(e.Detail, statements(item.Fixes(), snowflake.Name{})...)
	}
	return e
}

// statements shows statements as they are sent, and who sends them where that is another role than
// the one said already; secrets' values are placeholders in them.
func statements(list []snowflake.Statement, role snowflake.Name) []ui.Paragraph {
	var all []ui.Paragraph
	for _, st := range list {
		if st.SQL == "" {
			continue
		}
		text := strings.TrimRight(st.SQL, "; \n") + ";"
		if !st.Role.IsZero() && st.Role != role {
			role = st.Role
			all = append(all, ui.Paragraph{Tone: ui.ToneMuted, Text: "-- " + role.SQL()})
		}
		all = append(all, ui.Paragraph{Tone: ui.ToneCode, Text: text})
	}
	return all
}

func planMark(a snowflake.Action) ui.Mark {
	switch a {
	case snowflake.ActionCreate:
		return ui.MarkCreate
	case snowflake.ActionAlter:
		return ui.MarkAlter
	case snowflake.ActionCannot:
		return ui.MarkCannot
	case snowflake.ActionSame:
		return ui.MarkSame
	default:
		return ui.MarkSame
	}
}

func (p planScreen) view() string {
	k := p.kit
	switch {
	case !p.looked:
		return p.phase.view(p.w)
	case p.failure != nil:
		return strings.Join(failed(k, p.failure, p.w), "\n")
	}
	return k.Cut(p.counts(), p.w) + "\n\n" + p.list.SetSize(p.w, max(p.h-planHead, 1)).View()
}

// planHead is how many lines stand over the list.
const planHead = 2

// counts says in one line how much the plan does, and where.
func (p planScreen) counts() string {
	k, c := p.kit, p.survey.Context
	line := k.T.Say(steps.CountsOf(p.survey))
	if !p.does() {
		line = k.T("plan.nothing")
	}
	if c.Account != "" {
		line = ui.Clean(c.Account) + " " + k.Glyphs.Crumb + " " + line
	}
	return line
}

func (p planScreen) keys() []key.Binding {
	k := p.kit
	switch {
	case !p.looked:
		return nil
	case p.failure != nil:
		return []key.Binding{ui.As(k.Keys.Enter, k.T("plan.again"))}
	}
	enter := ui.As(k.Keys.Enter, k.T("plan.apply"))
	switch {
	case p.missing:
		enter = ui.As(k.Keys.Enter, k.T("plan.give"))
	case !p.does():
		enter = ui.As(k.Keys.Enter, k.T("done.finish"))
	}
	all := []key.Binding{enter}
	if i, ok := p.list.Cursor(); ok && (p.asks(i) || i >= len(p.survey.Plan.Items)) {
		all = append(all, ui.As(k.Keys.Space, k.T("plan.agree")))
	}
	return append(all, k.Keys.Down, ui.As(k.Keys.Edit, k.T("plan.edit")))
}

func (p planScreen) show(steps.State, []validate.Problem) screen { return p }
func (p planScreen) cursor() (x, y int, ok bool)                 { return 0, 0, false }
func (p planScreen) wants(tea.KeyPressMsg) bool                  { return p.confirm != nil }
func (p planScreen) typing() bool                                { return false }
func (p planScreen) focus() string                               { return string(steps.PlanStep) }
func (p planScreen) file(steps.State) string                     { return steps.FileSetup }
func (p planScreen) anchor(steps.State) string                   { return "" }
func (p planScreen) peek(s steps.State) steps.State              { return s }

func (p planScreen) resize(w, h int) screen {
	p.w, p.h = w, h
	p.list = p.list.SetSize(w, max(h-planHead, 1))
	return p
}

func (p planScreen) restyle(k *ui.Context) screen {
	p.kit, p.list, p.phase = k, p.list.WithContext(k), p.phase.withKit(k)
	if p.confirm != nil {
		dialog := p.confirm.WithContext(k)
		p.confirm = &dialog
	}
	return p.listed()
}
