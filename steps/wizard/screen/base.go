package screen

import (
	tea "charm.land/bubbletea/v2"

	"sleet/steps"
)

// Base is a screen that starts nothing, takes no text and shows no file of its own. Screens embed it and define what they
// do differently.
type Base struct{}

// Init starts nothing.
func (Base) Init() tea.Cmd { return nil }

// Cursor returns no place: there is no text.
func (Base) Cursor() (x, y int, ok bool) { return 0, 0, false }

// Wants leaves every key to the wizard.
func (Base) Wants(tea.KeyPressMsg) bool { return false }

// Typing reports that letters are keys.
func (Base) Typing() bool { return false }

// File names the main file.
func (Base) File(steps.State) string { return "" }

// Anchor names no text in it.
func (Base) Anchor(steps.State) string { return "" }

// Peek returns the State unchanged.
func (Base) Peek(s steps.State) steps.State { return s }
