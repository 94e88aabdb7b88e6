package wizard

import (
	"context"
	"errors"
	"maps"
	"slices"
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

// planScreen shows the changes needed in the account. Objects that others created or share are only altered if the user
// agrees to each.
type planScreen struct {
	screen.Base

	context    *ui.Context
	words      runWords
	account    steps.Account
	cloud      deploy.Deployer
	assessment deploy.Assessment
	looked     bool
	// missing reports that a secret value is needed before the plan can be applied, because the user skipped the step
	// that asks for it.
	missing bool
	run     *screen.Stream
	phase   screen.WaitList
	list    ui.StepList
	rows    []planRow
	// unfolded shows every unchanged object.
	unfolded bool
	agreed   map[snowflake.Ref]bool
	// agreedFiles are the files edited in Snowsight to overwrite, and the files to remove that are no longer in the
	// folder.
	agreedFiles map[string]bool
	failure     error
	// confirm is the question before the plan is applied; only its yes applies the plan.
	confirm *ui.Confirm
	w, h    int
}

var _ screen.Model = planScreen{}

func newPlanScreen(k *ui.Context, s steps.State, account steps.Account, cloud deploy.Deployer) planScreen {
	p := planScreen{context: k, words: wordsOf(s), account: account, cloud: cloud, phase: screen.NewWaitList(k, account.Time), list: ui.NewStepList(k), agreed: map[snowflake.Ref]bool{}}
	p.phase, _ = p.phase.Begin(k.T("account.looking"))
	d := s.Deployment()
	p.run = screen.StartStream(func(ctx context.Context, _ func(tea.Msg)) tea.Msg {
		assessment, err := cloud.Assess(ctx, d)
		return lookedMsg{assessment, err}
	})
	return p
}

// Init waits for the assessment of the account.
func (p planScreen) Init() tea.Cmd {
	return tea.Batch(p.phase.Tick(), p.run.Next())
}

func (p planScreen) Update(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	switch m := msg.(type) {
	case screen.StreamMsg:
		if said, ok := m.Msg.(lookedMsg); ok && m.From == p.run {
			p.assessment, p.failure, p.looked = said.assessment, said.err, true
			p.missing = steps.LacksValues(s, p.assessment)
			p = p.allowed(s.RunOptions)
			out.State.Outcome.Failure = said.err
			var upload *deploy.UploadError
			if errors.As(said.err, &upload) && upload.Edited {
				p = p.askingFor(upload.Paths[0])
			}
			return p.listed(), out
		}
	case spinner.TickMsg:
		if !p.looked {
			p.phase, out.Cmd = p.phase.Update(m)
		}
	case ui.Click:
		if p.confirm != nil {
			return p.confirming(m, s)
		}
		before, _ := p.list.Cursor()
		p.list, out.Cmd = p.list.Update(ui.Click{X: m.X, Y: m.Y - len(p.head()) - 1})
		if at, ok := p.list.Cursor(); ok && at == before && p.row().kind == foldRow {
			return p.fold(), out
		}
	case tea.KeyPressMsg:
		return p.pressed(m, s)
	}
	return p, out
}

func (p planScreen) Wheel(m ui.Wheel) screen.Model {
	p.list, _ = p.list.Update(screen.OffsetWheel(m, len(p.head())+1))
	return p
}

// pressed handles a key.
func (p planScreen) pressed(m tea.KeyPressMsg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	k := p.context.Keys
	row := p.row()
	switch {
	case !p.looked:
	case p.confirm != nil:
		return p.confirming(m, s)
	case p.failure != nil && key.Matches(m, k.Enter):
		again := newPlanScreen(p.context, s, p.account, p.cloud)
		again.w, again.h = p.w, p.h
		out.Open, out.Instead, out.Cmd = again, true, again.Init()
	case key.Matches(m, k.Enter) && p.missing:
		out.Move, out.To = screen.Jump, screen.Place{Step: steps.SecretValuesStep}
	case key.Matches(m, k.Enter) && p.does():
		return p.asking(), out
	case key.Matches(m, k.Enter):
		out.State.Outcome.Applied, out.State.Outcome.KeptInSnowsight = &deploy.Applied{}, p.assessment.Edited
		out.Move = screen.Finish
	case key.Matches(m, k.Space):
		return p.toggled(row), out
	case p.words.edits && key.Matches(m, k.Edit) && len(row.items) > 0 && row.kind != foldRow:
		out.Move, out.To = screen.Jump, screen.PlaceOf(s, p.assessment.Plan.Items[row.items[0]])
	default:
		p.list, out.Cmd = p.list.Update(m)
	}
	return p, out
}

// row returns the line under the cursor.
func (p planScreen) row() planRow {
	if i, ok := p.list.Cursor(); ok && i < len(p.rows) {
		return p.rows[i]
	}
	return planRow{kind: noteRow}
}

// toggled answers the question of a line, or unfolds it.
func (p planScreen) toggled(row planRow) planScreen {
	switch {
	case row.kind == foldRow:
		return p.fold()
	case row.kind == fileRow:
		agreed := maps.Clone(p.agreedFiles)
		if agreed == nil {
			agreed = map[string]bool{}
		}
		agreed[row.file.path] = !agreed[row.file.path]
		p.agreedFiles = agreed
	case row.kind == itemRow && p.asks(row.items[0]):
		agreed, ref := maps.Clone(p.agreed), p.assessment.Plan.Items[row.items[0]].Ref
		agreed[ref] = !agreed[ref]
		p.agreed = agreed
	}
	return p.listed()
}

// fold shows or hides the unchanged objects.
func (p planScreen) fold() planScreen {
	p.unfolded = !p.unfolded
	return p.listed()
}

// allowed applies what the command line allowed in advance.
func (p planScreen) allowed(given *steps.RunOptions) planScreen {
	if given == nil {
		return p
	}
	p.agreedFiles = map[string]bool{}
	for _, f := range planFiles(p.assessment) {
		p.agreedFiles[f.path] = f.gone && given.Prune || !f.gone && given.Overwrite
	}
	return p
}

// askingFor asks whether to send a file that may contain secrets.
func (p planScreen) askingFor(file string) planScreen {
	dialog := ui.NewConfirm(p.context, "", p.context.T("apply.ask_secrets_file", "file", file))
	p.confirm = &dialog
	return p
}

// asking opens the question before the plan is applied.
func (p planScreen) asking() planScreen {
	s, _ := deploy.WithAgreedObjects(p.assessment, p.agreed)
	words := p.context.T.Say(p.words.confirm(deploy.WithAgreedFiles(s, p.agreedFiles)))
	dialog := ui.NewConfirm(p.context, p.context.T(p.words.confirmTitle), words).WithAnswers(p.context.T(p.words.confirmYes), p.context.T("plan.confirm_no"))
	p.confirm = &dialog
	return p
}

// confirming handles the question before the plan is applied.
func (p planScreen) confirming(m tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	dialog, _ := p.confirm.Update(m)
	p.confirm = &dialog
	switch action := dialog.Action(); {
	case action.Kind == ui.Choose && action.Index == 0 && p.failure != nil:
		p.confirm = nil
		out.State.SendSecretsFile = true
		again := newPlanScreen(p.context, out.State, p.account, p.cloud)
		again.w, again.h = p.w, p.h
		out.Open, out.Instead, out.Cmd = again, true, again.Init()
	case action.Kind == ui.Choose && action.Index == 0:
		p.confirm = nil
		out.State.Agreed, out.State.AgreedFiles = p.agreed, p.agreedFiles
		out.State.Outcome.KeptInSnowsight = slices.DeleteFunc(slices.Clone(p.assessment.Edited), func(path string) bool { return p.agreedFiles[path] })
		out.Move = screen.Next
	case action.Kind == ui.Choose, action.Kind == ui.Cancel:
		p.confirm = nil
	}
	return p, out
}

// Confirmation returns the question over the screen, or nil.
func (p planScreen) Confirmation() *ui.Confirm { return p.confirm }

// asks reports whether an item is only altered if the user agrees.
func (p planScreen) asks(i int) bool {
	item := p.assessment.Plan.Items[i]
	return item.Ask && item.Action != snowflake.ActionSame
}

// listed fills the list from the plan.
func (p planScreen) listed() planScreen {
	notes := planNotes(p.assessment)
	p.rows = planRows(p.assessment, p.unfolded, len(notes) > 0)
	entries := make([]ui.Entry, 0, len(p.rows))
	for _, row := range p.rows {
		switch row.kind {
		case itemRow:
			entries = append(entries, p.entry(row.items[0], p.assessment.Plan.Items[row.items[0]]))
		case nestedRow:
			e := p.entry(row.items[0], p.assessment.Plan.Items[row.items[0]])
			e.Title = "  " + e.Title
			entries = append(entries, e)
		case blockedRow:
			entries = append(entries, blockedEntry(p.context, p.assessment.Plan, row.items))
		case foldRow:
			entries = append(entries, foldEntry(p.context, p.words, p.assessment.Plan, row.items, p.unfolded))
		case fileRow:
			entries = append(entries, p.fileEntry(*row.file))
		case noteRow:
			entries = append(entries, noteEntry(p.context, notes))
		}
	}
	p.list = p.list.WithEntries(entries...)
	return p
}

// does reports whether there is anything to apply, with what the user agreed to.
func (p planScreen) does() bool { return deploy.WithAgreedFiles(p.assessment, p.agreedFiles).Changes() }

func (p planScreen) entry(i int, item snowflake.Item) ui.Entry {
	k := p.context
	side := k.T(message.ID("plan." + string(item.Action)))
	if item.Action == snowflake.ActionSame {
		side = k.T(p.words.same)
	}
	mark := planMark(item.Action)
	if deploy.IsUnknown(p.assessment, item) {
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
		e.Detail = append(e.Detail, ui.Paragraph{Text: c.Property + ": " + screen.ShownText(k, from) + " " + k.Glyphs.Crumb + " " + screen.ShownText(k, to)})
	}
	if item.Kind == snowflake.KindUpload && item.Action != snowflake.ActionSame && len(p.assessment.Uploads) > 0 {
		e.Detail = append(e.Detail, ui.Paragraph{Tone: ui.ToneCode, Text: strings.Join(p.assessment.Uploads, "\n")})
	}
	e.Detail = append(e.Detail, statements(item.Statements, item.Owner)...)
	if len(item.Fixes()) > 0 {
		e.Detail = append(e.Detail, ui.Paragraph{Tone: ui.ToneTitle, Text: k.T("plan.handover")})
		e.Detail = append(e.Detail, statements(item.Fixes(), snowflake.Name{})...)
	}
	return e
}

// statements returns statements as they are sent, with their role if it differs from the one shown before. Values of
// secrets are placeholders in them.
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
		all = append(all, ui.Paragraph{Tone: ui.ToneSQL, Text: text})
	}
	return all
}

