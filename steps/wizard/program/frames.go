package program

import (
	"reflect"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

const (
	// framesPerSecond is the frame rate set in the library, which draws by a clock whether or not anything changed.
	framesPerSecond = 120
	// working is the time between frames while something happens: the longest time until the effect of a key is drawn.
	working = 2 * time.Millisecond
	// resting is the time between frames while nothing happens.
	resting = time.Second
	// settled is how long after the last message the program counts as idle.
	settled = 250 * time.Millisecond
)

// paced is a model that speeds up the library's clock while something happens and slows it down while nothing does. The
// library wakes up at every frame, which takes about one percent of an idle processor and makes a key wait for the next
// frame.
//
// The library cannot be asked for a frame, so this file reaches the private field Program.ticker
// through reflection. Two open pull requests fix the cause; remove this file when one of them is released:
//   - https://github.com/charmbracelet/bubbletea/pull/1776
//   - https://github.com/charmbracelet/bubbletea/pull/1796
type paced struct {
	tea.Model
	clock *clock
}

// Update passes a message to the model.
func (p paced) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	next, cmd := p.Model.Update(msg)
	p.Model = next
	return p, cmd
}

// View returns the view. The library calls it once per message, on the program's goroutine.
func (p paced) View() tea.View {
	view := p.Model.View()
	p.clock.work()
	return view
}

// clock controls the ticker of a running program.
type clock struct {
	program *tea.Program
	mu      sync.Mutex
	frames  *time.Ticker
	fast    bool
	rest    *time.Timer
	worked  time.Time
}

// work speeds up the clock for a while.
func (c *clock) work() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frames == nil {
		if c.frames = tickerOf(c.program); c.frames == nil {
			return // keep the library's own rate
		}
		c.rest = time.AfterFunc(settled, c.idle)
	}
	c.worked = time.Now()
	if !c.fast { // resetting it each time would restart the interval
		c.fast = true
		c.frames.Reset(working)
	}
	c.rest.Reset(settled)
}

// idle slows the clock down, unless there was work in the meantime.
func (c *clock) idle() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.worked) >= settled {
		c.fast = false
		c.frames.Reset(resting)
	}
}

// stop stops the clock with the program.
func (c *clock) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frames != nil {
		c.rest.Stop()
		c.frames.Stop()
	}
}

// tickerOf returns the ticker of a program's frames; nil before the program runs, or if the library no longer has it.
func tickerOf(p *tea.Program) *time.Ticker {
	field := reflect.ValueOf(p).Elem().FieldByName("ticker")
	if !field.IsValid() || field.Type() != reflect.TypeFor[*time.Ticker]() {
		return nil
	}
	ticker, _ := reflect.NewAt(field.Type(), field.Addr().UnsafePointer()).Elem().Interface().(*time.Ticker)
	return ticker
}
