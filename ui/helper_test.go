package ui_test

import (
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/codeview"
	"sleet/ui/message"
)

// look is one kind of terminal and language.
type look struct {
	name    string
	dark    bool
	profile colorprofile.Profile
	unicode bool
	lang    string
}

func dark() look     { return look{"dark", true, colorprofile.TrueColor, true, "en"} }
func light() look    { return look{"light", false, colorprofile.TrueColor, true, "en"} }
func basic() look    { return look{"basic", true, colorprofile.ANSI, true, "en"} }
func noColor() look  { return look{"nocolor", true, colorprofile.ASCII, true, "en"} }
func plain() look    { return look{"ascii", true, colorprofile.ASCII, false, "en"} }
func japanese() look { return look{"ja", true, colorprofile.TrueColor, true, "ja"} }

func (l look) context() *ui.Context {
	return ui.NewContext(ui.NewTheme(l.dark, l.profile, l.unicode), message.For(l.lang).T)
}

func hit(name string) tea.KeyPressMsg { return ui.KeyPress(name) }

// press passes keys to a form and returns the last action.
func press(f ui.Form, names ...string) (ui.Form, ui.Action) {
	var last ui.Action
	for _, name := range names {
		f, _ = f.Update(hit(name))
		if a := f.Action(); a.Kind != ui.Nothing {
			last = a
		}
	}
	return f, last
}

// write types text letter by letter.
func write(f ui.Form, text string) ui.Form {
	for _, r := range text {
		f, _ = f.Update(hit(string(r)))
	}
	return f
}

// screen compares a view without its colours with the golden file.
func screen(t *testing.T, view string) {
	t.Helper()
	lines := strings.Split(ansi.Strip(view), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	golden.RequireEqual(t, strings.Join(lines, "\n")+"\n")
}

// within fails the test if a line is wider than w.
func within(t interface {
	Helper()
	Errorf(string, ...any)
}, view string, w int,
) {
	t.Helper()
	for i, line := range strings.Split(view, "\n") {
		if got := cells.Width(line); got > w {
			t.Errorf("line %d is %d cells wide, more than %d: %q", i, got, w, line)
		}
	}
}

// groups returns keys in groups, as the help lists them.
func groups(k *ui.Context) []ui.KeyGroup {
	s := k.Keys
	return []ui.KeyGroup{
		{Title: k.T("ui.help.moving"), Keys: []key.Binding{s.Next, s.Prev, s.Down, s.PageUp, s.PageDown, s.Home, s.End}},
		{Title: k.T("ui.help.answering"), Keys: []key.Binding{s.Enter, s.Space, s.Back, s.Add, s.Edit, s.Remove, s.Filter}},
		{Title: k.T("ui.help.preview"), Keys: []key.Binding{s.Preview, s.NextFile, s.ScrollUp, s.ScrollDown}},
		{Title: k.T("ui.help.everywhere"), Keys: []key.Binding{s.Review, s.Editor, s.Mouse, s.Suspend, s.Help, s.Quit}},
	}
}

// highlighted returns the message of the preview's command.
func highlighted(k *ui.Context, name, text string) codeview.HighlightedMsg {
	return codeview.HighlightedMsg{Name: name, Text: text, Lines: k.Highlight(name, text)}
}
