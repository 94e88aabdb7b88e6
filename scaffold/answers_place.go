package scaffold

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// place is where an answer stands: the offsets of its key and of its value.
type place struct {
	key, value int
	// end is where the value ends, 0 for a place that is a part of others.
	end int
	// line reports whether it has lines of its own.
	line bool
}

// places finds the place of an answer by its path, "secrets[1].access".
type places map[string]place

// maxPlaceDepth is how deep places go; what lies deeper has the place of what holds it.
const maxPlaceDepth = 16

// blocks are the tables with a head, by their path: the offset of the head's line and that
// after the last line with a key.
type blocks map[string]block

type block struct{ start, end int }

// placesIn finds the place of every key and every table in a text that is TOML.
func placesIn(data []byte) (places, blocks) {
	w := placeWalker{data: data, found: places{}, blocks: blocks{}, counts: map[string]int{}}
	w.parser.Reset(data)
	base := ""
	for w.parser.NextExpression() {
		switch e := w.parser.Expression(); e.Kind { //nolint:exhaustive // no other kind is an expression
		case unstable.Table, unstable.ArrayTable:
			base = w.header(e)
		case unstable.KeyValue:
			end := w.keyValue(base, e, 0)
			if s, ok := w.blocks[base]; ok {
				w.blocks[base] = block{start: s.start, end: lineEnd(data, end)}
			}
		}
	}
	return w.found, w.blocks
}

type placeWalker struct {
	data   []byte
	parser unstable.Parser
	found  places
	blocks blocks
	// counts are the lengths so far of the lists of tables.
	counts map[string]int
}

// header notes the head of a table and gives the table's path.
func (w *placeWalker) header(e *unstable.Node) string {
	path, at := "", 0
	for it := e.Key(); it.Next(); {
		key := it.Node()
		at = int(key.Raw.Offset)
		path = under(path, string(key.Data))
		w.note(path, at)
		if it.IsLast() && e.Kind == unstable.ArrayTable {
			w.counts[path]++
		}
		if n := w.counts[path]; n > 0 {
			path = element(path, n-1)
			w.note(path, at)
		}
	}
	w.blocks[path] = block{start: bytes.LastIndexByte(w.data[:at], '\n') + 1, end: lineEnd(w.data, at)}
	return path
}

// keyValue notes a key and its value and gives the offset after them.
func (w *placeWalker) keyValue(base string, e *unstable.Node, depth int) int {
	path, start, after := base, 0, 0
	for it := e.Key(); it.Next(); {
		key := it.Node().Raw
		start, after = int(key.Offset), int(key.Offset+key.Length)
		path = under(path, string(it.Node().Data))
		w.note(path, start)
	}
	p := place{key: start, value: int(e.Value().Raw.Offset), end: int(e.Raw.Offset + e.Raw.Length), line: depth == 0}
	if e.Value().Raw.Length == 0 { // a list has no range of its own
		rest := w.data[after:]
		p.value = after + len(rest) - len(bytes.TrimLeft(rest, " \t="))
	}
	w.found[path] = p
	w.value(path, p.value, e.Value(), depth)
	return p.end
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
			w.note(element(path, i), at)
			w.value(element(path, i), at, e, depth+1)
		}
	}
}

// note keeps the first place of a path.
func (w *placeWalker) note(path string, at int) {
	if _, ok := w.found[path]; !ok {
		w.found[path] = place{key: at, value: at}
	}
}

// at returns the place of a path, or of what holds it.
func (p places) at(path string) (place, bool) {
	for path != "" {
		if found, ok := p[path]; ok {
			return found, true
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return place{}, false
}

// under is the path of a key in a table.
func under(path, key string) string {
	if path == "" {
		return joinKey(key)
	}
	return path + "." + joinKey(key)
}

// element is the path of an element of a list.
func element(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// lineEnd is the offset after the line that an offset stands in.
func lineEnd(text []byte, at int) int {
	if i := bytes.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(text)
}
