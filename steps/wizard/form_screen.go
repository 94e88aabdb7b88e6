package wizard

import (
	"maps"
	"slices"

	"sleet/scaffold/validate"
	"sleet/steps/wizard/screen"

	tea "charm.land/bubbletea/v2"

	"sleet/scaffold"
	"sleet/steps"
	"sleet/ui"
)

// formScreen asks the questions of a step in a form.
type formScreen struct {
	screen.FormBase
	questions func(steps.State) []steps.Question
	asked     []steps.Question
	// below returns lines to show below the fields, at most w cells wide, in several variants, the tallest first. It may
	// be nil.
	below func(k *ui.Context, s steps.State, w int) [][]string
	// added is set for a new row.
	added *added
	w     int
	// left are the questions of a new row that were answered or visited, by id. Problems of the others are not shown
	// before the user presses enter.
	left  map[string]bool
	tried bool
}

// added has what is needed to tell whether a new row was filled in, and to drop it.
type added struct {
	// before is the State without the row; start are the answers with the row unchanged.
	before steps.State
	start  scaffold.App
}

var _ screen.Model = formScreen{}

func newFormScreen(k *ui.Context, s steps.State, questions func(steps.State) []steps.Question) formScreen {
	f := formScreen{FormBase: screen.FormBase{Context: k, Form: ui.NewForm(k)}, questions: questions}
	return f.rebuilt(s)
}

// rebuilt updates the form to the questions for the State; fields that stay keep the text being typed.
func (f formScreen) rebuilt(s steps.State) formScreen {
	asked := f.questions(s)
	fields := make([]ui.Field, len(asked))
	for i, q := range asked {
		fields[i] = field(f.Context, q, s)
	}
	focus, old := f.Form.Focused(), f
	f.asked, f.Form = asked, f.Form.WithFields(fields...)
	for _, q := range old.asked {
		if kept := old.Form.Field(q.ID); kept != nil && q.Kind != steps.Choice {
			f.Form = f.Form.Set(kept)
		}
	}
	f.Form = f.Form.Focus(focus)
	return f
}

// blank reports whether the focused field is a text or list input with nothing typed.
func (f formScreen) blank() bool {
	switch field := f.Form.Field(f.Form.Focused()).(type) {
	case ui.TextField:
		return field.Value() == ""
	case ui.ListEdit:
		return field.Blank()
	}
	return false
}

// Update passes the message to the form and stores a changed answer.
func (f formScreen) Update(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	var cmd tea.Cmd
	before := f.Form.Focused()
	f.Form, cmd = f.Form.Update(msg)
	action := f.Form.Action()
	if f.added != nil && (before != f.Form.Focused() || action.Kind == ui.Changed) {
		f.left = maps.Clone(f.left)
		if f.left == nil {
			f.left = map[string]bool{}
		}
		f.left[before] = true
		f = f.noted(validate.Problems(s.App))
	}
	out := screen.Outcome{State: s, Cmd: cmd}
	switch action.Kind {
	case ui.Changed:
		f, out.State = f.take(s, action.Field)
	case ui.Submit:
		f.tried = true
		f, out.State = f.take(s, action.Field)
		if bad := f.firstError(out.State); bad != "" {
			f.Form = f.Form.Focus(bad)
			return f.noted(validate.Problems(out.State.App)), out
		}
		out.Move = screen.Next
	case ui.Nothing, ui.Add, ui.Edit, ui.Remove, ui.Choose, ui.Cancel:
	}
	return f, out
}

// firstError returns the id of the first question with an invalid answer, or "".
func (f formScreen) firstError(s steps.State) string {
	problems := validate.Problems(s.App)
	for _, q := range f.asked {
		if failing(q.Problems(problems)) {
			return q.ID
		}
	}
	return ""
}

// failing reports whether one of the problems prevents writing the files.
func failing(problems []validate.Problem) bool {
	return slices.ContainsFunc(problems, func(p validate.Problem) bool { return p.Severity == validate.Error })
}

// at moves the focus to the question with this path.
func (f formScreen) at(path string) formScreen {
	for _, q := range f.asked {
		if path != "" && steps.UnderPath(path, q.Path) {
			f.Form = f.Form.Focus(q.ID)
		}
	}
	return f
}

// take stores the answer in the field with this id.
func (f formScreen) take(s steps.State, id string) (formScreen, steps.State) {
	for _, q := range f.asked {
		if q.ID == id {
			text, lines := answer(f.Form, q)
			if q.Kind == steps.Choice && text == q.Get(s.App.Resolve()) {
				return f, s // passing a choice with enter does not set its default as an answer
			}
			s = q.With(s, text, lines)
		}
	}
	if now := f.questions(s); !slices.EqualFunc(now, f.asked, sameID) {
		f = f.rebuilt(s)
	}
	return f, s
}

func sameID(a, b steps.Question) bool { return a.ID == b.ID && a.Path == b.Path }

// Show updates the texts and problems of the fields.
func (f formScreen) Show(s steps.State, problems []validate.Problem) screen.Model {
	if now := f.questions(s); !slices.EqualFunc(now, f.asked, sameID) {
		f = f.rebuilt(s)
	}
	for _, q := range f.asked {
		f.Form = meant(f.Context, defaulted(f.Context, f.Form, q, s), q, s)
	}
	f = f.noted(problems)
	if f.below != nil {
		f.Form = f.Form.SetBelow(f.below(f.Context, s, f.w)...)
	}
	return f
}

// noted shows the problems at their fields; in a new row only at visited ones, until the user presses enter.
func (f formScreen) noted(problems []validate.Problem) formScreen {
	said := map[string][]ui.Note{}
	for _, q := range f.asked {
		if f.added == nil || f.tried || f.left[q.ID] {
			said[q.ID] = notes(f.Context, q.Path, problems)
		}
	}
	f.Form = f.Form.SetNotes(said)
	return f
}

// defaulted updates the default of a text field, which can depend on another answer.
func defaulted(k *ui.Context, form ui.Form, q steps.Question, s steps.State) ui.Form {
	text, ok := ui.Get[ui.TextField](form, q.ID)
	if preset := preset(k, q, s); ok && text.Placeholder() != preset {
		return form.Set(text.WithPlaceholder(preset))
	}
	return form
}

// meant updates the texts of a choice's options, which can depend on other answers.
func meant(k *ui.Context, form ui.Form, q steps.Question, s steps.State) ui.Form {
	if old, ok := ui.Get[ui.Choice](form, q.ID); ok {
		return form.Set(old.WithOptions(choices(k, q, s)...))
	}
	return form
}

func (f formScreen) Resize(w, h int) screen.Model {
	f.w, f.Form = w, f.Form.SetSize(w, h)
	return f
}

func (f formScreen) Restyle(k *ui.Context) screen.Model {
	f.Context, f.Form = k, f.Form.WithContext(k)
	return f
}

func (f formScreen) Focus() string { return f.Form.Focused() }

func (f formScreen) File(steps.State) string {
	for _, q := range f.asked {
		if q.ID == f.Form.Focused() {
			return q.File
		}
	}
	return ""
}

// Anchor returns the text to scroll the preview to: the answer in focus, or for a secret the function that returns it.
func (f formScreen) Anchor(s steps.State) string {
	for _, q := range f.asked {
		if q.ID == f.Form.Focused() && q.Anchor != nil {
			return q.Anchor(s)
		}
		if q.ID == f.Form.Focused() && q.Kind == steps.Text {
			text, _ := q.Answer(s.App)
			return text
		}
	}
	return ""
}
