package steps

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/ui"
)

const stockField = "stock"

// stockScreen lets the person choose the answer to a question from what the account has. The list
// grows as the account answers.
type stockScreen struct {
	formed
	question Question
	kind     string
	names    []string
	note     string
}

var _ screen = stockScreen{}

// stockExtra are the items before the names: a new one, and a name to type.
const stockExtra = 2

func newStockScreen(k *ui.Kit, q Question, kind string, stock Stock) stockScreen {
	p := stockScreen{formed: formed{kit: k}, question: q, kind: kind}
	p.form = ui.NewForm(k, ui.NewPick(k, p.head(), p.items(nil)...))
	return p.stocked(stock)
}

func (p stockScreen) head() ui.Head {
	label, why := p.question.Words(p.kit.T)
	h := ui.Head{ID: stockField, Label: label, Why: why, Link: link(p.question.Page)}
	if p.note != "" {
		h.Why = p.note
	}
	return h
}

// items lists the ways that name nothing there, then the names.
func (p stockScreen) items(names []string) []ui.Item {
	all := make([]ui.Item, 0, len(names)+stockExtra)
	first := ui.Item{Title: p.kit.T("stock.new"), Detail: p.kit.T("stock.new_why")}
	switch p.kind {
	case stockRole, stockWarehouse, stockPool, stockDatabase, stockApp: // sleet makes none of its own name
		first = ui.Item{Title: p.kit.T("stock.default")}
	}
	all = append(all, first,
		ui.Item{Title: p.kit.T("stock.type"), Detail: p.kit.T("stock.type_why")})
	for _, name := range names {
		all = append(all, ui.Item{Title: name})
	}
	return all
}

// stocked takes what the account has by now; the filter and the cursor stay.
func (p stockScreen) stocked(stock Stock) stockScreen {
	listing, ok := stock[p.kind]
	if !ok {
		p.note = p.kit.T("stock.coming")
	} else {
		p.note = Say(p.kit.T, listing.Note)
	}
	pick, _ := ui.Get[ui.Pick](p.form, stockField)
	if len(listing.Names) != len(p.names) {
		p.names = listing.Names
		at, _ := pick.Item()
		pick = pick.WithItems(p.items(p.names)...).WithCursor(at)
	}
	p.form = p.form.Set(pick.WithHead(p.head()))
	return p
}

func (p stockScreen) update(msg tea.Msg, s State) (screen, outcome) {
	var cmd tea.Cmd
	p.form, cmd = p.form.Update(msg)
	out := outcome{state: s, cmd: cmd}
	if action := p.form.Action(); action.Kind == ui.Choose {
		switch i := action.Index - stockExtra; {
		case i >= 0 && i < len(p.names):
			out.state = p.answered(s, p.names[i])
		case i == -stockExtra:
			out.state = p.answered(s, "")
		}
		out.move = onward
	}
	return p, out
}

// answered gives the State with a name as the answer, or added to an answer of several lines.
func (p stockScreen) answered(s State, name string) State {
	if p.question.Kind == List {
		lines := p.question.Lines(s.App)
		if name == "" || contains(lines, name) {
			return s
		}
		return p.question.With(s, "", append(append([]string(nil), lines...), name))
	}
	parts, err := snowflake.Qualified(name)
	switch {
	case err != nil || len(parts) < 2:
	case p.kind == stockSchema: // a schema is chosen with its database
		s.App = s.App.Clone()
		s.App.App.Database = parts[0]
		name = parts[1]
	case p.kind == stockApp:
		name = parts[len(parts)-1]
	}
	return p.question.With(s, name, nil)
}

func contains(lines []string, name string) bool {
	for _, line := range lines {
		if strings.EqualFold(line, name) {
			return true
		}
	}
	return false
}

func (p stockScreen) show(State, []scaffold.Problem) screen { return p }
func (p stockScreen) resize(w, h int) screen                { p.form = p.form.SetSize(w, h); return p }

func (p stockScreen) restyle(k *ui.Kit) screen { p.kit, p.form = k, p.form.WithKit(k); return p }
func (p stockScreen) focus() string            { return stockField }
func (p stockScreen) file(State) string        { return p.question.File }
