package wizard

import (
	"sleet/scaffold/validate"
	"sleet/steps/wizard/screen"

	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/ui"
)

const inventoryField = "stock"

// inventoryScreen lets the user choose the answer to a question from objects in the account. The list grows as the
// account answers.
type inventoryScreen struct {
	screen.FormBase
	question steps.Question
	kind     string
	preset   string // the effect of an empty answer
	names    []string
	note     string
	// why is the problem of the current answer; nil if the user opened the list.
	why error
}

var _ screen.Model = inventoryScreen{}

// inventoryExtra is the number of items before the names: a new object, and a name to type.
const inventoryExtra = 2

func newInventoryScreen(k *ui.Context, q steps.Question, kind string, s steps.State, stock steps.Inventory) inventoryScreen {
	p := inventoryScreen{FormBase: screen.FormBase{Context: k}, question: q, kind: kind}
	if q.Kind == steps.Text {
		p.preset = preset(k, q, s)
	}
	p.Form = ui.NewForm(k, ui.NewPick(k, p.head(), p.items(nil)...))
	return p.withInventory(stock)
}

// because sets the problem of the current answer.
func (p inventoryScreen) because(why error) inventoryScreen {
	p.why = why
	pick, _ := ui.Get[ui.Pick](p.Form, inventoryField)
	p.Form = p.Form.Set(pick.WithHead(p.head()))
	return p
}

func (p inventoryScreen) head() ui.Head {
	label, why := p.question.Words(p.Context.T)
	h := ui.Head{ID: inventoryField, Label: label, Why: why, Link: screen.Link(p.question.Page)}
	if p.note != "" {
		h.Why = p.note
	}
	if p.why != nil {
		h.Why = steps.SayError(p.Context.T, p.why)
	}
	return h
}

// items returns the items that do not name an object, then the names.
func (p inventoryScreen) items(names []string) []ui.Item {
	all := make([]ui.Item, 0, len(names)+inventoryExtra)
	first := ui.Item{Title: p.Context.T("inventory.new"), Detail: p.Context.T("inventory.new_why")}
	switch p.kind {
	case steps.InventoryRole, steps.InventoryWarehouse, steps.InventoryPool, steps.InventoryDatabase, steps.InventoryApp: // sleet creates none with a default name
		first = ui.Item{Title: p.Context.T("inventory.default"), Detail: p.preset}
	}
	all = append(all, first,
		ui.Item{Title: p.Context.T("inventory.type"), Detail: p.Context.T("inventory.type_why")})
	for _, name := range names {
		all = append(all, ui.Item{Title: name})
	}
	return all
}

// withInventory adds the objects found so far; the filter and the cursor stay.
func (p inventoryScreen) withInventory(stock steps.Inventory) inventoryScreen {
	listing, ok := stock[p.kind]
	if !ok {
		p.note = p.Context.T("inventory.coming")
	} else {
		p.note = p.Context.T.Say(listing.Note)
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
		out.Move = screen.Next
	}
	return p, out
}

func (p inventoryScreen) Show(steps.State, []validate.Problem) screen.Model { return p }
func (p inventoryScreen) Resize(w, h int) screen.Model                      { p.Form = p.Form.SetSize(w, h); return p }

func (p inventoryScreen) Restyle(k *ui.Context) screen.Model {
	p.Context, p.Form = k, p.Form.WithContext(k)
	return p
}
func (p inventoryScreen) Focus() string           { return inventoryField }
func (p inventoryScreen) File(steps.State) string { return p.question.File }
