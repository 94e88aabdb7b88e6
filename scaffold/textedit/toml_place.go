package textedit

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// Place is the position of a value: the offsets of its key and of the value.
type Place struct {
	Key, Value int
	// End is the offset of the value's end, 0 for an element of a value.
	End int
	// Line reports whether the value has its own lines.
	Line bool
}

// Places maps paths such as "secrets[1].access" to positions.
type Places map[string]Place

// maxPlaceDepth is the maximum depth of positions. Deeper values have the position of the value
// that contains them.
const maxPlaceDepth = 16

// Blocks maps the paths of tables with a header to their ranges: from the line of the header to the
// end of the last line with a key.
type Blocks map[string]block

type block struct{ Start, End int }

// PlacesIn returns the positions of all keys and tables in a valid TOML text.
func PlacesIn(data []byte) (Places, Blocks) {
	w := placeWalker{data: data, found: Places{}, blocks: Blocks{}, counts: map[string]int{}}
	w.parser.Reset(data)
	base := ""
	for w.parser.NextExpression() {
		switch e := w.parser.Expression(); e.Kind { //nolint:exhaustive // no other kind is an expression
		case unstable.Table, unstable.ArrayTable:
			base = w.header(e)
		case unstable.KeyValue:
			end := w.keyValue(base, e, 0)
			if s, ok := w.blocks[base]; ok {
				w.blocks[base] = block{Start: s.Start, End: LineEnd(data, end)}
			}
		}
	}
	return w.found, w.blocks
}

type placeWalker struct {
	data   []byte
	parser unstable.Parser
	found  Places
	blocks Blocks
	// counts holds the current lengths of the lists of tables.
	counts map[string]int
}

// header records a table header and returns the path of the table.
func (w *placeWalker) header(e *unstable.Node) string {
	path, at := "", 0
	for it := e.Key(); it.Next(); {
		key := it.Node()
		at = int(key.Raw.Offset)
		path = Under(path, string(key.Data))
		w.note(path, at)
		if it.IsLast() && e.Kind == unstable.ArrayTable {
			w.counts[path]++
		}
		if n := w.counts[path]; n > 0 {
			path = Element(path, n-1)
			w.note(path, at)
		}
	}
	w.blocks[path] = block{Start: bytes.LastIndexByte(w.data[:at], '\n') + 1, End: LineEnd(w.data, at)}
	return path
}

// keyValue records a key and its value and returns the offset after them.
func (w *placeWalker) keyValue(base string, e *unstable.Node, depth int) int {
	path, start, after := base, 0, 0
	for it := e.Key(); it.Next(); {
		key := it.Node().Raw
		start, after = int(key.Offset), int(key.Offset+key.Length)
		path = Under(path, string(it.Node().Data))
		w.note(path, start)
	}
	p := Place{Key: start, Value: int(e.Value().Raw.Offset), End: int(e.Raw.Offset + e.Raw.Length), Line: depth == 0}
	if e.Value().Raw.Length == 0 { // the parser has no range for lists
		rest := w.data[after:]
		p.Value = after + len(rest) - len(bytes.TrimLeft(rest, " \t="))
	}
	w.found[path] = p
	w.value(path, p.Value, e.Value(), depth)
	return p.End
}

// value records the elements of a list or an inline table.
func (w *placeWalker) value(path string, at int, v *unstable.Node, depth int) {
	if depth == maxPlaceDepth {
		return
	}
	i := 0
	for it := v.Children(); it.Next(); i++ {
		switch {
		case v.Kind == unstable.InlineTable && it.Node().Kind == unstable.KeyValue:
			w.keyValue(path, it.Node(), depth+1)
		case v.Kind == unstable.Array:
			e := it.Node()
			if e.Raw.Length > 0 {
				at = int(e.Raw.Offset)
			}
			w.note(Element(path, i), at)
			w.value(Element(path, i), at, e, depth+1)
		}
	}
}

// note records the first position of a path.
func (w *placeWalker) note(path string, at int) {
	if _, ok := w.found[path]; !ok {
		w.found[path] = Place{Key: at, Value: at}
	}
}

// At returns the position of a path, or of the nearest value that contains it.
func (p Places) At(path string) (Place, bool) {
	for path != "" {
		if found, ok := p[path]; ok {
			return found, true
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return Place{}, false
}

// Under returns the path of a key in a table.
func Under(path, key string) string {
	if path == "" {
		return JoinKey(key)
	}
	return path + "." + JoinKey(key)
}

// Element returns the path of an element of a list.
func Element(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// LineEnd returns the offset after the line that contains the offset at.
func LineEnd(text []byte, at int) int {
	if i := bytes.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(text)
}
