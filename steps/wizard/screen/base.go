package screen

import (
	tea "charm.land/bubbletea/v2"

	"sleet/steps"
)

// Base is a screen that does nothing when it opens, has no text input and no file of its own. Screens embed it and
// define the methods that differ.
type Base struct{}

// Init returns nil.
func (Base) Init() tea.Cmd { return nil }

// Cursor returns no position: there is no text input.
func (Base) Cursor() (x, y int, ok bool) { return 0, 0, false }

// Wants returns false: every key is the wizard's.
func (Base) Wants(tea.KeyPressMsg) bool { return false }

// Typing returns false: letters are keys.
func (Base) Typing() bool { return false }

// File returns "": the preview shows the main file.
func (Base) File(steps.State) string { return "" }

// Anchor returns "": the preview does not scroll to a text.
func (Base) Anchor(steps.State) string { return "" }

// Peek returns the State unchanged.
func (Base) Peek(s steps.State) steps.State { return s }
