package ui

import (
	"charm.land/bubbles/v2/key"

	"sleet/ui/message"
)

// Keys are all key bindings. The footer and the help take their texts from here.
type Keys struct {
	Next, Prev         key.Binding // between fields
	Up, Down           key.Binding // within a field, and past its ends to the next one
	PageUp, PageDown   key.Binding
	Home, End          key.Binding
	Enter, Space, Back key.Binding
	Add, Edit, Remove  key.Binding // rows of a table or list; Add is enter on the row that adds one
	Filter             key.Binding
	Preview, NextFile  key.Binding
	ScrollUp           key.Binding // scrolls the preview while the form keeps the focus
	ScrollDown         key.Binding
	ScrollLeft         key.Binding
	ScrollRight        key.Binding
	Review, Help, Quit key.Binding
	Mouse, Suspend     key.Binding
	Editor             key.Binding // $EDITOR
	Yes, No            key.Binding // answers to a question
}

// NewKeys returns the key bindings; t returns their texts for ids that start with "ui.key.".
func NewKeys(g Glyphs, t Translate) Keys {
	bind := func(show string, id message.ID, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(show, t(id)))
	}
	arrows := g.Up + g.Down
	if len(g.Up) == len("up") && g.Up == "up" {
		arrows = "up/down"
	}
	return Keys{
		Next:        bind("tab", "ui.key.next", "tab"),
		Prev:        bind("shift+tab", "ui.key.prev", "shift+tab"),
		Up:          bind(g.Up, "ui.key.up", "up"),
		Down:        bind(arrows, "ui.key.move", "down"),
		PageUp:      bind("pgup", "ui.key.page_up", "pgup"),
		PageDown:    bind("pgdn", "ui.key.page_down", "pgdown"),
		Home:        bind("home", "ui.key.home", "home"),
		End:         bind("end", "ui.key.end", "end"),
		Enter:       bind("enter", "ui.key.enter", "enter"),
		Space:       bind("space", "ui.key.space", "space"),
		Back:        bind("esc", "ui.key.back", "esc"),
		Add:         bind("enter", "ui.key.add", "enter"),
		Edit:        bind("e", "ui.key.edit", "e"),
		Remove:      bind("d", "ui.key.remove", "d", "delete"),
		Filter:      bind("/", "ui.key.filter", "/"),
		Preview:     bind("ctrl+p", "ui.key.preview", "ctrl+p"),
		NextFile:    bind("ctrl+f", "ui.key.next_file", "ctrl+f"),
		ScrollUp:    bind("ctrl+"+g.Up, "ui.key.scroll_up", "ctrl+up", "shift+up"),
		ScrollDown:  bind("ctrl+"+g.Down, "ui.key.scroll_down", "ctrl+down", "shift+down"),
		ScrollLeft:  bind(g.Left, "ui.key.scroll_left", "left", "ctrl+left", "shift+left"),
		ScrollRight: bind(g.Right, "ui.key.scroll_right", "right", "ctrl+right", "shift+right"),
		Review:      bind("ctrl+r", "ui.key.review", "ctrl+r"),
		Help:        bind("?", "ui.key.help", "?", "f1"),
		Quit:        bind("ctrl+c", "ui.key.quit", "ctrl+c"),
		Mouse:       bind("f2", "ui.key.mouse", "f2"),
		Suspend:     bind("ctrl+z", "ui.key.suspend", "ctrl+z"),
		Editor:      bind("f4", "ui.key.editor", "f4"),
		Yes:         bind("y", "ui.key.yes", "y"),
		No:          bind("n", "ui.key.no", "n"),
	}
}

// As returns b with another help text: the same key can mean "edit" on one screen and "continue" on another.
func As(b key.Binding, words string) key.Binding {
	b.SetHelp(b.Help().Key, words)
	return b
}
