//go:build unix

package program_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"
	"golang.org/x/term"

	"sleet/snowflake/safely"
	"sleet/steps/wizard/program"
	"sleet/steps/wizard/screen"
)

// faulty is a model that panics in one of its methods, after it has drawn a screen.
type faulty struct {
	place  string
	broken bool
}

type breakMsg struct{}

const thrown = "hunter2"

func (f faulty) Init() tea.Cmd {
	if f.place == "init" {
		panic(thrown)
	}
	return tea.Tick(50*time.Millisecond, func(time.Time) tea.Msg { return breakMsg{} })
}

func (f faulty) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, now := msg.(breakMsg); !now {
		return f, nil
	}
	throw := func() tea.Msg { panic(thrown) }
	switch f.place {
	case "update":
		panic(thrown)
	case "command":
		return f, throw
	case "batch":
		return f, tea.Batch(throw, func() tea.Msg { return nil })
	case "sequence":
		return f, tea.Sequence(func() tea.Msg { return nil }, tea.Batch(func() tea.Msg { return nil }, throw))
	case "stream":
		s := screen.StartStream(func(context.Context, func(tea.Msg)) tea.Msg { panic(thrown) })
		return f, func() tea.Msg { return s.Next()().(screen.StreamMsg).Msg }
	}
	f.broken = true
	return f, nil
}

func (f faulty) View() tea.View {
	if f.broken && f.place == "view" {
		panic(thrown)
	}
	view := tea.NewView("a screen")
	view.AltScreen, view.MouseMode = true, tea.MouseModeCellMotion
	return view
}

// TestPanicRestoresTerminal panics in each place of a program, and checks that the program ends with an error that does
// not contain the panic's value and restores the terminal.
func TestPanicRestoresTerminal(t *testing.T) {
	for _, place := range []string{"init", "update", "view", "command", "batch", "sequence", "stream"} {
		t.Run(place, func(t *testing.T) {
			ptmx, tty, err := pty.Open()
			if err != nil {
				t.Skipf("no pseudo-terminal: %v", err)
			}
			var shown bytes.Buffer
			drained := make(chan struct{})
			go func() {
				defer close(drained)
				_, _ = io.Copy(&shown, ptmx) // reading fails once the other end is closed
			}()
			before, err := term.GetState(int(tty.Fd()))
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			_, err, broken := program.Run(ctx, program.Terminal{In: tty, Out: tty, Environ: []string{"TERM=xterm-256color"}}, faulty{place: place})
			var panicked *safely.PanicError
			if !errors.As(broken, &panicked) || strings.Contains(broken.Error(), thrown) || strings.Contains(broken.Error(), "safely.") {
				t.Errorf("the program ended with %v, %v", broken, err)
			}
			after, err := term.GetState(int(tty.Fd()))
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(before, after) {
				t.Error("the terminal's modes were not restored")
			}
			_ = tty.Close()
			<-drained
			_ = ptmx.Close()
			for _, pair := range [][2]string{{"\x1b[?1049h", "\x1b[?1049l"}, {"\x1b[?25l", "\x1b[?25h"}, {"\x1b[?2004h", "\x1b[?2004l"}, {"\x1b[?1002h", "\x1b[?1002l"}} {
				if on, off := strings.LastIndex(shown.String(), pair[0]), strings.LastIndex(shown.String(), pair[1]); on > off {
					t.Errorf("%q was not undone by %q", pair[0], pair[1])
				}
			}
			if strings.Contains(shown.String(), thrown) {
				t.Errorf("the output contains the panic's value:\n%q", &shown)
			}
		})
	}
}
