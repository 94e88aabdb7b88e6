package steps

import (
	"cmp"
	"strings"

	"sleet/scaffold"
	"sleet/ui"
	"sleet/ui/message"
)

// Words returns a question's label and one line on why it matters.
func (q Question) Words(t ui.Translate) (label, why string) {
	if q.Label != "" {
		return q.Label, t.Say(q.Why)
	}
	return t(message.ID("ask." + q.ID + ".label")), OptionalText(t, message.ID("ask."+q.ID+".why"))
}

// OptionWords are the words of an option.
type OptionWords struct {
	Title, Brings, Costs string
	// Here is what the option means for the app with its current answers.
	Here string
}

// In returns an option's words.
func (o Option) In(t ui.Translate) OptionWords {
	if o.Words == "" {
		return OptionWords{Title: o.Value}
	}
	var here []string
	for _, m := range o.Here {
		here = append(here, m.said(t))
	}
	return OptionWords{
		Title: t(message.ID(o.Words + ".label")), Brings: OptionalText(t, message.ID(o.Words+".brings")), Costs: OptionalText(t, message.ID(o.Words+".costs")),
		Here: strings.Join(here, t("meaning.between")),
	}
}

// Words returns the words of one line of the review: the question's label, the answer, and a mark for a default.
func (l Line) Words(t ui.Translate) (label, value, mark string) {
	value = l.Text
	if !l.Given {
		mark = t("review.default")
	}
	switch {
	case value == "":
		unset := strings.Trim(OptionalText(t, message.ID("ask."+l.Question+".empty")), "()")
		value, mark = cmp.Or(unset, t("review.none")), ""
	case value == BoolText(true):
		value = t("ui.toggle.on")
	case value == no:
		value, mark = t("ui.toggle.off"), ""
	}
	if words := OptionalText(t, message.ID("ask."+l.Question+"."+optionID(value)+".label")); words != "" {
		value = words
	}
	return t(message.ID("ask." + l.Question + ".label")), value, mark
}

// OptionalText returns a message, or "" if the catalogue does not have it.
func OptionalText(t ui.Translate, id message.ID, data ...any) string {
	if words := t(id, data...); words != string(id) {
		return words
	}
	return ""
}

// SayError returns an error's text in the language of t, if it has one.
func SayError(t ui.Translate, err error) string { return message.Of(err).In(t) }

// Comments returns a message in the language of the comments in an app's files.
func Comments(language scaffold.Language, text message.Message) string {
	return text.In(message.For(string(language)).T)
}

// SayAll joins several reasons in the language of t. It leaves out repeated reasons, and a repeated beginning of a
// reason.
func SayAll(t ui.Translate, list []message.Message) string {
	between := t("migration.between")
	var all []string
	for _, text := range list {
		for part := range strings.SplitSeq(text.In(t), between) {
			all = append(all, part)
		}
	}
	said := map[string]bool{}
	var once []string
	for _, part := range all {
		head, rest, longer := strings.Cut(part, ": ")
		if part = strings.TrimSpace(part); part == "" || said[part] {
			continue
		}
		said[part] = true
		if longer && said[head] {
			part = rest
			if last := len(once) - 1; once[last] == head { // append the rest to the beginning
				once[last], part = head+": "+rest, ""
			}
		}
		said[head] = true
		if part != "" {
			once = append(once, part)
		}
	}
	return strings.Join(once, between)
}
