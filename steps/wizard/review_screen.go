package wizard

import (
	"slices"
	"strings"

	"sleet/scaffold/validate"
	"sleet/scaffold/workspace"
	"sleet/steps/wizard/screen"

	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/ui"
	"sleet/ui/message"
)

// The fields of the review.
const (
	reviewWrite    = "review.write"
	reviewProblems = "review.problems"
	reviewAnswers  = "review.answers"
	reviewFiles    = "review.files"
	reviewEvery    = "review.every"
	reviewEdited   = "review.edited:"
)

// reviewScreen shows all answers, their problems and the files. Enter writes the files.
type reviewScreen struct {
	screen.FormBase
	plan  steps.Plan
	lines []steps.StepLine
	// conflicts are the conflicts of edited files, by path.
	conflicts map[string]steps.Conflict
}

var _ screen.Model = reviewScreen{}

func newReviewScreen(k *ui.Context, s steps.State) reviewScreen {
	return reviewScreen{FormBase: screen.FormBase{Context: k, Form: ui.NewForm(k)}}.filled(s, validate.Problems(s.App))
}

// filled updates the review from a State; the focus and the cursors stay.
func (r reviewScreen) filled(s steps.State, problems []validate.Problem) reviewScreen {
	r.plan = steps.PlanOf(s, problems)
	r.lines = steps.StepLines(s, problems)
	r.conflicts = map[string]steps.Conflict{}
	for _, c := range r.plan.Changes {
		if c.State == workspace.FileEdited {
			r.conflicts[c.Path] = s.Conflict(c)
		}
	}
	fields := []ui.Field{r.button()}
	if len(problems) > 0 {
		fields = append(fields, r.problemTable())
	}
	for _, c := range r.plan.Changes {
		if c.State == workspace.FileEdited {
			fields = append(fields, r.conflictField(c))
		}
	}
	fields = append(fields, r.answerTable(), r.tree())
	if !s.Every {
		fields = append(fields, ui.NewButton(r.Context, ui.Head{ID: reviewEvery, Label: r.Context.T("review.every"), Why: r.Context.T("review.every_why")}))
	}
	r.Form = r.Form.WithFields(fields...)
	return r
}

func (r reviewScreen) button() ui.Field {
	h := ui.Head{ID: reviewWrite, Why: r.Context.T("review.write_why", "dir", r.plan.Folder.Dir)}
	errors, writes := 0, r.writes()
	for _, p := range r.plan.Problems {
		if p.Severity == validate.Error {
			errors++
		}
	}
	switch {
	case errors > 0:
		h.Label = r.Context.T("review.blocked", "count", errors)
	case writes == 0:
		h.Label = r.Context.T("review.nothing")
	default:
		h.Label = r.Context.T("review.write", "count", writes)
	}
	return ui.NewButton(r.Context, h)
}

func (r reviewScreen) problemTable() ui.Field {
	h := ui.Head{ID: reviewProblems, Label: r.Context.T("review.problems"), Why: r.Context.T("review.problems_why")}
	var all []ui.Row
	table := ui.NewTable(r.Context, h)
	for _, p := range r.plan.Problems {
		n := note(r.Context, p)
		all = append(all, ui.Row{Cells: []string{n.Text}, Level: n.Level})
	}
	cursor := r.row(reviewProblems)
	if cursor < len(r.plan.Problems) {
		n := note(r.Context, r.plan.Problems[cursor])
		h.Why, h.Link = r.Context.NoteText(n), n.Link
		table = ui.NewTable(r.Context, h)
	}
	return table.WithRows(all...).ShowAll().WithCursor(cursor)
}

func (r reviewScreen) answerTable() ui.Field {
	cursor := r.row(reviewAnswers)
	h := ui.Head{ID: reviewAnswers, Label: r.Context.T("review.answers")}
	if cursor < len(r.lines) { // the whole line, which may not fit in the table
		_, answers, preset := r.lines[cursor].Words(r.Context.T)
		h.Why = strings.TrimSpace(answers + " " + preset)
	}
	var all []ui.Row
	for _, l := range r.lines {
		name, answers, preset := l.Words(r.Context.T)
		all = append(all, ui.Row{Cells: []string{name, answers}, Tail: preset, Level: gravest(notesOf(r.Context, l.Problems))})
	}
	return ui.NewTable(r.Context, h).WithRows(all...).ShowAll().WithCursor(cursor)
}

// conflictField asks what to do with a file that the user edited.
func (r reviewScreen) conflictField(c workspace.Change) ui.Field {
	var all []ui.Option
	for _, fate := range r.conflicts[c.Path].Choices {
		all = append(all, ui.Option{Value: fate, Title: r.Context.T(message.ID("review." + fate))})
	}
	h := ui.Head{ID: reviewEdited + c.Path, Label: r.Context.T("review.edited", "path", c.Path), Why: r.Context.T("review.edited_why")}
	return ui.NewChoice(r.Context, h, all...).WithValue(r.conflicts[c.Path].Choice)
}

// row returns the row under the cursor of a table.
func (r reviewScreen) row(id string) int {
	table, ok := ui.Get[ui.Table](r.Form, id)
	if !ok {
		return 0
	}
	row, _ := table.Row()
	return row
}

