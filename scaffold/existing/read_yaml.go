package existing

import (
	"bytes"
	"strings"

	"sleet/snowflake/safely"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// YAMLNode is a node of a YAML file with the text it is in.
type YAMLNode struct {
	ast.Node
	text []byte
}

// YAML returns the first document of a text, nothing where it is empty or no YAML. The library
// panics on some texts that are none.
func YAML(text []byte) (root YAMLNode) {
	defer func() {
		if recover() != nil {
			root = YAMLNode{}
		}
	}()
	if safely.YAMLDepth(text) != nil {
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

// bare takes tags and anchors off a node.
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

// Entries returns the keys of a mapping, in order; none where the node is not a mapping.
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

// Get finds a key of a mapping.
func (n YAMLNode) Get(name string) (YAMLEntry, bool) {
	for _, e := range n.Entries() {
		if e.Name == name {
			return e, true
		}
	}
	return YAMLEntry{}, false
}

// Items returns the elements of a list; none where the node is not a list.
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

// Scalar returns the text of a scalar, a number in the form in which it was written; "" for any other
// node.
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

// Span returns the bytes of a scalar, without its quotes; of what cannot be found the text of its line.
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
	// The column counts characters; before it stand at most as many bytes as it says, and a value that
	// stands there twice is rare.
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

// lineStart is the offset where a line begins, counted from 1.
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
