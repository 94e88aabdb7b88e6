package wizard

import (
	"cmp"
	"fmt"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/validate"
	"sleet/steps"
	"sleet/steps/wizard/screen"
	"sleet/ui"
	"sleet/ui/message"
)

// secretRowsOf is the table of the app's secrets.
type secretRowsOf struct{}

var _ rows = secretRowsOf{}

func (secretRowsOf) id() string   { return "secrets" }
func (secretRowsOf) page() string { return steps.PageSecrets }

func (secretRowsOf) columns() []string {
	return []string{"ask.secrets.column_key", "ask.secrets.column_type", "ask.secrets.column_access"}
}

func (secretRowsOf) rows(k *ui.Context, s steps.State, problems []validate.Problem) []ui.Row {
	var all []ui.Row
	for i, d := range s.App.Resolve().Secrets {
		row := ui.Row{Cells: []string{
			d.Key, optionWords(k, "secrets.type", string(d.Type)), optionWords(k, "secrets.access", string(d.Access)),
		}}
		row.Level = gravest(notes(k, fmt.Sprintf("secrets[%d]", i), problems))
		all = append(all, row)
	}
	return all
}

// optionWords returns an option's label.
func optionWords(k *ui.Context, question, value string) string {
	return k.T(message.ID(steps.OptionMessage(question, value) + ".label"))
}

func (secretRowsOf) name(s steps.State, row int) string {
	if row < len(s.App.Secrets) {
		return s.App.Secrets[row].Key
	}
	return ""
}

// add appends a secret and opens it. The typed text starts its key; if nothing is typed, the key is a suggestion that no
// other secret has.
func (o secretRowsOf) add(k *ui.Context, s steps.State, typed string) (screen.Model, steps.State) {
	a := s.App.Clone()
	suggested := steps.SuggestedKey(a.Secrets)
	row := len(a.Secrets)
	a.Secrets = append(a.Secrets, scaffold.SecretDecl{Key: cmp.Or(typed, suggested)})
	before := s
	s = s.WithApp(a)
	form := newFormScreen(k, s, func(s steps.State) []steps.Question { return steps.NewSecretQuestions(s, row, suggested) })
	form.added = &added{before: before, start: a}
	return form, s
}

func (secretRowsOf) edit(k *ui.Context, s steps.State, row int) screen.Model {
	return newFormScreen(k, s, func(s steps.State) []steps.Question { return steps.SecretQuestions(s, row) })
}

func (secretRowsOf) remove(s steps.State, row int) steps.State {
	a := s.App.Clone()
	if row < len(a.Secrets) {
		a.Secrets = slices.Delete(a.Secrets, row, row+1)
	}
	return s.WithApp(a)
}

func (secretRowsOf) below(*ui.Context, steps.State, int) [][]string { return nil }

func (secretRowsOf) file() string { return "" }

// anchor returns the function that returns the secret in the app's code.
func (o secretRowsOf) anchor(s steps.State, row int) string {
	return "def secret_" + o.name(s, row) + "("
}
