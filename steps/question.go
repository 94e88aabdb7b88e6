package steps

import (
	"strconv"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/validate"
)

// Kind is the way a question is answered.
type Kind int

// The kinds of questions.
const (
	Text   Kind = iota // one line
	Choice             // one of a few options
	Toggle             // yes or no
	List               // any number of lines
)

// Question is one thing to ask: a row of data, so that a screen and a line-by-line dialogue ask
// the same. Its words are in the message files under "ask." and its ID.
type Question struct {
	// ID names the question and its words, e.g. "app.name".
	ID string
	// Path is the field in sleet.toml, e.g. "secrets[0].key": problems are shown at it.
	Path string
	Kind Kind
	// Label and Why are its words where they come from the outside, as Streamlit's own
	// descriptions do; empty means those of the message files.
	Label, Why string
	// Preset is the default where Resolve knows of none.
	Preset string
	// Page is the public page that explains it.
	Page string
	// File is the generated file that shows the answer; empty means the main file.
	File string
	// Anchor is a text to look for in File, where it is not the answer itself; nil where it is.
	Anchor func(State) string
	// Asked reports whether the answers so far call for the question; nil means always.
	Asked func(State) bool
	// Options are those of a Choice.
	Options func(State) []Option
	// Get and Set read and write the answer of a Text, Choice or Toggle ("true" or "").
	Get func(scaffold.App) string
	Set func(*scaffold.App, string)
	// Lines and SetLines do so for a List.
	Lines    func(scaffold.App) []string
	SetLines func(*scaffold.App, []string)
	// Rewrite makes something better of a text that was pasted; changed is false where it stays. nil keeps
	// every text.
	Rewrite func(text string) (better string, changed bool)
	// Check refuses one line of a List that the App could not hold; nil takes every line.
	Check func(string) error
}

// Option is one option of a Choice.
type Option struct {
	// Value is what the answer becomes.
	Value string
	// Words is the message id of its words ("…label", "…brings", "…costs"); empty means that
	// Value speaks for itself.
	Words string
	// Here is what it means for the app as it stands.
	Here []Meaning
}

// asked reports whether the answers so far call for the question.
func (q Question) asked(s State) bool { return q.Asked == nil || q.Asked(s) }

// Default returns the answer that an empty one stands for, as text.
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

// Answer returns the answer as one line of text and reports whether it was given rather than left at
// its default.
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

// Problems are those whose path is the question's or is below it; an empty path has all.
func (q Question) Problems(all []validate.Problem) []validate.Problem {
	var mine []validate.Problem
	for _, p := range all {
		if UnderPath(p.Path, q.Path) {
			mine = append(mine, p)
		}
	}
	return mine
}

// UnderPath reports whether path is field or is below it: "network.hosts[1]" is under "network.hosts".
func UnderPath(path, field string) bool {
	rest, ok := strings.CutPrefix(path, field)
	return ok && (field == "" || rest == "" || rest[0] == '.' || rest[0] == '[')
}

// text is a question answered by a plain string of the App.
func text(id, file, page string, field func(*scaffold.App) *string) Question {
	return Question{
		ID: id, Path: id, Kind: Text, Page: page, File: file,
		Get: func(a scaffold.App) string { return *field(&a) },
		Set: func(a *scaffold.App, v string) { *field(a) = v },
	}
}

// list is a question answered by any number of lines.
func list(id, file, page string, field func(*scaffold.App) *[]string) Question {
	return Question{
		ID: id, Path: id, Kind: List, Page: page, File: file,
		Lines:    func(a scaffold.App) []string { return *field(&a) },
		SetLines: func(a *scaffold.App, v []string) { *field(a) = v },
	}
}

// choice is a question answered by one of a few values of a string type.
func choice[T ~string](id, file, page string, options func(State) []Option, field func(*scaffold.App) *T) Question {
	return Question{
		ID: id, Path: id, Kind: Choice, Page: page, File: file, Options: options,
		Get: func(a scaffold.App) string { return string(*field(&a)) },
		Set: func(a *scaffold.App, v string) { *field(a) = T(v) },
	}
}

// no stands for a Toggle's empty answer where an empty one would mean that nothing is known.
const no = "false"

// BoolText is a Toggle's answer as text.
func BoolText(b bool) string {
	if !b {
		return ""
	}
	return strconv.FormatBool(b)
}

// options makes the options of a Choice whose words stand under the question's id.
func options[T ~string](id string, values ...T) func(State) []Option {
	return func(State) []Option {
		var all []Option
		for _, v := range values {
			all = append(all, Option{Value: string(v), Words: OptionMessage(id, string(v))})
		}
		return all
	}
}

// OptionMessage is the id under which the words of an option are.
func OptionMessage(question, value string) string { return "ask." + question + "." + optionID(value) }

// optionID is an option's value as a part of a message id.
func optionID(value string) string {
	return strings.TrimLeft(strings.ReplaceAll(value, ".", "_"), "_")
}
