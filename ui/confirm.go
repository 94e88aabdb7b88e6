package ui

import (
	"strings"

	"sleet/ui/cells"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Confirm is a dialog that asks a question. Its action is Choose with the index of an answer, or Cancel after esc. The
// last answer has the focus at first: make it the one that loses nothing.
type Confirm struct {
	context  *Context
	title    string
	text     string
	answers  []string
	at       int
	action   Action
	cancel   string
	maxWidth int
}

// NewConfirm returns a dialog with the answers yes (index 0) and no (index 1).
func NewConfirm(k *Context, title, text string) Confirm {
	return Confirm{context: k, title: title, text: text, maxWidth: MinWidth - 4}.
		WithAnswers(k.T("ui.confirm.yes"), k.T("ui.confirm.no"))
}

// WithAnswers replaces the answers.
func (c Confirm) WithAnswers(words ...string) Confirm {
	c.answers = words
	c.at = len(words) - 1
	return c
}

// WithCancel sets the label of the key that closes the dialog without an answer; without one it is that of the last
// answer.
func (c Confirm) WithCancel(label string) Confirm { c.cancel = label; return c }

// WithContext returns the dialog with another theme.
func (c Confirm) WithContext(k *Context) Confirm { c.context = k; return c }

// Action returns what the last Update requested.
func (c Confirm) Action() Action { return c.action }

// Update moves between the answers or chooses one; y chooses the first and n the last.
func (c Confirm) Update(msg tea.Msg) (Confirm, tea.Cmd) {
	c.action = Action{}
	if at, ok := msg.(Click); ok {
		return c.click(at), nil
	}
	m, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return c, nil
	}
	k, n := c.context.Keys, len(c.answers)
	switch {
	case key.Matches(m, k.Back):
		c.action = Action{Kind: Cancel}
	case key.Matches(m, k.Enter, k.Space):
		c.action = Action{Kind: Choose, Index: c.at}
	case key.Matches(m, k.Yes):
		c.action = Action{Kind: Choose, Index: 0}
	case key.Matches(m, k.No):
		c.action = Action{Kind: Choose, Index: n - 1}
	case key.Matches(m, k.Next, k.ScrollRight, k.Down):
		c.at = (c.at + 1) % n
	case key.Matches(m, k.Prev, k.ScrollLeft, k.Up):
		c.at = (c.at + n - 1) % n
	}
	return c, nil
}

// Keys returns the keys that answer, each with the answer it chooses.
func (c Confirm) Keys() []key.Binding {
	k := c.context.Keys
	says := func(b key.Binding, answer int) key.Binding {
		return WithDesc(b, strings.ToLower(cells.Clean(c.answers[answer])))
	}
	keys := []key.Binding{says(k.Enter, c.at), WithDesc(key.NewBinding(key.WithKeys("left", "right"), key.WithHelp(c.context.Glyphs.Left+c.context.Glyphs.Right, "")), k.Down.Help().Desc)}
	if c.cancel != "" {
		return append(keys, WithDesc(k.Back, c.cancel))
	}
	return append(keys, says(k.Back, len(c.answers)-1))
}

// View draws the dialog, for Screen.Dialog.
func (c Confirm) View() string {
	k := c.context
	lines := []string{""}
	for part := range strings.SplitSeq(c.text, "\n") {
		lines = append(lines, cells.Wrap(cells.Clean(part), c.maxWidth-4)...)
	}
	buttons := make([]string, len(c.answers))
	for i, a := range c.answers {
		style, text := k.Accent, "  "+cells.Clean(a)+"  "
		if i == c.at {
			style, text = k.Chosen.Reverse(true), k.Glyphs.Pointer+" "+cells.Clean(a)+"  "
		}
		buttons[i] = style.Render(text)
	}
	return k.Box(cells.Clean(c.title), append(lines, "", strings.Join(buttons, "  ")), c.maxWidth)
}

// click chooses the answer under the mouse; at counts from the dialog's top left corner.
func (c Confirm) click(at Click) Confirm {
	if rows := strings.Count(c.View(), "\n") + 1; at.Y != rows-2 {
		return c
	}
	x := 2 // the border and the margin
	for i, answer := range c.answers {
		width := cells.Width("  " + cells.Clean(answer) + "  ")
		if at.X >= x && at.X < x+width {
			c.at = i
			c.action = Action{Kind: Choose, Index: i}
		}
		x += width + 2
	}
	return c
}
