package ui

import (
	"strings"

	"sleet/ui/cells"

	"charm.land/bubbles/v2/key"
)

// The smallest terminal that a frame is drawn on, and the width from which the preview is beside the form.
const (
	MinWidth   = 60
	MinHeight  = 16
	SplitWidth = 100
)

const (
	frameTop    = 2   // header and its rule
	frameBottom = 2   // rule and footer
	headRows    = 3   // title, description, an empty line: always these rows, so that the form does not move
	maxLeft     = 64  // while the preview is narrow
	wideLeft    = 84  // when the preview has room for its longest lines,
	roomyRight  = 120 // which is this many cells
)

// Rect is a rectangle of the screen, in cells.
type Rect struct{ X, Y, W, H int }

// StepState is the state of a step in the header.
type StepState int

// The states of a step.
const (
	Ahead StepState = iota
	Here
	Done
	Wrong // visited, and an answer is invalid
)

// Step is a step in the header.
type Step struct {
	Title string
	State StepState
}

// Screen is the content of a frame. Left and Right are already drawn, in the sizes of Frame.Left and Frame.Right;
// anything outside is cut off.
type Screen struct {
	Name   string        // beside the program's name, for example the app's name
	Steps  []Step        // exactly one is Here
	Title  string        // of the left pane
	About  string        // one line under the title
	Left   string        // usually Form.View
	Right  string        // usually Code.View
	Footer []key.Binding // the keys that work now, the most useful first; the last two are never dropped
	Notice string        // one line that replaces the footer until the next key
	Dialog string        // in the middle of the screen: Confirm.View, Help.View
}

// Frame lays out a screen: a header with the steps, the form on the left, the preview on the right, a footer with the
// keys. Render is a pure function of its fields.
type Frame struct {
	context *Context
	program string
	w, h    int
	full    bool
	solo    bool
}

// NewFrame returns a frame without a size. It draws nothing before SetSize.
func NewFrame(k *Context, program string) Frame { return Frame{context: k, program: program} }

// WithContext returns the frame with another theme or language.
func (f Frame) WithContext(k *Context) Frame { f.context = k; return f }

// SetSize sets the size of the whole terminal.
func (f Frame) SetSize(w, h int) Frame { f.w, f.h = w, h; return f }

// ShowPreview sets whether the preview fills the body, which is how to see it if Split is false.
func (f Frame) ShowPreview(on bool) Frame { f.full = on; return f }

// Alone sets whether the form gets the whole width, for steps without a preview.
func (f Frame) Alone(on bool) Frame { f.solo = on; return f }

// PreviewShown reports whether the preview fills the body.
func (f Frame) PreviewShown() bool { return f.full }

// Fits reports whether the terminal is large enough. If not, Render draws only the size that is needed.
func (f Frame) Fits() bool { return f.w >= MinWidth && f.h >= MinHeight }

// Split reports whether the form and the preview are side by side.
func (f Frame) Split() bool { return f.w >= SplitWidth && !f.full && !f.solo }

// Left returns where Screen.Left is drawn: add its X and Y to the form's cursor. It is empty (W and H are 0) while the
// preview fills the body.
func (f Frame) Left() Rect {
	if f.full || !f.Fits() {
		return Rect{}
	}
	return Rect{X: 1, Y: frameTop + headRows, W: f.leftWidth() - 2, H: f.body() - headRows}
}

// Right returns where Screen.Right is drawn. It is empty if there is no preview.
func (f Frame) Right() Rect {
	switch {
	case !f.Fits():
		return Rect{}
	case f.full:
		return Rect{X: 1, Y: frameTop, W: f.w - 2, H: f.body()}
	case f.Split():
		x := f.leftWidth() + 2
		return Rect{X: x, Y: frameTop, W: f.w - x - 1, H: f.body()}
	default:
		return Rect{}
	}
}

// leftWidth returns the width of the left pane with its margins, without the line between the panes.
func (f Frame) leftWidth() int {
	if !f.Split() {
		return f.w
	}
	return min(f.w*47/100, max(maxLeft, min(f.w-roomyRight, wideLeft)))
}

func (f Frame) body() int { return f.h - frameTop - frameBottom }

// Render draws the whole terminal: exactly as many lines as its height, each exactly as wide as the terminal.
func (f Frame) Render(s Screen) string {
	if f.w < 1 || f.h < 1 {
		return ""
	}
	if !f.Fits() {
		return f.tooSmall()
	}
	lines := make([]string, 0, f.h)
	lines = append(lines, f.header(s), f.rule(f.context.Glyphs.TeeD))
	lines = append(lines, f.panes(s)...)
	lines = append(lines, f.rule(f.context.Glyphs.TeeU), f.footer(s))
	if s.Dialog != "" {
		footer := lines[len(lines)-1]
		lines = f.context.overlay(lines, f.w, s.Dialog)
		if f.footerShown(s) {
			lines[len(lines)-1] = footer // the footer shows the dialog's keys
		}
	}
	return strings.Join(lines, "\n")
}

// footerShown reports whether the dialog, if there is one, does not cover the footer.
func (f Frame) footerShown(s Screen) bool {
	_, y := f.DialogAt(s.Dialog)
	return s.Dialog == "" || y+strings.Count(s.Dialog, "\n") < f.h-1
}

func (f Frame) rule(tee string) string {
	if !f.Split() {
		return f.context.Rules(f.w)
	}
	left := f.leftWidth()
	g := f.context.Glyphs.Rule
	return f.context.Rule.Render(strings.Repeat(g, left) + tee + strings.Repeat(g, f.w-left-1))
}

// panes draws the body.
func (f Frame) panes(s Screen) []string {
	rows := make([]string, f.body())
	right := strings.Split(s.Right, "\n")
	if f.full {
		for i := range rows {
			rows[i] = " " + f.context.Fit(at(right, i), f.w-2) + " "
		}
		return rows
	}
	width := f.leftWidth()
	left := append(f.head(s, width-2), strings.Split(s.Left, "\n")...)
	wall := f.context.Rule.Render(f.context.Glyphs.Wall)
	for i := range rows {
		rows[i] = " " + f.context.Fit(at(left, i), width-2) + " "
		if f.Split() {
			rows[i] += wall + " " + f.context.Fit(at(right, i), f.Right().W) + " "
		}
	}
	return rows
}

func (f Frame) head(s Screen, w int) []string {
	title := f.context.Title.Render(f.context.Cut(cells.Clean(s.Title), w))
	about := f.context.Muted.Render(f.context.Cut(cells.Clean(s.About), w))
	return []string{title, about, ""}
}

func (f Frame) tooSmall() string {
	k := f.context
	text := k.T("ui.frame.too_small", "width", MinWidth, "height", MinHeight, "have_width", f.w, "have_height", f.h)
	lines := make([]string, f.h)
	for i := range lines {
		lines[i] = strings.Repeat(" ", f.w)
	}
	words := cells.Wrap(cells.Clean(text), f.w)
	top := max(0, (f.h-len(words))/2)
	for i, line := range words {
		if top+i < f.h {
			lines[top+i] = k.Fit(strings.Repeat(" ", (f.w-cells.Width(line))/2)+line, f.w)
		}
	}
	return strings.Join(lines, "\n")
}

// at returns line i, or "" if there is none.
func at(lines []string, i int) string {
	if i < 0 || i >= len(lines) {
		return ""
	}
	return lines[i]
}
