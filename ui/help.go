package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"sleet/ui/cells"
	"sleet/ui/message"
)

// KeyGroup is a section of the help: keys that belong together.
type KeyGroup struct {
	Title string
	Keys  []key.Binding
}

// Help is a dialog that lists keys; any key except those that scroll closes it.
type Help struct {
	context *Context
	about   FieldHelp
	groups  []KeyGroup
	w, h    int
	top     int
	closed  bool
}

// FieldHelp is the help on a field: its label, a text (why it matters, or what is wrong with it) and a page with more.
type FieldHelp struct {
	Label, Text string
	Link        Link
}

// NewHelp returns a dialog with these groups.
func NewHelp(k *Context, groups ...KeyGroup) Help {
	return Help{context: k, groups: groups, w: MinWidth - 4, h: MinHeight - 2}
}

// WithFieldHelp adds the help on the focused field at the top, in full.
func (h Help) WithFieldHelp(about FieldHelp) Help { h.about = about; return h }

// SetSize sets the largest size of the dialog.
func (h Help) SetSize(w, hh int) Help { h.w, h.h = w, hh; return h }

// Closed reports whether the last key closed the help.
func (h Help) Closed() bool { return h.closed }

// Update scrolls or closes.
func (h Help) Update(msg tea.Msg) (Help, tea.Cmd) {
	m, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return h, nil
	}
	rows := len(h.lines())
	switch k := h.context.Keys; {
	case key.Matches(m, k.Down, k.PageDown):
		h.top = max(min(h.top+1, rows-h.shown()), 0)
	case key.Matches(m, k.Up, k.PageUp):
		h.top = max(h.top-1, 0)
	default:
		h.closed = true
	}
	return h, nil
}

// shown returns how many lines fit: the border takes two, and the line on how to close one.
func (h Help) shown() int { return max(h.h-3, 1) }

// lines draws the help on the field and the groups.
func (h Help) lines() []string {
	k, w := h.context, max(h.w-4, 1) // the box has a border and a margin
	var lines []string
	if h.about.Label != "" {
		lines = append(lines, k.Title.Render(k.Cut(cells.Clean(h.about.Label), w)))
	}
	if h.about.Text != "" {
		for _, line := range cells.Wrap(cells.Clean(h.about.Text), w-2) {
			lines = append(lines, "  "+k.Text.Render(line))
		}
	}
	if h.about.Link.URL != "" {
		lines = append(lines, "  "+k.RenderLink(h.about.Link, w-2))
	}
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	return append(lines, h.columns()...)
}

// columns draws the groups, in two columns if they fit.
func (h Help) columns() []string {
	var columns [2][]string
	wide := 0
	for i, g := range h.groups {
		to := 0
		if h.w >= SplitWidth-20 {
			to = i % len(columns)
		}
		columns[to] = append(columns[to], h.group(g)...)
	}
	for _, line := range columns[0] {
		wide = max(wide, cells.Width(line))
	}
	if len(columns[1]) == 0 {
		return columns[0]
	}
	lines := make([]string, max(len(columns[0]), len(columns[1])))
	for i := range lines {
		lines[i] = cells.Pad(at(columns[0], i), wide+4) + at(columns[1], i)
	}
	return lines
}

func (h Help) group(g KeyGroup) []string {
	k := h.context
	const column = 11
	lines := []string{k.Title.Render(cells.Clean(g.Title))}
	for _, b := range g.Keys {
		if b.Enabled() && b.Help().Desc != "" {
			lines = append(lines, "  "+k.Accent.Render(cells.Pad(b.Help().Key, column))+" "+k.Text.Render(b.Help().Desc))
		}
	}
	return append(lines, "")
}

// View draws the dialog, for Screen.Dialog.
func (h Help) View() string {
	lines := h.lines()
	top := max(min(h.top, len(lines)-h.shown()), 0)
	end := min(top+h.shown(), len(lines))
	shown := append([]string(nil), lines[top:end]...)
	if end < len(lines) {
		shown[len(shown)-1] = h.context.Muted.Render(strings.Repeat(h.context.Glyphs.More, 1) + " " + h.context.T("ui.help.more"))
	}
	out := message.ID("ui.help.close")
	if len(lines) > h.shown() {
		out = "ui.help.close_scroll"
	}
	shown = append(shown, h.context.Muted.Render(h.context.T(out)))
	return h.context.Box(h.context.T("ui.help.title"), shown, h.w)
}
