package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"sleet/ui"
)

// TestFieldScreens draws every field in focus, in a wide and a narrow form.
func TestFieldScreens(t *testing.T) {
	for _, l := range []look{dark(), plain()} {
		for _, w := range []int{40, 58} {
			for _, id := range []string{"name", "title", "cortex", "runtime", "secrets", "hosts", "options", "files", "next"} {
				t.Run(fmt.Sprintf("%s-%s-%d", id, l.name, w), func(t *testing.T) {
					form := answers(l.context()).SetSize(w, 22).Focus(id)
					within(t, form.View(), w)
					screen(t, form.View())
				})
			}
		}
	}
}

func TestFormMoves(t *testing.T) {
	tests := []struct {
		keys []string
		want string
	}{
		{[]string{"tab"}, "title"},
		{[]string{"shift+tab"}, "next"},
		{[]string{"tab", "tab", "shift+tab"}, "title"},
		{[]string{"down", "down"}, "cortex"},
		{[]string{"up"}, "name"},
		{[]string{"down", "down", "down", "down"}, "runtime"},         // between the options
		{[]string{"down", "down", "down", "down", "down"}, "runtime"}, // an arrow never leaves a choice
		{[]string{"x", "?", " ", "tab"}, "title"},
		{[]string{"/"}, "name"}, // typed as text
		{[]string{"tab", "tab", "/"}, "options"},
	}
	for _, tt := range tests {
		t.Run(strings.Join(tt.keys, " "), func(t *testing.T) {
			form, _ := press(answers(dark().context()), tt.keys...)
			if got := form.Focused(); got != tt.want {
				t.Errorf("focus on %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFormLeavesAnInvalidField(t *testing.T) {
	form := answers(dark().context()).Focus("title").
		SetNotes(map[string][]ui.Note{"title": {{Level: ui.Problem, Text: "No."}}})
	form, _ = press(form, "shift+tab")
	if got := form.Focused(); got != "name" {
		t.Errorf("shift+tab went to %q", got)
	}
}

func TestFormNotesMoveNothing(t *testing.T) {
	form := answers(dark().context()).SetSize(60, 40)
	before := strings.Split(form.View(), "\n")
	form = form.SetNotes(map[string][]ui.Note{"name": {{Level: ui.Problem, Text: "Too long.", Fix: "Shorten it."}}})
	after := strings.Split(form.View(), "\n")
	moved := 0
	for i := range before {
		if before[i] != after[i] {
			moved++
		}
	}
	if moved == 0 || moved > 4 || !strings.Contains(form.View(), "Too long. Shorten it.") {
		t.Errorf("%d lines differ:\n%s", moved, form.View())
	}
}

func TestFormActions(t *testing.T) {
	tests := []struct {
		focus string
		keys  []string
		want  ui.Action
	}{
		{"name", []string{"enter"}, ui.Action{Kind: ui.Submit, Field: "name"}},
		{"name", []string{"x"}, ui.Action{Kind: ui.Changed, Field: "name"}},
		{"cortex", []string{"space"}, ui.Action{Kind: ui.Changed, Field: "cortex"}},
		{"cortex", []string{"enter"}, ui.Action{Kind: ui.Submit, Field: "cortex"}},
		{"runtime", []string{"down"}, ui.Action{Kind: ui.Changed, Field: "runtime", Index: 1}},
		{"runtime", []string{"up"}, ui.Action{}},
		{"runtime", []string{"down", "enter"}, ui.Action{Kind: ui.Submit, Field: "runtime", Index: 1}},
		{"secrets", []string{"enter"}, ui.Action{Kind: ui.Edit, Field: "secrets"}},
		{"secrets", []string{"down", "d"}, ui.Action{Kind: ui.Remove, Field: "secrets", Index: 1}},
		{"secrets", []string{"a"}, ui.Action{}},
		{"secrets", []string{"end", "d"}, ui.Action{Kind: ui.Add, Field: "secrets", Index: 2, Text: "d"}},
		{"secrets", []string{"end", "enter"}, ui.Action{Kind: ui.Add, Field: "secrets", Index: 2}},
		{"hosts", []string{"enter"}, ui.Action{Kind: ui.Submit, Field: "hosts"}},
		{"hosts", []string{"x", "enter"}, ui.Action{Kind: ui.Changed, Field: "hosts", Index: 2}},
		{"options", []string{"m", "a", "g", "enter"}, ui.Action{Kind: ui.Choose, Field: "options", Index: 2}},
		{"options", []string{"q", "q", "q", "enter"}, ui.Action{Kind: ui.Submit, Field: "options"}},
		{"files", []string{"down", "enter"}, ui.Action{Kind: ui.Choose, Field: "files", Index: 4}},
		{"files", []string{"enter"}, ui.Action{Kind: ui.Submit, Field: "files"}}, // a folder
		{"next", []string{"space"}, ui.Action{Kind: ui.Submit, Field: "next"}},
	}
	for _, tt := range tests {
		t.Run(tt.focus+" "+strings.Join(tt.keys, " "), func(t *testing.T) {
			_, got := press(answers(dark().context()).Focus(tt.focus), tt.keys...)
			if got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

// TestTableKeys checks that the footer says what each key does.
func TestTableKeys(t *testing.T) {
	k := dark().context()
	full := ui.NewTable(k, ui.Head{ID: "t"}, "A").WithRows(ui.Row{Cells: []string{"x"}})
	tests := []struct {
		name  string
		table ui.Table
		keys  []string
		want  string
	}{
		{"only to open", full, nil, "enter edit"},
		{"on a row", full.WithAdd("add"), nil, "↑↓ move  enter edit  d remove"},
		{"on the last row", full.WithAdd("add"), []string{"down"}, "↑↓ move  enter add"},
		{"nothing there yet", ui.NewTable(k, ui.Head{ID: "t"}, "A").WithAdd("add"), nil, "enter add"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			form, _ := press(ui.NewForm(k, tt.table), tt.keys...)
			var got []string
			for _, b := range form.Keys() {
				got = append(got, b.Help().Key+" "+b.Help().Desc)
			}
			if all := strings.Join(got, "  "); all != tt.want {
				t.Errorf("got %q, want %q", all, tt.want)
			}
		})
	}
}

// TestChoiceKeepsWhatItShows checks that moving selects, so that leaving the field does not revert it, and that arrows
// never leave a choice.
func TestChoiceKeepsWhatItShows(t *testing.T) {
	form, actions := press(answers(dark().context()).Focus("runtime"), "down")
	if want := (ui.Action{Kind: ui.Changed, Field: "runtime", Index: 1}); actions != want {
		t.Errorf("moving requested %v, want %v", actions, want)
	}
	form, _ = press(form, "down", "down", "tab", "shift+tab")
	choice, ok := ui.Get[ui.Choice](form, "runtime")
	if !ok || choice.Value() != "warehouse" || form.Focused() != "runtime" {
		t.Errorf("value %q in focus %q", choice.Value(), form.Focused())
	}
	if marks := strings.Count(ansi.Strip(choice.View()), ui.UnicodeGlyphs().On); marks != 1 {
		t.Errorf("%d options are marked, want 1", marks)
	}
}

func TestListEdit(t *testing.T) {
	tests := []struct {
		name  string
		keys  []string
		paste string
		want  string
	}{
		{"adds", []string{"c", "enter", "d", "enter"}, "", "a,b,c,d"},
		{"keeps what is being typed", []string{"c"}, "", "a,b,c"},
		{"keeps it when left", []string{"c", "tab"}, "", "a,b,c"},
		{"edits in place", []string{"up", "enter", "x", "enter"}, "", "a,bx"},
		{"gives up an edit", []string{"up", "enter", "x", "esc"}, "", "a,b"},
		{"keeps an edit when moving on", []string{"up", "up", "enter", "x", "down"}, "", "ax,b"},
		{"removes", []string{"up", "up", "d"}, "", "b"},
		{"removes what is emptied", []string{"up", "enter", "backspace", "enter"}, "", "a"},
		{"types d and e as letters in the last row", []string{"d", "e", "enter"}, "", "a,b,de"},
		{"takes every line of a paste", nil, "c\r\n\n d \n", "a,b,c,d"},
		{"takes a paste of one line into the row", []string{"c"}, "d\n", "a,b,cd"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			k := dark().context()
			form := ui.NewForm(k, ui.NewListEdit(k, ui.Head{ID: "l"}).WithValue("a", "b"),
				ui.NewButton(k, ui.Head{ID: "n"}))
			form, _ = press(form, tt.keys...)
			if tt.paste != "" {
				form, _ = form.Update(tea.PasteMsg{Content: tt.paste})
			}
			list, _ := ui.Get[ui.ListEdit](form, "l")
			if got := strings.Join(list.Value(), ","); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestTextFieldSaysWhatAPasteLost(t *testing.T) {
	form, _ := press(answers(dark().context()).Focus("title"))
	form, _ = form.Update(tea.PasteMsg{Content: "first\nsecond\nthird\n"})
	field, _ := ui.Get[ui.TextField](form, "title")
	if field.Value() != "first" || !strings.Contains(form.View(), "3 lines pasted") {
		t.Errorf("value %q in\n%s", field.Value(), form.View())
	}
	form, _ = press(form, "x")
	if strings.Contains(form.View(), "pasted") {
		t.Error("the notice stays after the next key")
	}
}

// TestTextFieldCursor checks the cursor's column after wide characters, which bubbles gets wrong.
func TestTextFieldCursor(t *testing.T) {
	tests := []struct {
		name, value string
		keys        []string
		want        int
	}{
		{"ascii", "abc", nil, 3},
		{"wide", "売上", nil, 4},
		{"before a wide one", "売上", []string{"left"}, 2},
		{"combining", "e\u0301a", nil, 2},
		{"direction mark", "a\u202eb", nil, 10},
		{"end of a long one", strings.Repeat("売", 60), nil, 30},
		{"start of a long one", strings.Repeat("売", 60), []string{"home"}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			k := dark().context()
			form := ui.NewForm(k, ui.NewTextField(k, ui.Head{ID: "t", Label: "Label"}).WithValue(tt.value)).SetSize(41, 10)
			form, _ = press(form, tt.keys...)
			x, y, ok := form.Cursor()
			const start = 2 + 5 + 2 // bar, label, gap
			if !ok || y != 0 || x-start != tt.want {
				t.Errorf("cursor at %d,%d %v, want column %d\n%s", x-start, y, ok, tt.want, form.View())
			}
		})
	}
}

func TestTextFieldMask(t *testing.T) {
	k := dark().context()
	form := ui.NewForm(k, ui.NewTextField(k, ui.Head{ID: "t", Label: "Value"}).WithMask())
	form = write(form, "hunter2")
	field, _ := ui.Get[ui.TextField](form, "t")
	if strings.Contains(form.View(), "hunter2") || field.Value() != "hunter2" {
		t.Errorf("value %q in\n%s", field.Value(), form.View())
	}
}

// TestFormsArePlainValues checks that updating a form does not change earlier values of it.
func TestFormsArePlainValues(t *testing.T) {
	form := answers(dark().context())
	before := form.View()
	later := form
	for _, name := range []string{"backspace", "x", "tab", "y", "tab", "space", "tab", "down", "space"} {
		later, _ = press(later, name)
	}
	if form.View() != before {
		t.Error("the earlier form changed")
	}
	field, _ := ui.Get[ui.TextField](form, "name")
	if field.Value() != "売上ダッシュボード" {
		t.Errorf("the earlier value changed to %q", field.Value())
	}
}

func TestFormSet(t *testing.T) {
	k := dark().context()
	form := answers(k).SetSize(58, 30).Focus("secrets")
	form = form.Set(ui.NewTable(k, ui.Head{ID: "secrets", Label: "Secrets"}, "Key").
		WithRows(ui.Row{Cells: []string{"only"}}).WithAdd("add"))
	if form.Focused() != "secrets" || !strings.Contains(form.View(), "only") {
		t.Errorf("focus %q in\n%s", form.Focused(), form.View())
	}
	within(t, form.View(), 58)
}

func TestPickFindsJapanese(t *testing.T) {
	k := dark().context()
	form := ui.NewForm(k, ui.NewPick(k, ui.Head{ID: "p"}, ui.Item{Title: "基本"}, ui.Item{Title: "主要な色"}, ui.Item{Title: "文字の色"}))
	form = write(form, "色")
	pick, _ := ui.Get[ui.Pick](form, "p")
	if i, ok := pick.Item(); !ok || !slices.Contains([]int{1, 2}, i) {
		t.Errorf("found %d %v", i, ok)
	}
	form, a := press(form, "enter")
	if a.Kind != ui.Choose {
		t.Errorf("enter requested %+v", a)
	}
	if !form.Wants(hit("esc")) {
		t.Error("esc does not clear the filter")
	}
	form, _ = press(form, "esc")
	if form.Wants(hit("esc")) {
		t.Error("the list takes esc although the filter is empty")
	}
}

func TestConfirm(t *testing.T) {
	tests := []struct {
		keys []string
		want ui.Action
	}{
		{[]string{"enter"}, ui.Action{Kind: ui.Choose, Index: 1}},
		{[]string{"left", "enter"}, ui.Action{Kind: ui.Choose, Index: 0}},
		{[]string{"tab", "tab", "space"}, ui.Action{Kind: ui.Choose, Index: 1}},
		{[]string{"y"}, ui.Action{Kind: ui.Choose, Index: 0}},
		{[]string{"n"}, ui.Action{Kind: ui.Choose, Index: 1}},
		{[]string{"esc"}, ui.Action{Kind: ui.Cancel}},
		{[]string{"x"}, ui.Action{}},
	}
	for _, tt := range tests {
		c := ui.NewConfirm(dark().context(), "Leave?", "Really?")
		for _, name := range tt.keys {
			c, _ = c.Update(hit(name))
		}
		if got := c.Action(); got != tt.want {
			t.Errorf("%v: got %+v, want %+v", tt.keys, got, tt.want)
		}
	}
}

// TestFormShowsANoteCompleteAndOnce checks that a note is shown in full and only below its field, for any focus.
func TestFormShowsANoteCompleteAndOnce(t *testing.T) {
	n := ui.Note{
		Level: ui.Problem, Text: "The name has more characters than Snowflake allows for an identifier of an object",
		Fix: "Shorten it to 255 characters or fewer, and keep its beginning.",
	}
	want := n.Text + " " + dark().context().Glyphs.Crumb + " " + n.Fix
	for _, id := range []string{"name", "cortex", "runtime", "secrets", "hosts", "options", "files", "next"} {
		for _, focus := range []string{id, "title"} {
			form := answers(dark().context()).SetSize(44, 90).Focus(focus).SetNotes(map[string][]ui.Note{id: {n}})
			within(t, form.View(), 44)
			shown := strings.Join(strings.Fields(strings.ReplaceAll(ansi.Strip(form.View()), "\n", " ")), " ")
			if got := strings.Count(shown, want); got != 1 {
				t.Errorf("the note of %s is shown %d times with the focus on %s:\n%s", id, got, focus, form.View())
			}
			if got := strings.Count(shown, "Shorten it"); got != 1 {
				t.Errorf("the fix of %s is shown %d times with the focus on %s", id, got, focus)
			}
		}
	}
}

// TestEmptyTableNamesNoColumns checks that column titles appear with the first row.
func TestEmptyTableNamesNoColumns(t *testing.T) {
	k := dark().context()
	empty := ui.NewTable(k, ui.Head{ID: "t", Label: "Secrets"}, "Key", "Type").WithAdd("Add a secret")
	if view := ansi.Strip(ui.NewForm(k, empty).View()); strings.Contains(view, "Type") {
		t.Errorf("an empty table has titles:\n%s", view)
	}
	if view := ansi.Strip(ui.NewForm(k, empty.WithRows(ui.Row{Cells: []string{"api_key", "Password"}})).View()); !strings.Contains(view, "Key") {
		t.Errorf("no titles:\n%s", view)
	}
}

// TestLongNoteIsSetApart checks that there is an empty row between a note of several rows and the next field.
func TestLongNoteIsSetApart(t *testing.T) {
	k := dark().context()
	form := ui.NewForm(k, ui.NewTextField(k, ui.Head{ID: "a", Label: "First"}), ui.NewTextField(k, ui.Head{ID: "b", Label: "Second"})).SetSize(40, 20)
	form = form.SetNotes(map[string][]ui.Note{"a": {{Level: ui.Warning, Text: strings.Repeat("a long note ", 8)}}})
	lines := strings.Split(ansi.Strip(form.View()), "\n")
	at := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, "Second") })
	if at < 1 || strings.TrimSpace(lines[at-1]) != "" {
		t.Errorf("the note touches the next field:\n%s", strings.Join(lines, "\n"))
	}
}
