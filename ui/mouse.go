package ui

import (
	tea "charm.land/bubbletea/v2"
)

// Click is a click into a part of the screen: the cell counted from the part's left upper corner.
// Forms, step lists and dialogs take it in their Update.
type Click struct{ X, Y int }

// Wheel is a notch of the wheel over a part of the screen, where Click counts its cells.
type Wheel struct {
	Click
	Up bool
}

// wheelLines is how many lines of a text a notch of the wheel scrolls.
const wheelLines = 3

// by returns the way that a notch goes, n lines down or up.
func (w Wheel) by(n int) int {
	if w.Up {
		return -n
	}
	return n
}

// Lines returns how many lines of a text a notch scrolls, up or down.
func (w Wheel) Lines() int { return w.by(wheelLines) }

// enterKey and spaceKey are what a click stands for where keys do the same.
var (
	enterKey = tea.KeyPressMsg{Code: tea.KeyEnter}
	spaceKey = tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
)

// fieldClick is a click into a field; had says that the field was in focus before.
type fieldClick struct {
	Click
	had bool
}
