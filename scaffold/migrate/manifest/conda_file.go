package manifest

import (
	"errors"
	"fmt"
	"strings"

	"sleet/snowflake/safely"
	"sleet/ui/message"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// FileError is a file of the app that cannot be parsed: where and why. sleet does not change such a file.
type FileError struct {
	Path         string
	Line, Column int
	Message      message.Message
}

// Error returns the position and the reason in one line.
func (e *FileError) Error() string {
	if e.Line == 0 {
		return e.Path + ": " + e.Message.String()
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.Path, e.Line, e.Column, e.Message)
}

// listed is one entry of a list of packages with its comments.
type listed struct {
	text string
	line int
	// above are the comments on their own lines before the entry, beside is the one on its line.
	above  []string
	beside string
}

// condaFile is a parsed environment.yml.
type condaFile struct {
	dependencies, pip []listed
	// head are the comments above the list, foot those below its last entry.
	head, foot []string
	channels   []string
}

// tooDeep returns a FileError for a file that exceeds a limit, nil for any other error.
func tooDeep(path string, err error) error {
	var deep *safely.LimitError
	if !errors.As(err, &deep) {
		return nil
	}
	return &FileError{Path: path, Line: deep.Line, Column: deep.Column, Message: deep.Limit}
}

// ParseYAML parses a file with one YAML document. Its errors are FileErrors in our words.
func ParseYAML(path string, data []byte) (body ast.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			body, err = nil, &FileError{Path: path, Message: message.New("moved.no-yaml-at-all")}
		}
	}()
	if err := tooDeep(path, safely.CheckYAML(data)); err != nil {
		return nil, err
	}
	file, err := parser.ParseBytes(data, parser.ParseComments)
	if err != nil {
		fault := &FileError{Path: path, Line: 1, Column: 1, Message: message.New("moved.no-yaml")}
		var syntax *yaml.SyntaxError
		if errors.As(err, &syntax) {
			fault.Message = message.New("moved.no-yaml-for", "reason", syntax.Message)
			if p := syntax.GetToken().Position; p != nil {
				fault.Line, fault.Column = p.Line, p.Column
			}
		}
		return nil, fault
	}
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if body != nil {
			return nil, &FileError{Path: path, Line: doc.Body.GetToken().Position.Line, Column: 1, Message: message.New("moved.second-yaml")}
		}
		body = doc.Body
	}
	return bare(body), nil
}

// bare returns a node without its tags and anchors.
func bare(n ast.Node) ast.Node {
	for {
		switch t := n.(type) {
		case *ast.TagNode:
			n = t.Value
		case *ast.AnchorNode:
			n = t.Value
		case *ast.CommentGroupNode:
			return nil
		default:
			return n
		}
	}
}

// Entries returns the entries of a mapping in order; nil if a node is not a mapping.
func Entries(n ast.Node) []*ast.MappingValueNode {
	switch t := bare(n).(type) {
	case *ast.MappingNode:
		return t.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{t}
	default:
		return nil
	}
}

// Entry returns the entry with a key, or nil.
func Entry(n ast.Node, key string) *ast.MappingValueNode {
	for _, v := range Entries(n) {
		if Scalar(v.Key) == key {
			return v
		}
	}
	return nil
}

// Scalar returns the value of a scalar as text, "" for any other node. A number stays as written, because 1.10 is a
// version.
func Scalar(n ast.Node) string {
	switch t := bare(n).(type) {
	case *ast.StringNode:
		return t.Value
	case *ast.LiteralNode:
		return t.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return t.GetToken().Value
	default:
		return ""
	}
}

// parseCondaFile parses an environment.yml.
func parseCondaFile(path string, data []byte) (condaFile, error) {
	var f condaFile
	root, err := ParseYAML(path, data)
	if err != nil {
		return f, err
	}
	if root != nil && Entries(root) == nil {
		return f, &FileError{Path: path, Line: 1, Column: 1, Message: message.New("moved.no-conda")}
	}
	lines := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	if v := Entry(root, "channels"); v != nil {
		if list, ok := bare(v.Value).(*ast.SequenceNode); ok {
			for _, item := range list.Values {
				f.channels = append(f.channels, Scalar(item))
			}
		}
	}
	v := Entry(root, "dependencies")
	if v == nil {
		return f, nil
	}
	f.head = comments(lines, 1, v.Key.GetToken().Position.Line-1)
	list, ok := bare(v.Value).(*ast.SequenceNode)
	if !ok {
		if _, null := bare(v.Value).(*ast.NullNode); null || v.Value == nil {
			return f, nil
		}
		p := v.Value.GetToken().Position
		return f, &FileError{Path: path, Line: p.Line, Column: p.Column, Message: message.New("moved.no-list")}
	}
	last, err := f.read(path, list, lines, v.Key.GetToken().Position.Line)
	f.foot = comments(lines, last+1, blockEnd(lines, last))
	return f, err
}

// read reads the entries of the list, which begins after line last, and returns its last line.
func (f *condaFile) read(path string, list *ast.SequenceNode, lines []string, last int) (int, error) {
	for _, item := range list.Values {
		p := bare(item).GetToken().Position
		if inner := Entries(item); inner != nil {
			for _, v := range inner {
				last = max(last, v.Key.GetToken().Position.Line)
				pip, ok := bare(v.Value).(*ast.SequenceNode)
				if Scalar(v.Key) != "pip" || !ok {
					continue
				}
				for _, sub := range pip.Values {
					at := bare(sub).GetToken().Position.Line
					f.pip = append(f.pip, newListed(Scalar(sub), lines, last, at))
					last = max(last, at)
				}
			}
			continue
		}
		text := Scalar(item)
		if text == "" {
			return last, &FileError{Path: path, Line: p.Line, Column: p.Column, Message: message.New("moved.no-dependency")}
		}
		f.dependencies = append(f.dependencies, newListed(text, lines, last, p.Line))
		last = max(last, p.Line)
	}
	return last, nil
}

func newListed(text string, lines []string, before, line int) listed {
	l := listed{text: text, line: line, above: comments(lines, before+1, line-1)}
	if line-1 < len(lines) {
		if _, beside, found := strings.Cut(lines[line-1], " #"); found {
			l.beside = strings.TrimSpace(beside)
		}
	}
	return l
}

// comments returns the comments on their own lines between two lines.
func comments(lines []string, from, to int) []string {
	var found []string
	for i := max(from, 1); i <= to && i <= len(lines); i++ {
		if text, ok := strings.CutPrefix(strings.TrimSpace(lines[i-1]), "#"); ok {
			found = append(found, strings.TrimSpace(text))
		}
	}
	return found
}

// blockEnd returns the last line before the next top-level key.
func blockEnd(lines []string, from int) int {
	for i := from; i < len(lines); i++ {
		if line := lines[i]; line != "" && line[0] != ' ' && line[0] != '#' && line[0] != '-' && line[0] != '\t' {
			return i
		}
	}
	return len(lines)
}
