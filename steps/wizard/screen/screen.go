// Package screen is what a screen of the wizard is, and what most of them share: what the wizard asks of a screen, what a
// screen returns, work beside it, and texts that look the same on all. It knows neither the wizard nor any one screen.
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

// Model is one step on the terminal, or one row of a step's table. It edits the State and returns where it wants to go.
// It never writes a file.
type Model interface {
	// Init returns what the screen needs done as it opens.
	Init() tea.Cmd
	// Update handles a message and returns the screen and what follows.
	Update(msg tea.Msg, s steps.State) (Model, Outcome)
	// Show brings the screen up to a State and its problems, which another screen may have changed.
	Show(s steps.State, problems []validate.Problem) Model
	// Resize sets the room that the screen has, Restyle its theme and language.
	Resize(w, h int) Model
	Restyle(k *ui.Context) Model
	View() string
	// Cursor returns where text goes; ok is false where none does.
	Cursor() (x, y int, ok bool)
	// Wants reports whether the screen itself uses a key that the wizard would otherwise act on.
	Wants(msg tea.KeyPressMsg) bool
	// Typing reports whether letters are text now.
	Typing() bool
	// Keys returns the keys that work now, each with what it does.
	Keys() []key.Binding
	// Focus names the answer being given: lines are marked that changed since it got the focus.
	Focus() string
	// File is the path of the file that shows the answer; empty is the main file.
	File(s steps.State) string
	// Anchor is a text to look for in that file: where the answer stands.
	Anchor(s steps.State) string
	// Peek returns the State with the option looked at taken, for the preview.
	Peek(s steps.State) steps.State
}

// Move is where a screen wants to go.
type Move int

// The moves.
const (
	Stay Move = iota
	Onward
	Jump   // to Outcome.To, and from there back to the review
	Walk   // through every step, from the first one not yet seen
	Write  // the files
	Finish // leave the wizard: all is done
)

// Place is a step and, where it is not empty, the path in sleet.toml of one answer there.
type Place struct {
	Step steps.StepID
	Path string
}

// PlaceOf returns the place of the answer that an item of a plan follows from.
func PlaceOf(s steps.State, item snowflake.Item) Place {
	step, path := steps.StepFor(s, item.Ref, item.Key)
	return Place{Step: step, Path: path}
}

// Outcome is what follows from a message.
type Outcome struct {
	State steps.State
	Move  Move
	To    Place
	Cmd   tea.Cmd
	// Open is a screen to put over this one until it is left; Instead puts it in its place.
	Open    Model
	Instead bool
	// Preview shows the file at full size.
	Preview bool
	// Pick says why the answer that is jumped to is chosen from what the account has; nil leaves it to be typed.
	Pick error
	// Ask is a question to put before Yes happens; empty asks nothing.
	Ask string
	Yes func(steps.State) steps.State
}

// Wheeled is a screen that scrolls by the wheel itself.
type Wheeled interface{ Wheel(m ui.Wheel) Model }

// Lower returns the wheel to a part that stands rows further down.
func Lower(m ui.Wheel, rows int) ui.Wheel {
	m.Y -= rows
	return m
}

// Explained is a screen that explains the field in focus in the help.
type Explained interface{ About() ui.Said }

// Entering is a screen that says itself what enter does.
type Entering interface{ Enters() message.ID }

// Confirming is a screen that asks a question over itself; nil asks nothing.
type Confirming interface{ Confirmation() *ui.Confirm }

// OpenEditor opens a text in the person's editor and gives the screen back to it meanwhile. With a
// path the file there is edited; without one a copy of text that is named like name. back gets the
// text as it was left.
type OpenEditor func(path, name string, text []byte, back func(text []byte, err error) tea.Msg) tea.Cmd
