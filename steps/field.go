package steps

import (
	"path"
	"strings"

	"sleet/scaffold"
	"sleet/ui"
)

// head gives a question's words: its label, why it matters, and its page.
func head(k *ui.Kit, q Question) ui.Head {
	h := ui.Head{ID: q.ID, Label: q.Label, Why: q.Why, Link: link(q.Page)}
	if h.Label == "" {
		h.Label, h.Why = k.T("ask."+q.ID+".label"), k.T("ask."+q.ID+".why")
	}
	return h
}

// link names a page by the end of its address.
func link(page string) ui.Link {
	if page == "" {
		return ui.Link{}
	}
	return ui.Link{URL: page, Text: strings.ReplaceAll(path.Base(page), "-", " ")}
}

// field makes a question's field, holding its answer.
func field(k *ui.Kit, q Question, s State) ui.Field {
	switch q.Kind {
	case Toggle:
		return ui.NewToggle(k, head(k, q)).WithValue(q.Get(s.App) == yes(true))
	case Choice:
		shown, _ := q.Answer(s.App)
		return ui.NewChoice(k, head(k, q), choices(k, q, s)...).WithValue(shown)
	case List:
		list := ui.NewListEdit(k, head(k, q)).WithValue(q.Lines(s.App)...).WithPlaceholder(k.T("ask." + q.ID + ".placeholder"))
		return list.WithCheck(q.Check)
	case Text:
		return ui.NewTextField(k, head(k, q)).WithValue(q.Get(s.App)).WithPlaceholder(q.Default(s.App))
	}
	return ui.NewTextField(k, head(k, q))
}

// choices gives the options of a Choice in words.
func choices(k *ui.Kit, q Question, s State) []ui.Option {
	var all []ui.Option
	for _, o := range q.Options(s) {
		option := ui.Option{Value: o.Value, Title: o.Value}
		if o.Words != "" {
			option.Title = k.T(o.Words + ".label")
			option.Gives, option.Costs = said(k, o.Words+".brings"), said(k, o.Words+".costs")
		}
		all = append(all, option)
	}
	return all
}

// said gives a message that not every option has: nothing where it is missing.
func said(k *ui.Kit, id string) string {
	if words := k.T(id); words != id {
		return words
	}
	return ""
}

// answer reads a field.
func answer(form ui.Form, q Question) (text string, lines []string) {
	switch q.Kind {
	case Toggle:
		f, _ := ui.Get[ui.Toggle](form, q.ID)
		return yes(f.Value()), nil
	case Choice:
		f, _ := ui.Get[ui.Choice](form, q.ID)
		return f.Value(), nil
	case List:
		f, _ := ui.Get[ui.ListEdit](form, q.ID)
		return "", f.Value()
	case Text:
		f, _ := ui.Get[ui.TextField](form, q.ID)
		return f.Value(), nil
	}
	return "", nil
}

// notes gives the problems under a path of sleet.toml, as a form shows them.
func notes(k *ui.Kit, path string, problems []scaffold.Problem) []ui.Note {
	return notesOf(k, Question{Path: path}.problems(problems))
}

func notesOf(k *ui.Kit, problems []scaffold.Problem) []ui.Note {
	var all []ui.Note
	for _, p := range problems {
		all = append(all, note(k, p))
	}
	return all
}

// gravest gives the highest level among notes.
func gravest(notes []ui.Note) ui.Level {
	level := ui.None
	for _, n := range notes {
		level = max(level, n.Level)
	}
	return level
}

// note says a problem at its field, in the person's language where there are words for it.
func note(k *ui.Kit, p scaffold.Problem) ui.Note {
	level := ui.Warning
	if p.Severity == scaffold.Error {
		level = ui.Problem
	}
	message, fix := problemWords(k.T, p)
	return ui.Note{Level: level, Text: message, Fix: fix, Link: link(p.Page)}
}

// problemWords gives a problem's message and fix, in English where the language has no words of
// its own for it.
func problemWords(t ui.Translate, p scaffold.Problem) (message, fix string) {
	var args []any
	for name, value := range p.Args {
		args = append(args, name, value)
	}
	message, fix = p.Message, p.Fix
	if words := t("problem."+p.ID+".message", args...); words != "problem."+p.ID+".message" {
		message = words
	}
	if words := t("problem."+p.ID+".fix", args...); words != "problem."+p.ID+".fix" {
		fix = words
	}
	return message, fix
}
