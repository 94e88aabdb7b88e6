package manifest

import (
	"bytes"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"sleet/scaffold/migrate/change"
	"sleet/ui/message"
)

// YAMLLines are the lines of a YAML file, for edits that keep all other lines unchanged. Lines count from 1.
type YAMLLines struct {
	path string
	data []byte
	// starts has the offset of each line and of the end of the file.
	starts []int
	end    string // the line ending
}

// NewYAMLLines returns the lines of a YAML file.
func NewYAMLLines(path string, data []byte) *YAMLLines {
	y := &YAMLLines{path: path, data: data, starts: []int{0}, end: "\n"}
	for i, c := range data {
		if c == '\n' && i+1 < len(data) {
			y.starts = append(y.starts, i+1)
		}
	}
	y.starts = append(y.starts, len(data))
	if bytes.Contains(data, []byte("\r\n")) {
		y.end = "\r\n"
	}
	return y
}

// count returns the number of lines.
func (y *YAMLLines) count() int { return len(y.starts) - 1 }

// Line returns a line without its line ending.
func (y *YAMLLines) Line(n int) string {
	if n < 1 || n > y.count() {
		return ""
	}
	return strings.TrimRight(string(y.data[y.starts[n-1]:y.starts[n]]), "\r\n")
}

// blank reports whether a line is empty or only a comment.
func (y *YAMLLines) blank(n int) bool {
	text := strings.TrimSpace(y.Line(n))
	return text == "" || strings.HasPrefix(text, "#")
}

// aboutConda reports whether a line is only a comment about conda.
func (y *YAMLLines) aboutConda(n int) bool {
	text, ok := strings.CutPrefix(strings.TrimSpace(y.Line(n)), "#")
	return ok && aboutConda().MatchString(text)
}

// Last returns the last line of a key's value: the one before the next line that is not indented deeper than the key,
// not counting comments and empty lines before that line.
func (y *YAMLLines) Last(v *ast.MappingValueNode) int {
	p := v.Key.GetToken().Position
	return y.lastOf(p.Line, p.Column-1)
}

// lastOf returns the last line of a node that begins on a line with an indentation. List items may have the same
// indentation as their key.
func (y *YAMLLines) lastOf(line, indent int) int {
	entry := strings.HasPrefix(strings.TrimLeft(y.Line(line), " "), "- ")
	end := line
	for n := line + 1; n <= y.count(); n++ {
		if y.blank(n) {
			continue
		}
		text := y.Line(n)
		deep := len(text) - len(strings.TrimLeft(text, " "))
		item := strings.HasPrefix(text[deep:], "-")
		if deep < indent || deep == indent && (!item || entry) {
			break
		}
		end = n
	}
	return end
}

// remove returns the edit that removes the lines from one to another.
func (y *YAMLLines) remove(from, to int, rule, symbol string, why message.Message) change.Edit {
	return change.Edit{
		Path: y.path, Start: y.starts[from-1], End: y.starts[min(to, y.count())],
		Rule: rule, Symbol: symbol, Why: why, Automatic: true,
	}
}

// insert returns the edit that inserts lines below a line.
func (y *YAMLLines) insert(below int, lines []string, why message.Message) change.Edit {
	at := y.starts[min(below, y.count())]
	text := strings.Join(lines, y.end) + y.end
	if at > 0 && y.data[at-1] != '\n' {
		text = y.end + strings.TrimSuffix(text, y.end)
	}
	return change.Edit{Path: y.path, Start: at, End: at, New: text, Rule: RuleProject, Why: why, Automatic: true}
}

// value returns the edit that sets the scalar value of a key and keeps the comment on its line.
func (y *YAMLLines) value(v *ast.MappingValueNode, text string, why message.Message) (change.Edit, bool) {
	n := v.Key.GetToken().Position.Line
	line := y.Line(n)
	key := strings.Index(line, ":")
	if v.Value == nil || key < 0 || y.Last(v) != n {
		return change.Edit{}, false
	}
	start := key + 1
	for start < len(line) && line[start] == ' ' {
		start++
	}
	end := scalarEnd(line, start)
	if start == key+1 {
		text = " " + text
	}
	return change.Edit{
		Path: y.path, Start: y.starts[n-1] + start, End: y.starts[n-1] + end, New: text, Rule: RuleProject, Why: why, Automatic: true,
	}, true
}

// scalarEnd returns the end of the scalar that begins at an offset of a line.
func scalarEnd(line string, start int) int {
	if start < len(line) && (line[start] == '"' || line[start] == '\'') {
		for i := start + 1; i < len(line); i++ {
			if line[i] == '\\' && line[start] == '"' {
				i++
			} else if line[i] == line[start] {
				return i + 1
			}
		}
		return len(line)
	}
	end := len(line)
	if i := strings.Index(line[start:], " #"); i >= 0 {
		end = start + i
	}
	return start + len(strings.TrimRight(line[start:end], " \t"))
}

// flow reports whether a node is in flow style.
func flow(n ast.Node) bool {
	switch t := bare(n).(type) {
	case *ast.SequenceNode:
		return t.IsFlowStyle
	case *ast.MappingNode:
		return t.IsFlowStyle
	default:
		return false
	}
}

// items returns the first and last line of each item of a block list.
func (y *YAMLLines) items(list *ast.SequenceNode) [][2]int {
	spans := make([][2]int, 0, len(list.Values))
	for _, item := range list.Values {
		n := itemLine(item)
		text := y.Line(n)
		indent := len(text) - len(strings.TrimLeft(text, " "))
		spans = append(spans, [2]int{n, y.lastOf(n, indent)})
	}
	return spans
}

// itemLine returns the line on which a list item begins.
func itemLine(n ast.Node) int {
	if v := Entries(n); len(v) > 0 {
		return slices.MinFunc(v, func(a, b *ast.MappingValueNode) int {
			return a.Key.GetToken().Position.Line - b.Key.GetToken().Position.Line
		}).Key.GetToken().Position.Line
	}
	return bare(n).GetToken().Position.Line
}
