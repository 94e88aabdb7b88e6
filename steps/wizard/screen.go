package wizard

import (
	"charm.land/bubbles/v2/key"

	"sleet/scaffold/validate"
	"sleet/ui/message"

	tea "charm.land/bubbletea/v2"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/ui"
)

// screen is one step, or one row of a step's table, as it stands on the terminal. It edits the
// State and says where it wants to go; it never writes a file.
type Model interface {
	// init returns what the screen needs done as it opens.
	Init() tea.Cmd
	// update handles a message and gives the screen and what follows.
	Update(msg tea.Msg, s steps.State) (Model, outcome)
	// show brings the screen up to a State and its problems, which another screen may have changed.
	Show(s steps.State, problems []validate.Problem) Model
	Resize(w, h int) Model
	Restyle(k *ui.Context) Model
	View() string
	Cursor() (x, y int, ok bool)
	// wants reports whether the screen itself uses a key that the wizard would otherwise act on.
	Wants(msg tea.KeyPressMsg) bool
	// typing reports whether letters are text now.
	Typing() bool
	Keys() []key.Binding
	// focus names the answer being given: lines are marked that changed since it got the focus.
	Focus() string
	// file is the path of the file that shows the answer; empty is the main file.
	File(s steps.State) string
	// anchor is a text to look for in that file: where the answer stands.
	Anchor(s steps.State) string
	// peek returns the State with the option looked at taken, for the preview.
	Peek(s steps.State) steps.State
}

// move is where a screen wants to go.
type move int

const (
	stay move = iota
	onward
	jump   // to outcome.to, and from there back to the review
	walk   // through every step, from the first one not yet seen
	write  // the files
	finish // leave the wizard: all is done
)

// place is a step and, where it is not empty, the path in sleet.toml of one answer there.
type place struct {
	step steps.StepID
	path string
}

// placeOf returns the place of the answer that an item of a plan follows from.
func placeOf(s steps.State, item snowflake.Item) place {
	step, path := steps.StepFor(s, item.Ref, item.Key)
	return place{step: step, path: path}
}

// outcome is what follows from a message.
type outcome struct {
	state steps.State
	move  move
	to    place
	cmd   tea.Cmd
	// open is a screen to put over this one until it is left; instead puts it in its place.
	open    Model
	instead bool
	// preview shows the file at full size.
	preview bool
	// pick says why the answer that is jumped to is chosen from what the account has; nil leaves it to be typed.
	pick error
	// ask is a question to put before yes happens; empty asks nothing.
	ask string
	yes func(steps.State) steps.State
}

// wheeled is a screen that knows itself what the wheel scrolls.
type wheeled interface {
	Wheel(m ui.Wheel) Model
}

// lower returns the wheel to a part that stands rows further down.
func lower(m ui.Wheel, rows int) ui.Wheel {
	m.Y -= rows
	return m
}

// explained is a screen that explains the field in focus in the help.
type explained interface{ About() ui.Said }

// entering is a screen that says itself what enter does.
type entering interface{ Enters() message.ID }

// confirming is a screen that asks a question over itself; nil asks nothing.
type confirming interface{ Confirmation() *ui.Confirm }

// OpenEditor opens a text in the person's editor and gives the screen back to it meanwhile. With a
// path the file there is edited; without one a copy of text that is named like name. back gets the
// text as it was left.
type OpenEditor func(path, name string, text []byte, back func(text []byte, err error) tea.Msg) tea.Cmd