func planMark(a snowflake.Action) ui.Mark {
	switch a {
	case snowflake.ActionCreate:
		return ui.MarkCreate
	case snowflake.ActionAlter:
		return ui.MarkAlter
	case snowflake.ActionDrop:
		return ui.MarkDrop
	case snowflake.ActionCannot:
		return ui.MarkCannot
	case snowflake.ActionSame:
		return ui.MarkSame
	default:
		return ui.MarkSame
	}
}

func (p planScreen) View() string {
	k := p.context
	switch {
	case !p.looked:
		return p.phase.View(p.w)
	case p.failure != nil:
		return strings.Join(screen.Failure(k, p.failure, p.w), "\n")
	}
	head := p.head()
	return strings.Join(head, "\n") + "\n\n" + p.list.SetSize(p.w, max(p.h-len(head)-1, 1)).View()
}

// head returns the lines above the list: the account, a summary, and the run that it resumes.
func (p planScreen) head() []string {
	k := p.context
	var lines []string
	if p.assessment.Context.Account != "" {
		lines = append(lines, k.Muted.Render(k.Cut(cells.Clean(k.T.Say(deploy.SessionMessage(p.assessment))), p.w)))
	}
	lines = append(lines, k.Cut(p.counts(), p.w))
	if !p.assessment.Resumes.IsZero() {
		for _, line := range cells.Wrap(cells.Clean(k.T.Say(p.assessment.Resumes)), max(p.w, 1)) {
			lines = append(lines, k.Warn.Render(line))
		}
	}
	return lines
}

