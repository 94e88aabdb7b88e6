package wizard

import (
	"sleet/scaffold/validate"
	"sleet/steps"
	"sleet/steps/wizard/screen"
	"sleet/ui"
	"sleet/ui/message"
)

// head returns the texts of a question: its label, why it matters, and its page.
func head(k *ui.Context, q steps.Question) ui.Head {
	label, why := q.Words(k.T)
	return ui.Head{ID: q.ID, Label: label, Why: why, Link: screen.Link(q.Page)}
}

// field returns the field of a question, with its answer.
func field(k *ui.Context, q steps.Question, s steps.State) ui.Field {
	switch q.Kind {
	case steps.Toggle:
		return ui.NewToggle(k, head(k, q)).WithValue(q.Get(s.App) == steps.BoolText(true))
	case steps.Choice:
		shown, _ := q.Answer(s.App)
		return ui.NewChoice(k, head(k, q), choices(k, q, s)...).WithValue(shown)
	case steps.List:
		list := ui.NewListEdit(k, head(k, q)).WithValue(q.Lines(s.App)...).WithPlaceholder(k.T(message.ID("ask." + q.ID + ".placeholder")))
		return list.WithCheck(q.Check).WithRewrite(rewriting(k, q))
	case steps.Text:
		return ui.NewTextField(k, head(k, q)).WithValue(q.Get(s.App)).WithPlaceholder(preset(k, q, s)).WithRewrite(rewriting(k, q))
	}
	return ui.NewTextField(k, head(k, q))
}

// rewriting returns the function that improves a pasted text, and says so.
func rewriting(k *ui.Context, q steps.Question) ui.Rewrite {
	if q.Rewrite == nil {
		return nil
	}
	return func(text string) (string, string) {
		better, changed := q.Rewrite(text)
		if !changed {
			return text, ""
		}
		return better, k.T("ask.network.hosts.from_url", "host", better)
	}
}

// preset returns the placeholder of a text field: its default, or in brackets what an empty answer means.
func preset(k *ui.Context, q steps.Question, s steps.State) string {
	if preset := q.Default(s.App); preset != "" {
		return preset
	}
	return steps.OptionalText(k.T, message.ID("ask."+q.ID+".empty"))
}

// choices returns the options of a Choice with their texts.
func choices(k *ui.Context, q steps.Question, s steps.State) []ui.Option {
	var all []ui.Option
	for _, o := range q.Options(s) {
		words := o.In(k.T)
		all = append(all, ui.Option{Value: o.Value, Title: words.Title, Gives: words.Brings, Costs: words.Costs, Here: words.Here})
	}
	return all
}

// answer returns the answer in a field.
func answer(form ui.Form, q steps.Question) (text string, lines []string) {
	switch q.Kind {
	case steps.Toggle:
		f, _ := ui.Get[ui.Toggle](form, q.ID)
		return steps.BoolText(f.Value()), nil
	case steps.Choice:
		f, _ := ui.Get[ui.Choice](form, q.ID)
		return f.Value(), nil
	case steps.List:
		f, _ := ui.Get[ui.ListEdit](form, q.ID)
		return "", f.Value()
	case steps.Text:
		f, _ := ui.Get[ui.TextField](form, q.ID)
		return f.Value(), nil
	}
	return "", nil
}

// notes returns the problems at a path of sleet.toml as notes for a form.
func notes(k *ui.Context, path string, problems []validate.Problem) []ui.Note {
	return notesOf(k, steps.Question{Path: path}.Problems(problems))
}

func notesOf(k *ui.Context, problems []validate.Problem) []ui.Note {
	var all []ui.Note
	for _, p := range problems {
		all = append(all, note(k, p))
	}
	return all
}

// gravest returns the highest level of the notes.
func gravest(notes []ui.Note) ui.Level {
	level := ui.None
	for _, n := range notes {
		level = max(level, n.Level)
	}
	return level
}

// note returns a problem as a note, in the user's language.
func note(k *ui.Context, p validate.Problem) ui.Note {
	level := ui.Warning
	if p.Severity == validate.Error {
		level = ui.Problem
	}
	msg, fix := k.T.Say(p.Message), k.T.Say(p.Fix)
	return ui.Note{Level: level, Text: msg, Fix: fix, Link: screen.Link(p.Page)}
}
