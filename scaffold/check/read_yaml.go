package check

import (
	"bytes"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// yamlNode is a node of a YAML file with the text it stands in.
type yamlNode struct {
	ast.Node
	text []byte
}

// yamlRoot gives the first document of a text, nothing where it is empty or no YAML. The library
// panics on some texts that are none.
func yamlRoot(text []byte) (root yamlNode) {
	defer func() {
		if recover() != nil {
			root = yamlNode{}
		}
	}()
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return yamlNode{}
	}
	for _, doc := range file.Docs {
		if doc.Body != nil {
			return yamlNode{doc.Body, text}.bare()
		}
	}
	return yamlNode{}
}

// bare takes tags and anchors off a node.
func (n yamlNode) bare() yamlNode {
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

// yamlEntry is a key of a mapping with its value.
type yamlEntry struct {
	name       string
	key, value yamlNode
}

// entries gives the keys of a mapping, in order; none where the node is no mapping.
func (n yamlNode) entries() []yamlEntry {
	var values []*ast.MappingValueNode
	switch t := n.bare().Node.(type) {
	case *ast.MappingNode:
		values = t.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{t}
	}
	list := make([]yamlEntry, 0, len(values))
	for _, v := range values {
		key := yamlNode{v.Key, n.text}
		list = append(list, yamlEntry{key.scalar(), key, yamlNode{v.Value, n.text}.bare()})
	}
	return list
}

// get finds a key of a mapping.
func (n yamlNode) get(name string) (yamlEntry, bool) {
	for _, e := range n.entries() {
		if e.name == name {
			return e, true
		}
	}
	return yamlEntry{}, false
}

// items gives the elements of a list; none where the node is no list.
func (n yamlNode) items() []yamlNode {
	sequence, ok := n.bare().Node.(*ast.SequenceNode)
	if !ok {
		return nil
	}
	list := make([]yamlNode, 0, len(sequence.Values))
	for _, v := range sequence.Values {
		list = append(list, yamlNode{v, n.text}.bare())
	}
	return list
}

// scalar gives the text of a scalar, a number in the form in which it was written; "" for any other
// node.
func (n yamlNode) scalar() string {
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

// span gives the bytes of a scalar, without its quotes; of what cannot be found the text of its line.
func (n yamlNode) span() (start, end int) {
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
