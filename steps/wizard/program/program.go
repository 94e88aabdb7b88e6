// Package program runs a Bubble Tea model on a terminal: it draws the effect of keys at once, rests while nothing
// happens, and restores the terminal after a panic. It knows nothing about screens.
package program

import (
	"context"
	"io"

	tea "charm.land/bubbletea/v2"
)

// Terminal is where a program reads and draws, and the environment that shows what the terminal supports.
type Terminal struct {
	In      io.Reader
	Out     io.Writer
	Environ []string
}

// Run runs a model until it quits or ctx ends, and returns its final state. broken is the panic that ended it, err any
// other error.
func Run(ctx context.Context, on Terminal, model tea.Model) (last tea.Model, err, broken error) {
	pace, guard := new(clock), new(guard)
	program := tea.NewProgram(paced{guarded{model, guard}, pace},
		tea.WithContext(ctx), tea.WithInput(on.In), tea.WithOutput(on.Out), tea.WithEnvironment(on.Environ),
		tea.WithFPS(framesPerSecond), tea.WithoutSignalHandler(),
	)
	pace.program, guard.program = program, program
	end, err := program.Run()
	pace.stop()
	if p, ok := end.(paced); ok {
		if g, ok := p.Model.(guarded); ok {
			last = g.Model
		}
	}
	return last, err, guard.broken() //nolint:wrapcheck // The caller says what failed.
}
