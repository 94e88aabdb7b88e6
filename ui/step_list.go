package ui

import (
	"strings"

	"sleet/ui/cells"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// Mark is the glyph before an entry of a StepList.
type Mark int

// The marks: what will be done, and its state.
const (
	MarkWaiting Mark = iota
	MarkCreate
	MarkAlter
	MarkDrop
	MarkSame
	MarkCannot
	MarkRunning
	MarkDone
	MarkFailed
	MarkSkipped
	MarkUnknown // cannot be read in the account
	MarkNote    // information
)

// Tone is the style of a paragraph.
type Tone int

// The tones.
const (
	ToneText Tone = iota
	ToneMuted
	ToneCode
	ToneSQL // SQL statements, highlighted
	ToneGood
	ToneWarn
	ToneBad
	ToneTitle
)

// Paragraph is a paragraph of an entry's detail; its line breaks are kept.
type Paragraph struct {
	Tone Tone
	Text string
	// Link replaces the text if it has an address.
	Link Link
}

// Entry is one line of a StepList: a mark, a title, a text beside it, and the detail that is shown while the cursor is
// on it.
type Entry struct {
	Mark   Mark
	Title  string
	Side   string
	Detail []Paragraph
	// Sentence cuts a long title at its end; a name is cut in the middle, because its end tells names apart.
	Sentence bool
}

// StepList lists entries and shows the detail of the one under the cursor, beside the list in a wide terminal and below
// it otherwise. Its spinner turns only while an entry runs.
type StepList struct {
	context  *Context
	w, h     int
	entries  []Entry
	place    window
	scroll   int // lines of the detail scrolled past
	bare     bool
	expanded bool // the detail gets more room than the list
	spin     spinner.Model
}

// NewStepList returns a list with the cursor on its first entry.
func NewStepList(k *Context, entries ...Entry) StepList {
	return StepList{context: k, w: MinWidth, h: MinHeight, spin: newSpinner(k)}.WithEntries(entries...)
}

// newSpinner returns a spinner with the theme's glyphs.
func newSpinner(k *Context) spinner.Model {
	return spinner.New(spinner.WithSpinner(spinner.Spinner{Frames: k.Glyphs.Spinner, FPS: spinner.MiniDot.FPS}))
}

// Spin returns the command that starts the spinner.
func (l StepList) Spin() tea.Cmd { return l.spin.Tick }

// WithContext returns the list with another theme or language.
func (l StepList) WithContext(k *Context) StepList { l.context = k; return l }

// WithEntries replaces the entries; the cursor keeps its index if possible.
func (l StepList) WithEntries(entries ...Entry) StepList {
	l.entries = entries
	return l.placed()
}

// WithCursor moves the cursor to entry i.
func (l StepList) WithCursor(i int) StepList {
	if i != l.place.cursor {
		l.scroll = 0
	}
	l.place.cursor = i
	return l.placed()
}

// ListOnly hides the detail, for screens that show it elsewhere.
func (l StepList) ListOnly() StepList { l.bare = true; return l.placed() }

// ExpandDetail sets whether the detail of a failed entry gets more room than the list if not both fit.
func (l StepList) ExpandDetail(on bool) StepList { l.expanded = on; return l.placed() }

// SetSize sets the size of list and detail together.
func (l StepList) SetSize(w, h int) StepList {
	l.w, l.h = max(w, 1), max(h, 1)
	return l.placed()
}

// Cursor returns the index of the entry under the cursor; ok is false if the list is empty.
func (l StepList) Cursor() (i int, ok bool) { return l.place.cursor, len(l.entries) > 0 }

func (l StepList) placed() StepList {
	l.place = l.place.resize(l.listRows(), len(l.entries))
	l.scroll = max(min(l.scroll, len(l.detail())-l.detailRows()), 0)
	return l
}

// Update moves the cursor, scrolls the detail, or advances the spinner while an entry runs.
func (l StepList) Update(msg tea.Msg) (StepList, tea.Cmd) {
	switch m := msg.(type) {
	case Click:
		return l.click(m), nil
	case Wheel:
		return l.wheel(m), nil
	case spinner.TickMsg:
		if !l.Running() {
			return l, nil
		}
		var cmd tea.Cmd
		l.spin, cmd = l.spin.Update(m)
		return l, cmd
	case tea.KeyPressMsg:
		k := l.context.Keys
		switch {
		case key.Matches(m, k.PageDown):
			l.scroll += max(l.detailRows()-1, 1)
			return l.placed(), nil
		case key.Matches(m, k.PageUp):
			l.scroll -= max(l.detailRows()-1, 1)
			return l.placed(), nil
		case l.place.can(k, m):
			l.place = l.place.update(k, m)
			l.scroll = 0
		}
	}
	return l, nil
}

// Running reports whether an entry runs.
func (l StepList) Running() bool {
	for _, e := range l.entries {
		if e.Mark == MarkRunning {
			return true
		}
	}
	return false
}

// sign returns the style and glyph of a mark.
func (l StepList) sign(m Mark) (lipgloss.Style, string) {
	k := l.context
	switch m {
	case MarkCreate:
		return k.Good, k.Glyphs.Add
	case MarkAlter:
		return k.Warn, k.Glyphs.Changed
	case MarkDrop:
		return k.Bad, k.Glyphs.Gone
	case MarkSame:
		return k.Muted, "="
	case MarkCannot:
		return k.Bad, k.Glyphs.Warn
	case MarkRunning:
		return k.Accent, l.spin.View()
	case MarkDone:
		return k.Good, k.Glyphs.Done
	case MarkFailed:
		return k.Bad, k.Glyphs.Bad
	case MarkSkipped:
		return k.Muted, k.Glyphs.Skip
	case MarkUnknown:
		return k.Warn, "?"
	case MarkNote:
		return k.Muted, k.Glyphs.Crumb
	case MarkWaiting:
		return k.Muted, k.Glyphs.Ahead
	default:
		return k.Muted, " "
	}
}

// Paragraph draws a paragraph within w cells. Control characters in its text are made visible.
func (k *Context) Paragraph(p Paragraph, w int) []string {
	if p.Link.URL != "" {
		return []string{k.RenderLink(p.Link, w)}
	}
	if p.Tone == ToneSQL {
		return k.statement(p.Text, w)
	}
	style := k.tone(p.Tone)
	var lines []string
	for part := range strings.SplitSeq(p.Text, "\n") {
		for _, line := range cells.Wrap(cells.Clean(part), max(w, 1)) {
			lines = append(lines, style.Render(line))
		}
	}
	return lines
}

func (k *Context) tone(t Tone) lipgloss.Style {
	switch t {
	case ToneMuted:
		return k.Muted
	case ToneCode, ToneSQL:
		return k.Code
	case ToneGood:
		return k.Good
	case ToneWarn:
		return k.Warn
	case ToneBad:
		return k.Bad
	case ToneTitle:
		return k.Title
	case ToneText:
		return k.Text
	default:
		return k.Text
	}
}
