package ui

import (
	"slices"
	"strconv"
	"strings"

	"sleet/ui/cells"
	"sleet/ui/message"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// FileState is the state of a file in a Tree.
type FileState int

// The states of a file.
const (
	Same FileState = iota
	New
	Altered
	Edited // by the user since it was written: shown as a warning
	Deleted
)

// File is one file of a Tree.
type File struct {
	Path  string // with slashes
	Size  int
	State FileState
}

// Tree shows files in their folders, with their sizes and states, and requests the file under the cursor. Its indexes
// are those of the files passed to it.
type Tree struct {
	core
	files []File
	rows  []treeRow
	place window
}

var _ Field = Tree{}

// treeRow is a folder (file is negative) or a file.
type treeRow struct {
	lead string // the branches drawn before the name
	name string
	file int
}

// NewTree returns a tree of files.
func NewTree(k *Context, h Head, files ...File) Tree {
	return Tree{core: newCore(k, h)}.WithFiles(files...)
}

// WithFiles replaces the files; the cursor keeps its index if possible.
func (f Tree) WithFiles(files ...File) Tree {
	f.files = files
	order := make([]int, len(files))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return strings.Compare(treeKey(files[a].Path), treeKey(files[b].Path))
	})
	f.rows = f.branch(order, 0, "")
	return f.placed()
}

// treeKey returns a sort key that puts folders before files.
func treeKey(path string) string {
	dirs := strings.Split(path, "/")
	for i := range dirs[:len(dirs)-1] {
		dirs[i] = "\x00" + dirs[i]
	}
	return strings.Join(dirs, "\x00\x00")
}

// branch returns the rows of one folder; order are its files, sorted, whose paths agree up to depth.
func (f Tree) branch(order []int, depth int, lead string) []treeRow {
	var rows []treeRow
	g := f.context.Glyphs
	for len(order) > 0 {
		parts := strings.Split(f.files[order[0]].Path, "/")
		n := 1
		if depth < len(parts)-1 {
			n = f.sharing(order, depth, parts[depth])
		}
		own, under := g.Branch, g.Trunk
		if n == len(order) {
			own, under = g.Last, "  "
		}
		if depth == len(parts)-1 {
			rows = append(rows, treeRow{lead + own, parts[depth], order[0]})
		} else {
			rows = append(rows, treeRow{lead + own, parts[depth] + "/", -1})
			rows = append(rows, f.branch(order[:n], depth+1, lead+under)...)
		}
		order = order[n:]
	}
	return rows
}

// sharing counts the first files of order that are in folder name.
func (f Tree) sharing(order []int, depth int, name string) int {
	for n, i := range order {
		parts := strings.Split(f.files[i].Path, "/")
		if depth >= len(parts)-1 || parts[depth] != name {
			return n
		}
	}
	return len(order)
}

// ShowAll shows all files: if they do not fit, the form scrolls and not the tree.
func (f Tree) ShowAll() Tree { f.core.whole = true; return f }

// WithCursor moves the cursor to file i.
func (f Tree) WithCursor(i int) Tree {
	for row, r := range f.rows {
		if r.file == i {
			f.place.cursor = row
		}
	}
	return f.placed()
}

// File returns the index of the file under the cursor; ok is false on a folder.
func (f Tree) File() (i int, ok bool) {
	if f.place.cursor >= len(f.rows) {
		return 0, false
	}
	i = f.rows[f.place.cursor].file
	return i, i >= 0
}

func (f Tree) placed() Tree {
	f.place = f.place.resize(f.core.rows, len(f.rows))
	return f
}

// Update moves or chooses.
func (f Tree) Update(msg tea.Msg) (Field, tea.Cmd) {
	m, ok := msg.(tea.KeyPressMsg)
	if !ok || !f.Wants(m) {
		return f, nil
	}
	if key.Matches(m, f.context.Keys.Enter, f.context.Keys.Space) {
		i, _ := f.File()
		f.core = f.act(Choose, i)
		return f, nil
	}
	f.place = f.place.update(f.context.Keys, m)
	return f, nil
}

