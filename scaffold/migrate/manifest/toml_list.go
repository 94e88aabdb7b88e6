package manifest

import (
	"bytes"
	"strings"

	"sleet/scaffold/migrate/change"
	"sleet/ui/message"
)

// tomlList is a list of strings in a TOML file, with offsets.
type tomlList struct {
	data       []byte
	open, shut int
	items      []tomlItem
}

// tomlItem is one string of a list, with the offsets of its quotes.
type tomlItem struct {
	text       string
	start, end int
}

// newTOMLList returns the list that is the value of a key between two offsets; nil if it is not a list.
func newTOMLList(data []byte, from, to int) *tomlList {
	eq := bytes.IndexByte(data[from:to], '=')
	if eq < 0 {
		return nil
	}
	at := from + eq + 1
	for at < to && (data[at] == ' ' || data[at] == '\t') {
		at++
	}
	if at >= to || data[at] != '[' {
		return nil
	}
	l := &tomlList{data: data, open: at}
	for at++; at < to; at++ {
		switch c := data[at]; c {
		case '#':
			at = lineEnd(data, at) - 1
		case '"', '\'':
			end := textEnd(data, at, to)
			l.items = append(l.items, tomlItem{string(data[at+1 : end-1]), at, end})
			at = end - 1
		case ']':
			l.shut = at
			return l
		}
	}
	return nil
}

// textEnd returns the offset after the quoted string that begins at an offset.
func textEnd(data []byte, at, to int) int {
	quote := data[at]
	for i := at + 1; i < to; i++ {
		if data[i] == '\\' && quote == '"' {
			i++
		} else if data[i] == quote {
			return i + 1
		}
	}
	return to
}

// insert adds strings at the end of the list, one per line if the list spans several lines.
func (l *tomlList) insert(name string, texts []string, why message.Message) change.Edit {
	at, comma := l.open+1, ""
	if n := len(l.items); n > 0 {
		at = l.items[n-1].end
		comma = ","
		rest := l.data[at:l.shut]
		if trimmed := bytes.TrimLeft(rest, " \t"); bytes.HasPrefix(trimmed, []byte(",")) {
			at += len(rest) - len(trimmed) + 1
			comma = ""
		}
	}
	if !bytes.Contains(l.data[l.open:l.shut], []byte("\n")) {
		quoted := make([]string, 0, len(texts))
		for _, t := range texts {
			quoted = append(quoted, `"`+t+`"`)
		}
		text := strings.Join(quoted, ", ")
		switch {
		case comma != "":
			text = ", " + text
		case len(l.items) > 0:
			text = " " + text
		}
		return ProjectEdit(name, at, at, text, why)
	}
	// After a comment on the line of the last item.
	if end := at + len(bytes.TrimRight(l.data[at:lineEnd(l.data, at)], "\r\n")); end < l.shut {
		if comma != "" {
			return ProjectEdit(name, at, end, comma+string(l.data[at:end])+l.lines(texts), why)
		}
		at = end
	}
	return ProjectEdit(name, at, at, comma+l.lines(texts), why)
}

// lines returns strings as lines of the list, each after a line ending.
func (l *tomlList) lines(texts []string) string {
	indent := "    "
	if len(l.items) > 0 {
		start := lineStart(l.data, l.items[0].start)
		if lead := l.data[start:l.items[0].start]; len(bytes.TrimSpace(lead)) == 0 {
			indent = string(lead)
		}
	}
	end := "\n"
	if bytes.Contains(l.data, []byte("\r\n")) {
		end = "\r\n"
	}
	var b strings.Builder
	for _, t := range texts {
		b.WriteString(end + indent + `"` + t + `",`)
	}
	return b.String()
}
