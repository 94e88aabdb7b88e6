package steps

import (
	tea "charm.land/bubbletea/v2"

	"sleet/ui"
)

// wheelRows is how many lines of the preview a notch of the wheel scrolls.
const wheelRows = 3

// moused handles the mouse: a click is for what lies under it, the wheel scrolls the preview or
// moves where the arrows would.
func (w Wizard) moused(m tea.MouseMsg) (tea.Model, tea.Cmd) {
	at := m.Mouse()
	switch m.(type) {
	case tea.MouseWheelMsg:
		return w.wheeled(at)
	case tea.MouseClickMsg:
		if at.Button == tea.MouseLeft {
			w.notice = ""
			return w.clicked(at.X, at.Y)
		}
	}
	return w, nil
}

func (w Wizard) wheeled(at tea.Mouse) (tea.Model, tea.Cmd) {
	arrow := tea.KeyPressMsg{Code: tea.KeyDown}
	if at.Button == tea.MouseWheelUp {
		arrow.Code = tea.KeyUp
	} else if at.Button != tea.MouseWheelDown {
		return w, nil
	}
	right := w.frame.Right()
	if w.ask == nil && w.help == nil && right.W > 0 && at.X >= right.X {
		arrow.Mod = tea.ModCtrl
		for range wheelRows {
			w.preview = w.preview.scroll(arrow)
		}
		return w, nil
	}
	return w.pressed(arrow)
}

func (w Wizard) clicked(x, y int) (tea.Model, tea.Cmd) {
	if dialog := w.dialog(); dialog != "" {
		left, top := w.frame.DialogAt(dialog)
		inside := ui.Click{X: x - left, Y: y - top}
		switch {
		case w.ask != nil:
			return w.answered(inside)
		case w.help != nil:
			w.help = nil
			return w, nil
		}
		return w.toScreen(inside)
	}
	left := w.frame.Left()
	if x < left.X || x >= left.X+left.W || y < left.Y || y >= left.Y+left.H {
		return w, nil
	}
	return w.toScreen(ui.Click{X: x - left.X, Y: y - left.Y})
}

// dialog is what stands over the screen.
func (w Wizard) dialog() string {
	switch top, isLive := w.top().(liveScreen); {
	case w.ask != nil:
		return w.ask.dialog.View()
	case w.help != nil:
		return w.help.View()
	case isLive:
		return top.dialog()
	default:
		return ""
	}
}
