package wizard

import (
	"strconv"

	"sleet/scaffold/validate"
	"sleet/steps/wizard/screen"

	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/ui"
	"sleet/ui/message"
)

// rows describes a step whose answer is a table: its rows, and how to add, edit and remove one.
type rows interface {
	// id is part of the ids of the step's messages and the path of its answers in sleet.toml.
	id() string
	page() string
	// columns returns the message ids of the column titles.
	columns() []string
	rows(k *ui.Context, s steps.State, problems []validate.Problem) []ui.Row
	// name returns the name of a row.
	name(s steps.State, row int) string
	// add returns the screen for a new row that starts with the typed text, and its initial State.
	add(k *ui.Context, s steps.State, typed string) (screen.Model, steps.State)
	// edit returns the screen for one row.
	edit(k *ui.Context, s steps.State, row int) screen.Model
	remove(s steps.State, row int) steps.State
	// below returns lines to show below the table, at most w cells wide, in several variants, the tallest first.
	below(k *ui.Context, s steps.State, w int) [][]string
	// anchor returns the text that the row has in the file.
	anchor(s steps.State, row int) string
	// file returns the path of the file that shows the rows.
	file() string
}

// toppedRows is a step with a question above its table.
type toppedRows interface {
	// top returns the question, and the rows with what they remember from the State.
	top(s steps.State) (steps.Question, rows)
}

// rowsScreen shows the table and opens a screen for a row.
type rowsScreen struct {
	screen.FormBase
	of rows
	w  int
	// first is the question above the table; nil if there is none.
	first *steps.Question
}

var _ screen.Model = rowsScreen{}

// rowsNext is the button that leaves the step. It has the focus when the step opens, so that pressing enter goes through
// the steps.
const rowsNext = ".next"

func newRowsScreen(k *ui.Context, s steps.State, of rows) rowsScreen {
	return rowsScreen{FormBase: screen.FormBase{Context: k, Form: ui.NewForm(k)}, of: of}.tabled(s, nil).leaving()
}

// leaving moves the focus to the button, below the row that adds.
func (r rowsScreen) leaving() rowsScreen {
	r.Form = r.Form.Focus(r.of.id() + rowsNext)
	if table, ok := ui.Get[ui.Table](r.Form, r.of.id()); ok {
		r.Form = r.Form.Set(table.ToEnd())
	}
	return r
}

// tabled fills the table from the State and keeps the cursor.
func (r rowsScreen) tabled(s steps.State, problems []validate.Problem) rowsScreen {
	id := r.of.id()
	var columns []string
	for _, c := range r.of.columns() {
		columns = append(columns, r.Context.T(message.ID(c)))
	}
	h := ui.Head{ID: id, Label: r.Context.T(message.ID("ask." + id + ".label")), Why: r.Context.T(message.ID("ask." + id + ".why")), Link: screen.Link(r.of.page())}
	table := ui.NewTable(r.Context, h, columns...).WithRows(r.of.rows(r.Context, s, problems)...).
		WithAdd(r.Context.T(message.ID("ask." + id + ".placeholder"))).WithTyping()
	if old, ok := ui.Get[ui.Table](r.Form, id); ok {
		row, _ := old.Row()
		table = table.WithCursor(row)
	}
	var fields []ui.Field
	r.first = nil
	if topped, ok := r.of.(toppedRows); ok {
		var q steps.Question
		q, r.of = topped.top(s)
		r.first = &q
		fields = append(fields, ui.NewChoice(r.Context, head(r.Context, q), choices(r.Context, q, s)...).Inline().WithValue(q.Get(s.App)))
	}
	next := ui.NewButton(r.Context, ui.Head{ID: id + rowsNext, Label: r.Context.T("rows.next"), Why: h.Why, Link: h.Link})
	r.Form = r.Form.WithFields(append(fields, table, next)...).SetBelow(r.of.below(r.Context, s, r.w)...)
	return r
}

func (r rowsScreen) Update(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	var cmd tea.Cmd
	r.Form, cmd = r.Form.Update(msg)
	out := screen.Outcome{State: s, Cmd: cmd}
	action := r.Form.Action()
	if r.first != nil && action.Field == r.first.ID {
		choice, _ := ui.Get[ui.Choice](r.Form, r.first.ID)
		if value := choice.Value(); value != r.first.Get(s.App) {
			out.State = r.first.With(s, value, nil)
		}
		if action.Kind == ui.Submit {
			out.Move = screen.Next
		}
		return r, out
	}
	switch action.Kind {
	case ui.Submit:
		out.Move = screen.Next
	case ui.Add:
		out.Open, out.State = r.of.add(r.Context, s, action.Text)
	case ui.Edit:
		out.Open = r.of.edit(r.Context, s, action.Index)
	case ui.Remove:
		out.Ask = r.Context.T(message.ID("ask."+r.of.id()+".confirm_remove"), "key", r.of.name(s, action.Index))
		out.Yes = func(s steps.State) steps.State { return r.of.remove(s, action.Index) }
	case ui.Nothing, ui.Changed, ui.Choose, ui.Cancel:
	}
	return r, out
}

func (r rowsScreen) Show(s steps.State, problems []validate.Problem) screen.Model {
	r = r.tabled(s, problems)
	r.Form = r.Form.SetNotes(map[string][]ui.Note{r.of.id(): notes(r.Context, r.of.id(), problems)})
	return r
}

func (r rowsScreen) Resize(w, h int) screen.Model {
	r.w, r.Form = w, r.Form.SetSize(w, h)
	return r
}

func (r rowsScreen) Restyle(k *ui.Context) screen.Model {
	r.Context, r.Form = k, r.Form.WithContext(k)
	return r
}

func (r rowsScreen) File(steps.State) string { return r.of.file() }

// Anchor returns the text of the row under the cursor in the file; on the row that adds, that of the last row.
func (r rowsScreen) Anchor(s steps.State) string {
	if table, ok := ui.Get[ui.Table](r.Form, r.of.id()); ok {
		row, ok := table.Row()
		if !ok {
			row--
		}
		if row >= 0 {
			return r.of.anchor(s, row)
		}
	}
	return ""
}

// Focus includes the row, so that moving to another row scrolls the preview to it.
func (r rowsScreen) Focus() string {
	if r.first != nil && r.Form.Focused() == r.first.ID {
		return r.first.ID
	}
	row := 0
	if table, ok := ui.Get[ui.Table](r.Form, r.of.id()); ok {
		row, _ = table.Row()
	}
	return r.of.id() + "/" + strconv.Itoa(row)
}
