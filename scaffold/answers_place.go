package scaffold

import (
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// place is where an answer stands: the offsets of its key and of its value.
type place struct{ key, value int }

// places finds the place of an answer by its path, "secrets[1].access".
type places map[string]place

// maxPlaceDepth is how deep places go; what lies deeper has the place of what holds it.
const maxPlaceDepth = 16

// placesIn finds the place of every key in a text that is TOML.
func placesIn(data []byte) places {
	w := placeWalker{found: places{}, counts: map[string]int{}}
	w.parser.Reset(data)
	base := ""
	for w.parser.NextExpression() {
		switch e := w.parser.Expression(); e.Kind { //nolint:exhaustive // no other kind is an expression
		case unstable.Table, unstable.ArrayTable:
			base = w.header(e)
		case unstable.KeyValue:
			w.keyValue(base, e, 0)
		}
	}
	return w.found
}

type placeWalker struct {
	parser unstable.Parser
	found  places
	// counts are the lengths so far of the lists of tables.
	counts map[string]int
}

// header notes the head of a table and gives the table's path.
func (w *placeWalker) header(e *unstable.Node) string {
	path := ""
	for it := e.Key(); it.Next(); {
		key := it.Node()
		path = under(path, string(key.Data))
		w.note(path, int(key.Raw.Offset), int(key.Raw.Offset))
		if it.IsLast() && e.Kind == unstable.ArrayTable {
			w.counts[path]++
		}
		if n := w.counts[path]; n > 0 {
			path = element(path, n-1)
			w.note(path, int(key.Raw.Offset), int(key.Raw.Offset))
		}
	}
	return path
}

func (w *placeWalker) keyValue(base string, e *unstable.Node, depth int) {
	path, start := base, 0
	for it := e.Key(); it.Next(); {
		start = int(it.Node().Raw.Offset)
		path = under(path, string(it.Node().Data))
		w.note(path, start, start)
	}
	w.value(path, start, e.Value(), depth)
}

func (w *placeWalker) value(path string, key int, v *unstable.Node, depth int) {
	if v.Raw.Length > 0 { // a list has no range of its own
		w.found[path] = place{key: key, value: int(v.Raw.Offset)}
	}
	if depth == maxPlaceDepth {
		return
	}
	i := 0
	for it := v.Children(); it.Next(); i++ {
		switch {
		case v.Kind == unstable.InlineTable && it.Node().Kind == unstable.KeyValue:
			w.keyValue(path, it.Node(), depth+1)
		case v.Kind == unstable.Array:
			w.note(element(path, i), key, key)
			w.value(element(path, i), key, it.Node(), depth+1)
		}
	}
}

// note keeps the first place of a path.
func (w *placeWalker) note(path string, key, value int) {
	if _, ok := w.found[path]; !ok {
		w.found[path] = place{key: key, value: value}
	}
}

// at gives the place of a path, or of what holds it.
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
