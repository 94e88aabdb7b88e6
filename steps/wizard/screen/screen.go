// Package screen defines what a screen of the wizard is, and has what most screens share: streams of messages from
// background work, lists of what a screen waits for, and texts. It knows neither the wizard nor its individual screens.
package screen

import (
	"charm.land/bubbles/v2/key"

	"sleet/scaffold/validate"
	"sleet/ui/message"

	tea "charm.land/bubbletea/v2"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/ui"
)

// Model is a step on the terminal, or a row of a step's table. It edits the State and returns where to go next. It never
// writes a file.
type Model interface {
	// Init returns the command to run when the screen opens.
	Init() tea.Cmd
	// Update handles a message and returns the new screen and the outcome.
	Update(msg tea.Msg, s steps.State) (Model, Outcome)
	// Show updates the screen to a State and its problems, which another screen may have changed.
	Show(s steps.State, problems []validate.Problem) Model
	// Resize sets the size of the screen, Restyle its theme and language.
	Resize(w, h int) Model
	Restyle(k *ui.Context) Model
	View() string
	// Cursor returns the position of the terminal's cursor; ok is false if no text is being typed.
	Cursor() (x, y int, ok bool)
	// Wants reports whether the screen handles a key that the wizard would otherwise handle.
	Wants(msg tea.KeyPressMsg) bool
	// Typing reports whether letters are text now.
	Typing() bool
	// Keys returns the keys that work now, each with its effect.
	Keys() []key.Binding
	// Focus identifies the answer in focus: the preview marks the lines that changed since the focus moved there.
	Focus() string
	// File returns the path of the file that shows the answer; "" is the main file.
	File(s steps.State) string
	// Anchor returns the text of the answer in that file, to scroll the preview to it.
	Anchor(s steps.State) string
	// Peek returns the State with the option under the cursor applied, for the preview.
	Peek(s steps.State) steps.State
}

// Move is where a screen goes next.
type Move int

// The moves.
const (
	Stay Move = iota
	Next
	Jump   // to Outcome.To, and then back to the review
	Walk   // through every step, from the first unseen one
	Write  // write the files
	Finish // end the wizard
)

// Place is a step and the path in sleet.toml of one of its answers, which may be "".
type Place struct {
	Step steps.StepID
	Path string
}

// PlaceOf returns the place of the answer that determines an item of a plan.
func PlaceOf(s steps.State, item snowflake.Item) Place {
	step, path := steps.StepFor(s, item.Ref, item.Key)
	return Place{Step: step, Path: path}
}

// Outcome is the result of a message.
type Outcome struct {
	State steps.State
	Move  Move
	To    Place
	Cmd   tea.Cmd
	// Open is a screen to show over this one; with Instead it replaces this one.
	Open    Model
	Instead bool
	// Preview shows the file in the whole window.
	Preview bool
	// Pick is the problem of the answer at To, to open the list of the account's objects for it; nil opens no list.
	Pick error
	// Ask is a question to ask before Yes is applied; "" asks nothing.
	Ask string
	Yes func(steps.State) steps.State
}

// Wheeled is a screen that handles the mouse wheel.
type Wheeled interface{ Wheel(m ui.Wheel) Model }

// OffsetWheel returns the wheel event for a part of the screen that starts rows further down.
func OffsetWheel(m ui.Wheel, rows int) ui.Wheel {
	m.Y -= rows
	return m
}

// Explained is a screen with help on the focused field.
type Explained interface{ FieldHelp() ui.FieldHelp }

// Entering is a screen with a text of its own for what enter does.
type Entering interface{ Enters() message.ID }

// Confirming is a screen that can ask a question in a dialog; nil means that there is no question.
type Confirming interface{ Confirmation() *ui.Confirm }

// OpenEditor opens a text in the user's editor, which gets the terminal until it exits. With a path it edits that file;
// without one it edits a copy of text in a file named like name. back gets the text after editing.
type OpenEditor func(path, name string, text []byte, back func(text []byte, err error) tea.Msg) tea.Cmd
