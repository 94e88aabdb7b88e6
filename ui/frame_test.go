package ui_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/codeview"
)

func TestFrameScreens(t *testing.T) {
	for _, l := range []look{dark(), plain(), japanese()} {
		for _, size := range [][2]int{{59, 15}, {60, 16}, {80, 24}, {100, 30}, {120, 36}} {
			t.Run(fmt.Sprintf("%s-%dx%d", l.name, size[0], size[1]), func(t *testing.T) {
				frame, s := filled(l.context(), size[0], size[1])
				view := frame.Render(s)
				exact(t, view, size[0], size[1])
				screen(t, view)
			})
		}
	}
}

// TestFrameLooks compares screens with their colours.
func TestFrameLooks(t *testing.T) {
	for _, l := range []look{dark(), light(), basic(), noColor()} {
		t.Run(l.name, func(t *testing.T) {
			frame, s := filled(l.context(), 100, 20)
			golden.RequireEqual(t, frame.Render(s))
		})
	}
}

func exact(t *testing.T, view string, w, h int) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) != h {
		t.Errorf("%d lines, want %d", len(lines), h)
	}
	for i, line := range lines {
		if got := cells.Width(line); got != w {
			t.Errorf("line %d is %d cells wide, want %d: %q", i, got, w, line)
		}
	}
}

func TestFrameShowsPreviewFullWidth(t *testing.T) {
	frame, s := filled(dark().context(), 80, 24)
	if frame.Split() || frame.Right() != (ui.Rect{}) {
		t.Fatalf("80 columns are split: %+v", frame.Right())
	}
	frame = frame.ShowPreview(true)
	if got := frame.Right(); got.W != 78 || frame.Left() != (ui.Rect{}) {
		t.Fatalf("preview is %+v beside %+v", got, frame.Left())
	}
	code, _ := codeview.NewCode(dark().context()).SetSize(frame.Right().W, frame.Right().H).Show("a.py", oldCode, newCode)
	s.Right = code.View()
	exact(t, frame.Render(s), 80, 24)
	screen(t, frame.Render(s))
}

func TestFrameDialogs(t *testing.T) {
	k := dark().context()
	for name, dialog := range map[string]string{
		"confirm": ui.NewConfirm(k, "Leave?", "Your answers are kept.\nThe next run offers them again.").WithAnswers("Leave", "Stay").View(),
		"help":    ui.NewHelp(k, groups(k)...).SetSize(96, 26).View(),
		"narrow":  ui.NewHelp(k, groups(k)...).SetSize(56, 14).View(),
	} {
		t.Run(name, func(t *testing.T) {
			frame, s := filled(k, 100, 30)
			s.Dialog = dialog
			exact(t, frame.Render(s), 100, 30)
			screen(t, frame.Render(s))
		})
	}
}

// TestFrameKeepsTheFormInPlace checks that the form always starts in the same row.
func TestFrameKeepsTheFormInPlace(t *testing.T) {
	frame, s := filled(dark().context(), 110, 30)
	for _, about := range []string{"", "short", strings.Repeat("long ", 40)} {
		s.About = about
		lines := strings.Split(frame.Render(s), "\n")
		if row := lines[frame.Left().Y]; !strings.Contains(row, "Name") {
			t.Errorf("about %q: row %d is %q", about, frame.Left().Y, row)
		}
	}
}

func TestFrameNotice(t *testing.T) {
	frame, s := filled(dark().context(), 80, 24)
	s.Notice = "draft saved\x1b[2J"
	last := frame.Render(s)[strings.LastIndex(frame.Render(s), "\n"):]
	if !strings.Contains(last, "draft saved␛[2J") {
		t.Errorf("footer is %q", last)
	}
}

// TestFooterOfDialogIsLit checks that the keys of a dialog are drawn in full brightness, because only they work.
func TestFooterOfDialogIsLit(t *testing.T) {
	k := dark().context()
	confirm := ui.NewConfirm(k, "Leave?", "Nothing was written.").WithAnswers("Leave", "Stay")
	frame, s := filled(k, 80, 24)
	s.Footer, s.Dialog = confirm.Keys(), confirm.View()
	lines := strings.Split(frame.Render(s), "\n")
	if last := lines[len(lines)-1]; !strings.Contains(last, k.Accent.Render("enter")) || !strings.Contains(last, "stay") {
		t.Errorf("footer is %q", last)
	}
}
