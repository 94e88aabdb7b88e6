package existing

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// TOMLKey is one value of a TOML file that is not a table.
type TOMLKey struct {
	// Names are the key's parts, from the top-level table to its own name.
	Names []string
	Value any
	// Start and End are the byte offsets of the key.
	Start, End int
}

// Dotted returns the key in dotted form.
func (k TOMLKey) Dotted() string { return strings.Join(k.Names, ".") }

// maxTOMLDepth limits how deeply inline tables are read.
const maxTOMLDepth = 32

// TOMLKeys returns the values of a TOML text in order. It reads inline tables, and returns a list as one value. It
// stops at a syntax error.
func TOMLKeys(text []byte) []TOMLKey {
	w := tomlWalker{skip: len(text) - len(bytes.TrimPrefix(text, []byte(byteOrderMark)))}
	w.parser.Reset(text[w.skip:])
	var table []string
	for w.parser.NextExpression() {
		e := w.parser.Expression()
		if e.Kind == unstable.KeyValue {
			w.keyValue(table, e, 0)
			continue
		}
		table = nil
		for it := e.Key(); it.Next(); {
			table = append(table, string(it.Node().Data))
		}
	}
	return w.keys
}

type tomlWalker struct {
	parser unstable.Parser
	// skip is the length of a byte order mark, which the parser does not see.
	skip int
	keys []TOMLKey
}

func (w *tomlWalker) keyValue(table []string, e *unstable.Node, depth int) {
	k := TOMLKey{Names: append([]string{}, table...), Start: -1}
	for it := e.Key(); it.Next(); {
		raw := it.Node().Raw
		if k.Start < 0 {
			k.Start = w.skip + int(raw.Offset)
		}
		k.End = w.skip + int(raw.Offset+raw.Length)
		k.Names = append(k.Names, string(it.Node().Data))
	}
	value := e.Value()
	if value.Kind == unstable.InlineTable && depth < maxTOMLDepth {
		for it := value.Children(); it.Next(); {
			if it.Node().Kind == unstable.KeyValue {
				w.keyValue(k.Names, it.Node(), depth+1)
			}
		}
		return
	}
	k.Value = tomlValue(value, depth)
	w.keys = append(w.keys, k)
}

// tomlValue returns a value like the decoder: string, bool, int64, float64, []any or map[string]any. Dates are text.
func tomlValue(n *unstable.Node, depth int) any {
	switch n.Kind {
	case unstable.Bool:
		return string(n.Data) == "true"
	case unstable.Integer:
		number, _ := strconv.ParseInt(strings.ReplaceAll(string(n.Data), "_", ""), 0, 64)
		return number
	case unstable.Float:
		number, _ := strconv.ParseFloat(strings.ReplaceAll(string(n.Data), "_", ""), 64)
		return number
	case unstable.Array:
		list := []any{}
		for it := n.Children(); it.Next() && depth < maxTOMLDepth; {
			if it.Node().Kind != unstable.Comment {
				list = append(list, tomlValue(it.Node(), depth+1))
			}
		}
		return list
	case unstable.InlineTable:
		table := map[string]any{}
		for it := n.Children(); it.Next() && depth < maxTOMLDepth; {
			if it.Node().Kind != unstable.KeyValue {
				continue
			}
			name := ""
			for key := it.Node().Key(); key.Next(); {
				name = string(key.Node().Data)
			}
			table[name] = tomlValue(it.Node().Value(), depth+1)
		}
		return table
	default:
		return string(n.Data)
	}
}
