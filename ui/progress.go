package ui

import (
	"strings"

	"sleet/ui/cells"

	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// RowState is the state of a row of Progress.
type RowState int

// The states of a row.
const (
	Waiting RowState = iota
	Running
	Finished
	Failed
	Skipped
)

// ProgressRow is one task.
type ProgressRow struct {
	Label  string
	State  RowState
	Detail string // its result, or why it failed
}

// Progress lists tasks, one row each. Init starts its spinner.
type Progress struct {
	context *Context
	w, h    int
	rows    []ProgressRow
	spin    spinner.Model
}

// NewProgress returns a list with these rows.
func NewProgress(k *Context, rows ...ProgressRow) Progress {
	return Progress{context: k, rows: rows, spin: newSpinner(k), w: MinWidth, h: MinHeight}
}

// Bar draws a progress bar of w cells, with over of "of" done; the two parts differ without colour as well.
func (k *Context) Bar(over, of, w int) string {
	full := w
	if of > 0 {
		full = max(min(w*over/of, w), 0)
	}
	return k.Accent.Render(strings.Repeat(k.Glyphs.Full, full)) + k.Rule.Render(strings.Repeat(k.Glyphs.Rule, max(w-full, 0)))
}

// Init starts the spinner.
func (p Progress) Init() tea.Cmd { return p.spin.Tick }

// SetSize sets the size of the list.
func (p Progress) SetSize(w, h int) Progress { p.w, p.h = w, h; return p }

// WithRows replaces the rows; the spinner keeps running.
func (p Progress) WithRows(rows ...ProgressRow) Progress { p.rows = rows; return p }

// SetRow replaces row i; it does nothing if there is no such row.
func (p Progress) SetRow(i int, row ProgressRow) Progress {
	if i < 0 || i >= len(p.rows) {
		return p
	}
	p.rows = append([]ProgressRow(nil), p.rows...)
	p.rows[i] = row
	return p
}

// Rows returns a copy of the rows.
func (p Progress) Rows() []ProgressRow { return append([]ProgressRow(nil), p.rows...) }

// Done reports whether no row is waiting or running.
func (p Progress) Done() bool {
	for _, row := range p.rows {
		if row.State == Waiting || row.State == Running {
			return false
		}
	}
	return true
}

// Update advances the spinner until all rows are done.
func (p Progress) Update(msg tea.Msg) (Progress, tea.Cmd) {
	if _, ok := msg.(spinner.TickMsg); !ok || p.Done() {
		return p, nil
	}
	var cmd tea.Cmd
	p.spin, cmd = p.spin.Update(msg)
	return p, cmd
}

// View draws the rows; if not all fit, those around the running one.
func (p Progress) View() string {
	var lines []string
	focus := 0
	for _, row := range p.rows {
		if row.State != Waiting {
			focus = len(lines)
		}
		lines = append(lines, p.row(row)...)
	}
	if len(lines) > p.h {
		top := max(min(focus-p.h/2, len(lines)-p.h), 0)
		lines = lines[top : top+max(p.h, 0)]
	}
	for i, line := range lines {
		lines[i] = p.context.Cut(line, p.w)
	}
	return strings.Join(lines, "\n")
}

func (p Progress) row(r ProgressRow) []string {
	k := p.context
	look, sign := p.state(r.State)
	label := k.Text
	if r.State == Waiting || r.State == Skipped {
		label = k.Muted
	}
	line := look.Render(sign) + " " + label.Render(k.CutMiddle(cells.Clean(r.Label), max(p.w-2, 1)))
	detail := cells.Clean(r.Detail)
	switch {
	case detail == "":
		return []string{line}
	case r.State != Failed && cells.Width(line)+2+cells.Width(detail) <= p.w:
		return []string{line + "  " + k.Muted.Render(detail)}
	}
	lines := []string{line}
	for _, s := range cells.Wrap(detail, max(p.w-2, 1)) {
		lines = append(lines, "  "+k.Muted.Render(s))
	}
	return lines
}

func (p Progress) state(s RowState) (lipgloss.Style, string) {
	k := p.context
	switch s {
	case Running:
		return k.Accent, p.spin.View()
	case Finished:
		return k.Good, k.Glyphs.Done
	case Failed:
		return k.Bad, k.Glyphs.Bad
	case Skipped:
		return k.Muted, k.Glyphs.Skip
	case Waiting:
		return k.Muted, k.Glyphs.Ahead
	default:
		return k.Muted, " "
	}
}
