package ui

import (
	"slices"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

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

// WithDesc returns b with another help text: the same key can mean "edit" on one screen and "continue" on another.
func WithDesc(b key.Binding, desc string) key.Binding {
	b.SetHelp(b.Help().Key, desc)
	return b
}

// Press returns the press of a binding's key: the one that its help shows, or its first.
func Press(b key.Binding) tea.KeyPressMsg {
	if slices.Contains(b.Keys(), b.Help().Key) {
		return KeyPress(b.Help().Key)
	}
	return KeyPress(b.Keys()[0])
}

// keyCodes are the keys that are not characters, by name.
var keyCodes = namedKeys(tea.KeyEnter, tea.KeyEscape, tea.KeyTab, tea.KeySpace, tea.KeyBackspace, tea.KeyDelete,
	tea.KeyUp, tea.KeyDown, tea.KeyLeft, tea.KeyRight, tea.KeyHome, tea.KeyEnd, tea.KeyPgUp, tea.KeyPgDown,
	tea.KeyF1, tea.KeyF2, tea.KeyF4)

func namedKeys(codes ...rune) map[string]rune {
	names := make(map[string]rune, len(codes))
	for _, code := range codes {
		names[tea.Key{Code: code}.Keystroke()] = code
	}
	return names
}

// KeyPress returns the press of a key by its name in a binding: "enter", "ctrl+r", "a".
func KeyPress(name string) tea.KeyPressMsg {
	var m tea.KeyPressMsg
	name, ctrl := strings.CutPrefix(name, "ctrl+")
	name, shift := strings.CutPrefix(name, "shift+")
	if ctrl {
		m.Mod |= tea.ModCtrl
	}
	if shift {
		m.Mod |= tea.ModShift
	}
	code, named := keyCodes[name]
	if !named {
		code, _ = utf8.DecodeRuneInString(name)
	}
	m.Code = code
	if m.Mod == 0 && (!named || code == tea.KeySpace) {
		m.Text = string(code)
	}
	return m
}
