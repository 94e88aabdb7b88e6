package wizard

import (
	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/steps/wizard/screen"
	"sleet/ui"
)

// wheelRows is how many lines of the preview a notch of the wheel scrolls.
const wheelRows = 3

// moused handles the mouse: a click goes to the part under it, and the wheel scrolls the preview or moves as the arrows
// do.
func (w Wizard) moused(m tea.MouseMsg) (tea.Model, tea.Cmd) {
	at := m.Mouse()
	switch m.(type) {
	case tea.MouseWheelMsg:
		return w.wheeled(at)
	case tea.MouseClickMsg:
		if at.Button == tea.MouseLeft {
			shown := w.screen() // with the notice, which covers the keys
			w.notice = ""
			return w.clicked(shown, at.X, at.Y)
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
	right, left := w.frame.Right(), w.frame.Left()
	top, scrolls := w.top().(screen.Wheeled)
	switch {
	case w.dialog() != "":
	case right.W > 0 && at.X >= right.X:
		arrow.Mod = tea.ModCtrl
		for range wheelRows {
			w.preview = w.preview.scroll(arrow)
		}
		return w, nil
	case scrolls:
		up := at.Button == tea.MouseWheelUp
		return w.over(top.Wheel(ui.Wheel{Click: ui.Click{X: at.X - left.X, Y: at.Y - left.Y}, Up: up})), nil
	}
	return w.pressed(arrow)
}

// clicked handles a click on the screen that was shown; a click on a key in the footer presses it.
func (w Wizard) clicked(shown ui.Screen, x, y int) (tea.Model, tea.Cmd) {
	if b, ok := w.frame.KeyAt(shown, x, y); ok {
		return w.pressed(ui.Press(b))
	}
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
	if i, ok := w.frame.StepAt(shown, x, y); ok {
		return w.toStep(i)
	}
	if right := w.frame.Right(); right.W > 0 && x >= right.X {
		return w.toFile(y - right.Y)
	}
	left := w.frame.Left()
	if x < left.X || x >= left.X+left.W || y < left.Y || y >= left.Y+left.H {
		return w, nil
	}
	return w.toScreen(ui.Click{X: x - left.X, Y: y - left.Y})
}

// toStep goes to the clicked step of the header: back to any step that is done, or to the review.
func (w Wizard) toStep(i int) (tea.Model, tea.Cmd) {
	to, all := w.headerSteps()[i], w.header()
	switch {
	case w.step.Row().Closed || steps.IsDeployStep(w.step) != steps.IsDeployStep(to):
		return w, nil
	case w.pendingInput():
		w.notice = w.context.T("form.pending")
		return w, nil
	case all[i].State == ui.Done || to == steps.ReviewStep && w.step != steps.Start:
		return w.enter(screen.Place{Step: to})
	}
	return w, nil
}

// toFile shows the next file after a click on the preview's title, or on its foot, which names it.
func (w Wizard) toFile(row int) (tea.Model, tea.Cmd) {
	if row != 0 && (row != w.frame.Right().H-1 || w.preview.foot() == "") {
		return w, nil
	}
	next, cmd, _ := w.own(tea.KeyPressMsg{Code: 'f', Mod: tea.ModCtrl})
	return next, cmd
}

// dialog draws the dialog over the screen, "" if there is none.
func (w Wizard) dialog() string {
	switch asking := w.Confirmation(); {
	case w.ask != nil:
		return asking.View()
	case w.help != nil:
		return w.help.View()
	case asking != nil:
		return asking.View()
	default:
		return ""
	}
}

// Confirmation returns the question over the screen, or nil.
func (w Wizard) Confirmation() *ui.Confirm {
	if w.ask != nil {
		return &w.ask.dialog
	}
	if top, ok := w.top().(screen.Confirming); ok {
		return top.Confirmation()
	}
	return nil
}