func (r reviewScreen) tree() ui.Field {
	var files []ui.File
	for _, c := range r.plan.Changes {
		files = append(files, ui.File{Path: c.Path, Size: len(c.New), State: fileState(c.State)})
	}
	h := ui.Head{ID: reviewFiles, Label: r.Context.T("review.files"), Why: r.Context.T("review.files_why")}
	tree := ui.NewTree(r.Context, h, files...).ShowAll()
	if old, ok := ui.Get[ui.Tree](r.Form, reviewFiles); ok {
		return old.WithFiles(files...)
	}
	return tree
}

func fileState(s workspace.FileState) ui.FileState {
	switch s {
	case workspace.FileNew:
		return ui.New
	case workspace.FileChanged:
		return ui.Altered
	case workspace.FileEdited:
		return ui.Edited
	case workspace.FileSame:
		return ui.Same
	}
	return ui.Same
}

func (r reviewScreen) Update(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	var cmd tea.Cmd
	r.Form, cmd = r.Form.Update(msg)
	out := screen.Outcome{State: s, Cmd: cmd}
	action := r.Form.Action()
	switch action.Kind {
	case ui.Submit:
		if path, ok := strings.CutPrefix(action.Field, reviewEdited); ok {
			out.State, r.Form = r.decided(s, path), r.Form.Next()
		} else {
			r.pressed(action.Field, &out)
		}
	case ui.Edit:
		out.Move, out.To = screen.Jump, r.target(action)
	case ui.Changed:
		if path, ok := strings.CutPrefix(action.Field, reviewEdited); ok {
			out.State = r.decided(s, path)
		}
	case ui.Choose:
		out.Preview = action.Field == reviewFiles
	case ui.Nothing, ui.Add, ui.Remove, ui.Cancel:
	}
	return r.filled(out.State, r.plan.Problems), out
}

// pressed handles enter: it writes, or jumps to the first problem that prevents it.
func (r reviewScreen) pressed(field string, out *screen.Outcome) {
	if field == reviewEvery {
		out.State.Every = true
		out.Move = screen.Walk
		return
	}
	if field != reviewWrite { // a folder of the tree
		return
	}
	for _, p := range r.plan.Problems {
		if p.Severity == validate.Error {
			out.Move, out.To = screen.Jump, screen.Place{Step: steps.StepOf(out.State, p.Path), Path: p.Path}
			return
		}
	}
	out.Move = screen.Write
}

// Enters returns the text of what enter does at the focused field.
func (r reviewScreen) Enters() message.ID {
	switch focus := r.Form.Focused(); {
	case focus == reviewEvery:
		return "review.every_key"
	case focus != reviewWrite:
		return "ui.key.next"
	case slices.ContainsFunc(r.plan.Problems, func(p validate.Problem) bool { return p.Severity == validate.Error }):
		return "review.fix_key"
	case r.writes() == 0:
		return "ui.key.enter"
	}
	return "review.write_key"
}

// writes counts the files to write.
func (r reviewScreen) writes() int {
	n := 0
	for _, c := range r.plan.Changes {
		replaced := c.State == workspace.FileEdited && r.conflicts[c.Path].Choice != steps.KeepEdited
		if c.State == workspace.FileNew || c.State == workspace.FileChanged || replaced {
			n++
		}
	}
	return n
}

// target returns the place that a row of a table leads to.
func (r reviewScreen) target(action ui.Action) screen.Place {
	if action.Field == reviewProblems && action.Index < len(r.plan.Problems) {
		path := r.plan.Problems[action.Index].Path
		return screen.Place{Step: steps.StepOf(steps.State{App: r.plan.App}, path), Path: path}
	}
	if action.Index < len(r.lines) {
		return screen.Place{Step: r.lines[action.Index].Step}
	}
	return screen.Place{Step: steps.AppStep}
}

// decided stores the choice for an edited file.
func (r reviewScreen) decided(s steps.State, path string) steps.State {
	choice, _ := ui.Get[ui.Choice](r.Form, reviewEdited+path)
	for _, c := range r.plan.Changes {
		if c.Path == path {
			s = s.WithChoice(c, choice.Value())
		}
	}
	return s
}

func (r reviewScreen) Show(s steps.State, problems []validate.Problem) screen.Model {
	return r.filled(s, problems)
}

// merges returns the text of the files that combine both sides' changes.
func (r reviewScreen) merges() map[string]string {
	all := map[string]string{}
	for path, c := range r.conflicts {
		if c.Choice == steps.MergeEdited {
			all[path] = string(c.Merged)
		}
	}
	return all
}

func (r reviewScreen) Resize(w, h int) screen.Model {
	r.Form = r.Form.SetSize(w, h)
	return r
}

func (r reviewScreen) Restyle(k *ui.Context) screen.Model {
	r.Context, r.Form = k, r.Form.WithContext(k)
	return r
}

func (r reviewScreen) Focus() string { return string(steps.ReviewStep) }

// File returns the file under the cursor of the tree, or the edited file in question.
func (r reviewScreen) File(steps.State) string {
	focus := r.Form.Focused()
	if path, ok := strings.CutPrefix(focus, reviewEdited); ok {
		return path
	}
	if tree, ok := ui.Get[ui.Tree](r.Form, reviewFiles); ok && focus == reviewFiles {
		if i, ok := tree.File(); ok && i < len(r.plan.Changes) {
			return r.plan.Changes[i].Path
		}
	}
	return ""
}
