package ui

import (
	tea "charm.land/bubbletea/v2"
)

// Click is a click on a part of the screen, counted in cells from that part's top left corner. Forms, step lists and
// dialogs handle it in Update.
type Click struct{ X, Y int }

// Wheel is a notch of the mouse wheel over a part of the screen, at the cell in Click.
type Wheel struct {
	Click
	Up bool
}

// wheelLines is how many lines of text a notch of the wheel scrolls.
const wheelLines = 3

// by returns n for a notch down and -n for a notch up.
func (w Wheel) by(n int) int {
	if w.Up {
		return -n
	}
	return n
}

// Lines returns how many lines a notch scrolls; negative is up.
func (w Wheel) Lines() int { return w.by(wheelLines) }

// enterKey and spaceKey are the keys that a click is treated as.
var (
	enterKey = tea.KeyPressMsg{Code: tea.KeyEnter}
	spaceKey = tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
)

// fieldClick is a click on a field; had reports whether the field already had the focus.
type fieldClick struct {
	Click
	had bool
}
