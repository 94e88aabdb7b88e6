package program

import (
	"reflect"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

const (
	// framesPerSecond is what the library is asked for; it draws by a clock, changed or not.
	framesPerSecond = 120
	// working is the time between two looks at the screen while something happens: the most that
	// a key waits for its answer to be drawn.
	working = 2 * time.Millisecond
	// resting is the time between two looks while nothing does.
	resting = time.Second
	// settled is how long after the last message nothing is said to happen.
	settled = 250 * time.Millisecond
)

// paced is a model that makes the library's clock fast while something happens and lets it rest
// while nothing does. The library wakes up at every frame of its life, which costs a processor
// that has nothing to do about one part in a hundred, and makes a key wait for the next frame.
//
// The library cannot be asked for a frame, so this file reaches the private field Program.ticker
// through reflection. Two open pull requests fix the cause; remove this file when one of them is released:
//   - https://github.com/charmbracelet/bubbletea/pull/1776
//   - https://github.com/charmbracelet/bubbletea/pull/1796
type paced struct {
	tea.Model
	clock *clock
}

// Update passes a message on.
func (p paced) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	next, cmd := p.Model.Update(msg)
	p.Model = next
	return p, cmd
}

// View returns the screen. It is called once a message, on the goroutine that owns the program.
func (p paced) View() tea.View {
	view := p.Model.View()
	p.clock.work()
	return view
}

// clock holds the ticker of a running program.
type clock struct {
	program *tea.Program
	mu      sync.Mutex
	frames  *time.Ticker
	fast    bool
	rest    *time.Timer
	worked  time.Time
}

// work makes the clock fast for a while.
func (c *clock) work() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frames == nil {
		if c.frames = tickerOf(c.program); c.frames == nil {
			return // the library's own pace, then
		}
		c.rest = time.AfterFunc(settled, c.idle)
	}
	c.worked = time.Now()
	if !c.fast { // a reset starts the wait again
		c.fast = true
		c.frames.Reset(working)
	}
	c.rest.Reset(settled)
}

// idle slows the clock down, unless there was work while it was about to.
func (c *clock) idle() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.worked) >= settled {
		c.fast = false
		c.frames.Reset(resting)
	}
}

// stop ends it with the program.
func (c *clock) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frames != nil {
		c.rest.Stop()
		c.frames.Stop()
	}
}

// tickerOf finds the ticker by which a program draws; nil before it runs, or where the library
// has it no more.
func tickerOf(p *tea.Program) *time.Ticker {
	field := reflect.ValueOf(p).Elem().FieldByName("ticker")
	if !field.IsValid() || field.Type() != reflect.TypeFor[*time.Ticker]() {
		return nil
	}
	ticker, _ := reflect.NewAt(field.Type(), field.Addr().UnsafePointer()).Elem().Interface().(*time.Ticker)
	return ticker
}
