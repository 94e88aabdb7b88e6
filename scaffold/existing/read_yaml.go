package existing

import (
	"bytes"
	"strings"

	"sleet/snowflake/safely"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// YAMLNode is a node of a YAML file, with the file's text.
type YAMLNode struct {
	ast.Node
	text []byte
}

// YAML returns the first document of a text; the zero node if the text is empty or not YAML. It recovers from panics of
// the library on invalid texts.
func YAML(text []byte) (root YAMLNode) {
	defer func() {
		if recover() != nil {
			root = YAMLNode{}
		}
	}()
	if safely.CheckYAML(text) != nil {
		return YAMLNode{}
	}
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return YAMLNode{}
	}
	for _, doc := range file.Docs {
		if doc.Body != nil {
			return YAMLNode{doc.Body, text}.bare()
		}
	}
	return YAMLNode{}
}

// bare returns a node without its tags and anchors.
func (n YAMLNode) bare() YAMLNode {
	for {
		switch t := n.Node.(type) {
		case *ast.TagNode:
			n.Node = t.Value
		case *ast.AnchorNode:
			n.Node = t.Value
		default:
			return n
		}
	}
}

// YAMLEntry is a key of a mapping with its value.
type YAMLEntry struct {
	Name       string
	Key, Value YAMLNode
}

// Entries returns the entries of a mapping in order; none if the node is not a mapping.
func (n YAMLNode) Entries() []YAMLEntry {
	var values []*ast.MappingValueNode
	switch t := n.bare().Node.(type) {
	case *ast.MappingNode:
		values = t.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{t}
	}
	list := make([]YAMLEntry, 0, len(values))
	for _, v := range values {
		key := YAMLNode{v.Key, n.text}
		list = append(list, YAMLEntry{key.Scalar(), key, YAMLNode{v.Value, n.text}.bare()})
	}
	return list
}

// Get returns the entry with a name.
func (n YAMLNode) Get(name string) (YAMLEntry, bool) {
	for _, e := range n.Entries() {
		if e.Name == name {
			return e, true
		}
	}
	return YAMLEntry{}, false
}

// Items returns the elements of a list; none if the node is not a list.
func (n YAMLNode) Items() []YAMLNode {
	sequence, ok := n.bare().Node.(*ast.SequenceNode)
	if !ok {
		return nil
	}
	list := make([]YAMLNode, 0, len(sequence.Values))
	for _, v := range sequence.Values {
		list = append(list, YAMLNode{v, n.text}.bare())
	}
	return list
}

// Scalar returns the text of a scalar, a number as written; "" for any other node.
func (n YAMLNode) Scalar() string {
	switch t := n.bare().Node.(type) {
	case *ast.StringNode:
		return t.Value
	case *ast.LiteralNode:
		return t.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.MappingKeyNode:
		return t.GetToken().Value
	default:
		return ""
	}
}

// Span returns the byte offsets of a scalar, without its quotes, or of its line if it cannot be found.
func (n YAMLNode) Span() (start, end int) {
	if n.Node == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 0, 0
	}
	at := lineStart(n.text, n.GetToken().Position.Line)
	line := n.text[at:]
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	value := strings.TrimSpace(n.GetToken().Value)
	// The column counts characters, so the offset in bytes is at least as large. A value that occurs twice on the line
	// is rare.
	if from := min(max(n.GetToken().Position.Column-1, 0), len(line)); value != "" {
		if i := bytes.Index(line[from:], []byte(value)); i >= 0 {
			return at + from + i, at + from + i + len(value)
		}
		if i := bytes.Index(line, []byte(value)); i >= 0 {
			return at + i, at + i + len(value)
		}
	}
	trimmed := bytes.TrimSpace(line)
	start = at + len(line) - len(bytes.TrimLeft(line, " \t"))
	return start, start + len(trimmed)
}

// lineStart returns the offset of a line, counted from 1.
func lineStart(text []byte, line int) int {
	at := 0
	for ; line > 1; line-- {
		i := bytes.IndexByte(text[at:], '\n')
		if i < 0 {
			return at
		}
		at += i + 1
	}
	return at
}