// View draws the label and the rows that fit.
func (f Tree) View() string {
	lines := []string{f.labelled(f.inner())}
	for i := f.place.top; i < f.place.end(); i++ {
		lines = append(lines, f.row(i)+f.context.hidden(f.place, i))
	}
	for len(lines) < 1+f.place.size {
		lines = append(lines, "")
	}
	return f.block(lines)
}

const (
	sizeColumn  = 8
	stateColumn = 12
)

func (f Tree) row(i int) string {
	k, r := f.context, f.rows[i]
	here := f.focused && i == f.place.cursor
	style := k.Text
	room := f.inner() - 1 - 2 - sizeColumn - stateColumn
	lead := k.pointer(here) + k.Muted.Render(r.lead)
	nameRoom := max(room-cells.Width(r.lead), 1)
	if here {
		style = k.Chosen
	}
	name := style.Render(k.CutMiddle(cells.Clean(r.name), nameRoom))
	if r.file < 0 {
		return k.Fit(lead+name, f.inner()-1)
	}
	file := f.files[r.file]
	look, sign := f.state(file.State)
	size := k.Muted.Render(rightAlign(bytesText(file.Size), sizeColumn))
	words := look.Render(sign + " " + k.T(stateIDs[file.State]))
	return k.Fit(lead+cells.Pad(name, nameRoom)+size+"  "+words, f.inner()-1)
}

// stateIDs are the message ids of the file states.
var stateIDs = [5]message.ID{"ui.tree.same", "ui.tree.new", "ui.tree.changed", "ui.tree.edited", "ui.tree.deleted"}

func (f Tree) state(s FileState) (lipgloss.Style, string) {
	k := f.context
	switch s {
	case New:
		return k.Good, k.Glyphs.Add
	case Altered:
		return k.Accent, k.Glyphs.Changed
	case Edited:
		return k.Warn, k.Glyphs.Warn
	case Deleted:
		return k.Bad, k.Glyphs.Gone
	case Same:
		return k.Muted, "="
	default:
		return k.Muted, " "
	}
}

func rightAlign(s string, w int) string {
	return strings.Repeat(" ", max(w-cells.Width(s), 0)) + s
}

// bytesText returns a human-readable size: 512 B, 1.4 kB, 23 kB.
func bytesText(n int) string {
	const kilo = 1000
	switch {
	case n < kilo:
		return strconv.Itoa(n) + " B"
	case n < 10*kilo:
		return strconv.FormatFloat(float64(n)/kilo, 'f', 1, 64) + " kB"
	case n < kilo*kilo:
		return strconv.Itoa(n/kilo) + " kB"
	default:
		return strconv.FormatFloat(float64(n)/(kilo*kilo), 'f', 1, 64) + " MB"
	}
}

// Cursor never shows a cursor: a tree has no text input.
func (f Tree) Cursor() (x, y int, ok bool) { return gutter, 0, false }

// Wants reports whether msg is enter or space on a file, or an arrow with a row to move to.
func (f Tree) Wants(msg tea.KeyPressMsg) bool {
	if key.Matches(msg, f.context.Keys.Enter, f.context.Keys.Space) {
		_, ok := f.File()
		return ok
	}
	return f.place.can(f.context.Keys, msg)
}

// Typing returns false.
func (f Tree) Typing() bool { return false }

// Keys returns the keys that move and choose.
func (f Tree) Keys() []key.Binding {
	return []key.Binding{f.context.Keys.Down, WithDesc(f.context.Keys.Enter, f.context.T("ui.key.open"))}
}

func (f Tree) with(c core) Field {
	f.core = c
	return f.placed()
}

func (f Tree) focusSpan() (from, to int) {
	return 0, 1 + f.place.cursor - f.place.top
}

func (f Tree) grows() int { return max(len(f.rows), 1) }

func (f Tree) height() int { return f.core.rows + 2 + f.noted() }
