package steps

import (
	"strconv"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/validate"
	"sleet/ui/message"
)

// Kind is how a question is answered.
type Kind int

// The kinds of questions.
const (
	Text   Kind = iota // one line
	Choice             // one of a few options
	Toggle             // yes or no
	List               // any number of lines
)

// Question is one question as data, so that a screen and a line-by-line dialogue ask the same. Its words are messages
// below "ask." and its ID.
type Question struct {
	// ID is the id of the question and its words, for example "app.name".
	ID string
	// Path is the field in sleet.toml, for example "secrets[0].key". Problems of that path are shown here.
	Path string
	Kind Kind
	// Label and Why are its words if they come from elsewhere, such as the name of an option. If empty, the
	// catalogues have them.
	Label string
	Why   message.Message
	// Preset is the default if Resolve has none.
	Preset string
	// Page is the URL of the public documentation.
	Page string
	// File is the generated file that shows the answer; empty means the main file.
	File string
	// Anchor returns a text to look for in File; nil means the answer itself.
	Anchor func(State) string
	// Asked reports whether the current answers call for the question; nil means always.
	Asked func(State) bool
	// Options returns the options of a Choice.
	Options func(State) []Option
	// Get and Set read and write the answer of a Text, Choice or Toggle ("true" or "").
	Get func(scaffold.App) string
	Set func(*scaffold.App, string)
	// Lines and SetLines read and write the answer of a List.
	Lines    func(scaffold.App) []string
	SetLines func(*scaffold.App, []string)
	// Rewrite normalizes pasted text; changed is false if it stays the same. nil keeps every text.
	Rewrite func(text string) (better string, changed bool)
	// Check returns an error for a line of a List that the App cannot store; nil accepts every line.
	Check func(string) error
}

// Option is one option of a Choice.
type Option struct {
	// Value is the answer that the option sets.
	Value string
	// Words is the message id of its words ("…label", "…brings", "…costs"). If empty, Value is shown.
	Words string
	// Here is what it means for the app with its current answers.
	Here []Meaning
}

// asked reports whether the current answers call for the question.
func (q Question) asked(s State) bool { return q.Asked == nil || q.Asked(s) }

// Default returns the answer that is used if none is given, as text.
func (q Question) Default(a scaffold.App) string {
	if q.Get == nil {
		return ""
	}
	bare := a.Clone()
	q.Set(&bare, "")
	if preset := q.Get(bare.Resolve()); preset != "" {
		return preset
	}
	return q.Preset
}

// Answer returns the answer as one line of text, and reports whether it was given rather than a default.
func (q Question) Answer(a scaffold.App) (text string, given bool) {
	if q.Kind == List {
		lines := q.Lines(a)
		return strings.Join(lines, ", "), len(lines) > 0
	}
	if text := q.Get(a); text != "" {
		return text, true
	}
	return q.Default(a), false
}

// With returns the State with the question answered by text, or by lines for a List.
func (q Question) With(s State, text string, lines []string) State {
	a := s.App.Clone()
	if q.Kind == List {
		q.SetLines(&a, lines)
	} else {
		q.Set(&a, text)
	}
	return s.WithApp(a)
}

// Problems returns those whose path is the question's or below it. An empty path matches all.
func (q Question) Problems(all []validate.Problem) []validate.Problem {
	var mine []validate.Problem
	for _, p := range all {
		if UnderPath(p.Path, q.Path) {
			mine = append(mine, p)
		}
	}
	return mine
}

// UnderPath reports whether path is field or below it: "network.hosts[1]" is under "network.hosts".
func UnderPath(path, field string) bool {
	rest, ok := strings.CutPrefix(path, field)
	return ok && (field == "" || rest == "" || rest[0] == '.' || rest[0] == '[')
}

// text returns a question answered by a string of the App.
func text(id, file, page string, field func(*scaffold.App) *string) Question {
	return Question{
		ID: id, Path: id, Kind: Text, Page: page, File: file,
		Get: func(a scaffold.App) string { return *field(&a) },
		Set: func(a *scaffold.App, v string) { *field(a) = v },
	}
}

// list returns a question answered by any number of lines.
func list(id, file, page string, field func(*scaffold.App) *[]string) Question {
	return Question{
		ID: id, Path: id, Kind: List, Page: page, File: file,
		Lines:    func(a scaffold.App) []string { return *field(&a) },
		SetLines: func(a *scaffold.App, v []string) { *field(a) = v },
	}
}

// choice returns a question answered by one of the values of a string type.
func choice[T ~string](id, file, page string, options func(State) []Option, field func(*scaffold.App) *T) Question {
	return Question{
		ID: id, Path: id, Kind: Choice, Page: page, File: file, Options: options,
		Get: func(a scaffold.App) string { return string(*field(&a)) },
		Set: func(a *scaffold.App, v string) { *field(a) = T(v) },
	}
}

// no is a Toggle's negative answer where an empty one means that it is unanswered.
const no = "false"

// BoolText returns a Toggle's answer as text.
func BoolText(b bool) string {
	if !b {
		return ""
	}
	return strconv.FormatBool(b)
}

// options returns the options of a Choice whose words are messages below the question's id.
func options[T ~string](id string, values ...T) func(State) []Option {
	return func(State) []Option {
		var all []Option
		for _, v := range values {
			all = append(all, Option{Value: string(v), Words: OptionMessage(id, string(v))})
		}
		return all
	}
}

// OptionMessage returns the prefix of the message ids of an option.
func OptionMessage(question, value string) string { return "ask." + question + "." + optionID(value) }

// optionID returns an option's value as part of a message id.
func optionID(value string) string {
	return strings.TrimLeft(strings.ReplaceAll(value, ".", "_"), "_")
}
