package steps

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"sleet/scaffold"
	"sleet/ui"
)

// runtimeScreen is the choice of the runtime with, under it, what each one means for this app,
// side by side.
type runtimeScreen struct {
	formScreen
	state State
	w, h  int
}

var _ screen = runtimeScreen{}

func newRuntimeScreen(k *ui.Kit, s State) runtimeScreen {
	return runtimeScreen{formScreen: newFormScreen(k, s, func(s State) []Question { return Questions(Runtime, s) }), state: s}
}

func (r runtimeScreen) update(msg tea.Msg, s State) (screen, outcome) {
	form, out := r.formScreen.update(msg, s)
	r.formScreen, _ = form.(formScreen)
	r.state = out.state
	return r, out
}

func (r runtimeScreen) show(s State, problems []scaffold.Problem) screen {
	r.formScreen, _ = r.formScreen.show(s, problems).(formScreen)
	r.state = s
	return r
}

func (r runtimeScreen) restyle(k *ui.Kit) screen {
	r.formScreen, _ = r.formScreen.restyle(k).(formScreen)
	return r
}

// resize leaves room for the table where there is enough; the form scrolls where it must.
func (r runtimeScreen) resize(w, h int) screen {
	r.w, r.h = w, h
	r.formScreen, _ = r.formScreen.resize(w, h-r.tableHeight()).(formScreen)
	return r
}

// formRows is what the choice needs before the table gets any.
const formRows = 20

func (r runtimeScreen) tableHeight() int {
	if rows := len(comparison(r.state)) + 2; r.h-rows >= formRows {
		return rows
	}
	return 0
}

func (r runtimeScreen) view() string {
	if r.tableHeight() == 0 {
		return r.formScreen.view()
	}
	return strings.Join(r.table(), "\n") + "\n" + r.formScreen.view()
}

func (r runtimeScreen) cursor() (x, y int, ok bool) {
	x, y, ok = r.formScreen.cursor()
	return x, y + r.tableHeight(), ok
}

// table draws the comparison in three columns.
func (r runtimeScreen) table() []string {
	facts := scaffold.Runtimes()
	label := 0
	rows := comparison(r.state)
	for _, row := range rows {
		label = max(label, ui.Width(r.kit.T("compare."+row.id)))
	}
	column := max((r.w-label-4)/len(facts), 1)
	head := ui.Pad("", label+2)
	for _, f := range facts {
		style := r.kit.Muted
		if f.Runtime == r.state.runtime() {
			style = r.kit.Title
		}
		head += style.Render(r.kit.Fit(r.kit.T("ask.app.runtime."+string(f.Runtime)+".label"), column))
	}
	lines := []string{head}
	for _, row := range rows {
		line := r.kit.Muted.Render(ui.Pad(r.kit.T("compare."+row.id), label+2))
		for _, cell := range row.cells {
			if !row.literal {
				cell = r.kit.T("compare." + cell)
			}
			line += r.kit.Fit(ui.Clean(cell), column)
		}
		lines = append(lines, line)
	}
	return append(lines, "")
}

// compared is one row: what is compared, and a cell a runtime; the cells of a literal row are
// facts, the others message ids.
type compared struct {
	id      string
	cells   []string
	literal bool
}

// comparison tells what each runtime means for the app as it stands.
func comparison(s State) []compared {
	var python, streamlit, packages, secrets, values, starts []string
	for _, f := range scaffold.Runtimes() {
		python = append(python, strings.Join(f.Pythons, " "))
		streamlit = append(streamlit, streamlitRange(f))
		packages = append(packages, f.PackageFile)
		secrets = append(secrets, ways(s, f))
		values = append(values, map[bool]string{true: "st_secrets", false: "none"}[f.SecretsFile])
		starts = append(starts, map[bool]string{true: "shared", false: "own"}[f.ComputePool])
	}
	return []compared{
		{"python", python, true}, {"streamlit", streamlit, true}, {"packages", packages, true},
		{"secrets", secrets, true}, {"values", values, false}, {"viewers", starts, false},
	}
}

func streamlitRange(f scaffold.RuntimeFacts) string {
	if n := len(f.Streamlits); n > 0 {
		return fmt.Sprintf("%s - %s", f.Streamlits[0], f.Streamlits[n-1])
	}
	return ">= " + f.MinStreamlit
}

// ways lists how the app's secrets would be reached, those of any secret while it has none.
func ways(s State, f scaffold.RuntimeFacts) string {
	moved := s.App.Clone()
	moved.App.Runtime = f.Runtime
	if len(moved.Secrets) == 0 {
		moved.Secrets = []scaffold.SecretDecl{{Key: "any"}}
	}
	var all []string
	for _, d := range moved.Secrets {
		for _, way := range f.Access[secretType(d)] {
			if text := string(way); !strings.Contains(strings.Join(all, " "), text) {
				all = append(all, text)
			}
		}
	}
	return strings.Join(all, ", ")
}