// counts returns a summary of the plan in one line.
func (p planScreen) counts() string {
	if !p.does() {
		return p.context.T(p.words.nothing)
	}
	return p.context.T.Say(deploy.CountsOf(p.assessment))
}

func (p planScreen) Keys() []key.Binding {
	k := p.context
	switch {
	case !p.looked:
		return nil
	case p.failure != nil:
		return []key.Binding{ui.WithDesc(k.Keys.Enter, k.T("plan.again"))}
	}
	enter := ui.WithDesc(k.Keys.Enter, k.T(p.words.key))
	switch {
	case p.missing:
		enter = ui.WithDesc(k.Keys.Enter, k.T("plan.give"))
	case !p.does():
		enter = ui.WithDesc(k.Keys.Enter, k.T("done.finish"))
	}
	all := []key.Binding{enter}
	switch row := p.row(); {
	case row.kind == fileRow, row.kind == itemRow && p.asks(row.items[0]):
		all = append(all, ui.WithDesc(k.Keys.Space, k.T("plan.agree")))
	case row.kind == foldRow:
		all = append(all, foldKey(k, p.unfolded))
	}
	all = append(all, k.Keys.Down)
	if p.words.edits {
		all = append(all, ui.WithDesc(k.Keys.Edit, k.T("plan.edit")))
	}
	return all
}

func (p planScreen) Show(steps.State, []validate.Problem) screen.Model { return p }
func (p planScreen) Wants(tea.KeyPressMsg) bool                        { return p.confirm != nil }
func (p planScreen) Focus() string                                     { return string(steps.PlanStep) }
func (p planScreen) File(steps.State) string                           { return p.words.file }

func (p planScreen) Resize(w, h int) screen.Model {
	p.w, p.h = w, h
	p.list = p.list.SetSize(w, max(h-len(p.head())-1, 1))
	return p
}

func (p planScreen) Restyle(k *ui.Context) screen.Model {
	p.context, p.list, p.phase = k, p.list.WithContext(k), p.phase.WithContext(k)
	if p.confirm != nil {
		dialog := p.confirm.WithContext(k)
		p.confirm = &dialog
	}
	return p.listed()
}

func (p planScreen) Underway() *screen.Stream { return p.run }
