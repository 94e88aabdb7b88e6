package textedit

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// Place is where an answer stands: the offsets of its key and of its value.
type Place struct {
	Key, Value int
	// End is where the value ends, 0 for a place that is a part of others.
	End int
	// Line reports whether it has lines of its own.
	Line bool
}

// Places finds the place of an answer by its path, "secrets[1].access".
type Places map[string]Place

// maxPlaceDepth is how deep places go; what lies deeper has the place of what holds it.
const maxPlaceDepth = 16

// Blocks are the tables with a head, by their path: the offset of the head's line and that
// after the last line with a key.
type Blocks map[string]block

type block struct{ Start, End int }

// PlacesIn finds the place of every key and every table in a text that is TOML.
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
	// counts are the lengths so far of the lists of tables.
	counts map[string]int
}

// header notes the head of a table and gives the table's path.
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

// keyValue notes a key and its value and gives the offset after them.
func (w *placeWalker) keyValue(base string, e *unstable.Node, depth int) int {
	path, start, after := base, 0, 0
	for it := e.Key(); it.Next(); {
		key := it.Node().Raw
		start, after = int(key.Offset), int(key.Offset+key.Length)
		path = Under(path, string(it.Node().Data))
		w.note(path, start)
	}
	p := Place{Key: start, Value: int(e.Value().Raw.Offset), End: int(e.Raw.Offset + e.Raw.Length), Line: depth == 0}
	if e.Value().Raw.Length == 0 { // a list has no range of its own
		rest := w.data[after:]
		p.Value = after + len(rest) - len(bytes.TrimLeft(rest, " \t="))
	}
	w.found[path] = p
	w.value(path, p.Value, e.Value(), depth)
	return p.End
}

// value notes what lies in a list or a table in braces.
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

// note keeps the first place of a path.
func (w *placeWalker) note(path string, at int) {
	if _, ok := w.found[path]; !ok {
		w.found[path] = Place{Key: at, Value: at}
	}
}

// At returns the place of a path, or of what holds it.
func (p Places) At(path string) (Place, bool) {
	for path != "" {
		if found, ok := p[path]; ok {
			return found, true
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return Place{}, false
}

// Under is the path of a key in a table.
func Under(path, key string) string {
	if path == "" {
		return JoinKey(key)
	}
	return path + "." + JoinKey(key)
}

// Element is the path of an element of a list.
func Element(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// LineEnd is the offset after the line that an offset stands in.
func LineEnd(text []byte, at int) int {
	if i := bytes.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(text)
}
