package program

import (
	"reflect"
	"sync"

	tea "charm.land/bubbletea/v2"

	"sleet/snowflake/safely"
)

// BrokenMsg replaces the message of a command that panicked.
type BrokenMsg struct{ Err error }

// guarded is a model that quits the program in order after a panic. The library restores the terminal too, but prints a
// trace and the panic's value, which may contain a secret.
type guarded struct {
	tea.Model
	guard *guard
}

// guard records the first panic of a program.
type guard struct {
	program *tea.Program
	mu      sync.Mutex
	err     error
}

// broke records a panic, converted to an error.
func (g *guard) broke(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.err == nil {
		g.err = err
	}
}

// broken returns the first panic as an error, or nil.
func (g *guard) broken() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.err
}

// Init starts the model.
func (m guarded) Init() (cmd tea.Cmd) {
	if err := safely.Call(func() error { cmd = m.Model.Init(); return nil }); err != nil {
		m.guard.broke(err)
		return tea.Quit
	}
	return guardedCmd(cmd)
}

// Update passes a message to the model.
func (m guarded) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if broken, ok := msg.(BrokenMsg); ok {
		m.guard.broke(broken.Err)
		return m, tea.Quit
	}
	next, cmd := m.Model, tea.Cmd(nil)
	if err := safely.Call(func() error { next, cmd = m.Model.Update(msg); return nil }); err != nil {
		m.guard.broke(err)
		return m, tea.Quit
	}
	m.Model = next
	return m, guardedCmd(cmd)
}

// View returns the view. It runs on the goroutine that reads messages, so Quit must run on another one.
func (m guarded) View() (view tea.View) {
	if err := safely.Call(func() error { view = m.Model.View(); return nil }); err != nil {
		m.guard.broke(err)
		go m.guard.program.Quit()
	}
	return view
}

// guardedCmd returns a command that converts its panic to a BrokenMsg, and so do the commands that it leads to.
func guardedCmd(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		if err := safely.Call(func() error { msg = cmd(); return nil }); err != nil {
			return BrokenMsg{err}
		}
		return guardedList(msg)
	}
}

// guardedList guards the commands in a message that is a list of commands: a batch, or a sequence, whose type the
// library does not export.
func guardedList(msg tea.Msg) tea.Msg {
	list := reflect.ValueOf(msg)
	if !list.IsValid() || list.Kind() != reflect.Slice || list.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return msg
	}
	all := reflect.MakeSlice(list.Type(), list.Len(), list.Len())
	for i := range list.Len() {
		cmd, _ := list.Index(i).Interface().(tea.Cmd)
		all.Index(i).Set(reflect.ValueOf(guardedCmd(cmd)))
	}
	return all.Interface()
}
