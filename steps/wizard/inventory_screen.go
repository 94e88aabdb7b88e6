package wizard

import (
	"sleet/scaffold/validate"
	"sleet/steps/wizard/screen"

	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/ui"
)

const inventoryField = "stock"

// inventoryScreen lets the person choose the answer to a question from what the account has. The list
// grows as the account answers.
type inventoryScreen struct {
	screen.FormBase
	question steps.Question
	kind     string
	preset   string // what no answer stands for
	names    []string
	note     string
	// why says what is wrong with the answer so far; nil where the person asked for the list.
	why error
}

var _ screen.Model = inventoryScreen{}

// inventoryExtra are the items before the names: a new one, and a name to type.
const inventoryExtra = 2

func newInventoryScreen(k *ui.Context, q steps.Question, kind string, s steps.State, stock steps.Inventory) inventoryScreen {
	p := inventoryScreen{FormBase: screen.FormBase{Kit: k}, question: q, kind: kind}
	if q.Kind == steps.Text {
		p.preset = preset(k, q, s)
	}
	p.Form = ui.NewForm(k, ui.NewPick(k, p.head(), p.items(nil)...))
	return p.withInventory(stock)
}

// because says what is wrong with the answer so far.
func (p inventoryScreen) because(why error) inventoryScreen {
	p.why = why
	pick, _ := ui.Get[ui.Pick](p.Form, inventoryField)
	p.Form = p.Form.Set(pick.WithHead(p.head()))
	return p
}

func (p inventoryScreen) head() ui.Head {
	label, why := p.question.Words(p.Kit.T)
	h := ui.Head{ID: inventoryField, Label: label, Why: why, Link: screen.Link(p.question.Page)}
	if p.note != "" {
		h.Why = p.note
	}
	if p.why != nil {
		h.Why = steps.SayError(p.Kit.T, p.why)
	}
	return h
}

// items lists the ways that name nothing there, then the names.
func (p inventoryScreen) items(names []string) []ui.Item {
	all := make([]ui.Item, 0, len(names)+inventoryExtra)
	first := ui.Item{Title: p.Kit.T("inventory.new"), Detail: p.Kit.T("inventory.new_why")}
	switch p.kind {
	case steps.InventoryRole, steps.InventoryWarehouse, steps.InventoryPool, steps.InventoryDatabase, steps.InventoryApp: // sleet makes none of its own name
		first = ui.Item{Title: p.Kit.T("inventory.default"), Detail: p.preset}
	}
	all = append(all, first,
		ui.Item{Title: p.Kit.T("inventory.type"), Detail: p.Kit.T("inventory.type_why")})
	for _, name := range names {
		all = append(all, ui.Item{Title: name})
	}
	return all
}

// withInventory takes what the account has by now; the filter and the cursor stay.
func (p inventoryScreen) withInventory(stock steps.Inventory) inventoryScreen {
	listing, ok := stock[p.kind]
	if !ok {
		p.note = p.Kit.T("inventory.coming")
	} else {
		p.note = p.Kit.T.Say(listing.Note)
	}
	pick, _ := ui.Get[ui.Pick](p.Form, inventoryField)
	if len(listing.Names) != len(p.names) {
		p.names = listing.Names
		at, _ := pick.Item()
		pick = pick.WithItems(p.items(p.names)...).WithCursor(at)
	}
	p.Form = p.Form.Set(pick.WithHead(p.head()))
	return p
}

func (p inventoryScreen) Update(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	var cmd tea.Cmd
	p.Form, cmd = p.Form.Update(msg)
	out := screen.Outcome{State: s, Cmd: cmd}
	if action := p.Form.Action(); action.Kind == ui.Choose {
		switch i := action.Index - inventoryExtra; {
		case i >= 0 && i < len(p.names):
			out.State = steps.InventoryAnswer(p.question, s, p.names[i])
		case i == -inventoryExtra:
			out.State = steps.InventoryAnswer(p.question, s, "")
		}
		out.Move = screen.Onward
	}
	return p, out
}

func (p inventoryScreen) Show(steps.State, []validate.Problem) screen.Model { return p }
func (p inventoryScreen) Resize(w, h int) screen.Model                      { p.Form = p.Form.SetSize(w, h); return p }

func (p inventoryScreen) Restyle(k *ui.Context) screen.Model {
	p.Kit, p.Form = k, p.Form.WithContext(k)
	return p
}
func (p inventoryScreen) Focus() string           { return inventoryField }
func (p inventoryScreen) File(steps.State) string { return p.question.File }
