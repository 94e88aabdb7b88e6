package wizard

import (
	"fmt"
	"strings"

	"sleet/scaffold"
	"sleet/steps"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// newRuntimeScreen returns the choice of the runtime with a comparison of the runtimes for this app below it.
func newRuntimeScreen(k *ui.Context, s steps.State) formScreen {
	form := newFormScreen(k, s, func(s steps.State) []steps.Question { return steps.Questions(steps.Runtime, s) })
	form.below = comparisonTable
	return form
}

// comparisonTable draws the comparison with a column for each runtime and highlights that of the chosen one.
func comparisonTable(k *ui.Context, s steps.State, w int) [][]string {
	facts := scaffold.Runtimes()
	label := 0
	rows := comparison(s)
	for _, row := range rows {
		label = max(label, cells.Width(k.T(message.ID("compare."+row.id)))+2)
	}
	column := max((w-label-indent)/len(facts), 2)
	columns := func(style func(i int, text string) string, texts ...string) string {
		line := ""
		for i, text := range texts {
			line += style(i, k.Fit(cells.Clean(text), column-1)) + " "
		}
		return line
	}
	style := func(i int, text string) string {
		if facts[i].Runtime == s.Runtime() {
			return k.Title.Render(text)
		}
		return k.Muted.Render(text)
	}
	var names []string
	for _, f := range facts {
		names = append(names, k.T(message.ID("ask.app.runtime."+string(f.Runtime)+".label")))
	}
	lines := []string{cells.Pad("", label+indent) + columns(style, names...)}
	for _, row := range rows {
		for i, cell := range row.cells {
			if !row.literal {
				row.cells[i] = k.T(message.ID("compare." + cell))
			}
		}
		name := cells.Pad("", indent) + k.Muted.Render(cells.Pad(k.T(message.ID("compare."+row.id)), label))
		lines = append(lines, name+columns(func(_ int, text string) string { return k.Text.Render(text) }, row.cells...))
	}
	return [][]string{lines}
}

// indent is the column of a field's text.
const indent = 2

// compareRow is one row: what is compared, and a cell for each runtime. The cells of a literal row are texts, others are
// message ids.
type compareRow struct {
	id      string
	cells   []string
	literal bool
}

// comparison compares the runtimes for the current answers.
func comparison(s steps.State) []compareRow {
	var python, streamlit, packages, secrets, values, rights []string
	for _, f := range scaffold.Runtimes() {
		python = append(python, strings.Join(f.Pythons, " "))
		streamlit = append(streamlit, streamlitRange(f))
		packages = append(packages, f.PackageFile)
		secrets = append(secrets, ways(s, f))
		values = append(values, map[bool]string{true: "st_secrets", false: "none"}[f.SecretsFile])
		rights = append(rights, map[bool]string{true: "either", false: "owner"}[f.ComputePool])
	}
	return []compareRow{
		{"python", python, true},
		{"streamlit", streamlit, true},
		{"packages", packages, true},
		{"secrets", secrets, true},
		{steps.ValuesID, values, false},
		{"rights", rights, false},
	}
}

func streamlitRange(f scaffold.RuntimeFacts) string {
	if n := len(f.Streamlits); n > 0 {
		return fmt.Sprintf("%s - %s", f.Streamlits[0], f.Streamlits[n-1])
	}
	return ">= " + f.MinStreamlit
}

// ways returns how the app's secrets would be accessed in a runtime, or every access method while it has no secrets. A
// function is shown as UDF to save space.
func ways(s steps.State, f scaffold.RuntimeFacts) string {
	moved := s.App.Clone()
	moved.App.Runtime = f.Runtime
	if len(moved.Secrets) == 0 {
		moved.Secrets = []scaffold.SecretDecl{{Key: "any"}}
	}
	var all []string
	for _, d := range moved.Secrets {
		for _, way := range f.Access[steps.SecretType(d)] {
			text := string(way)
			if way == scaffold.AccessFunction {
				text = "UDF"
			}
			if !strings.Contains(strings.Join(all, " "), text) {
				all = append(all, text)
			}
		}
	}
	return strings.Join(all, ", ")
}
