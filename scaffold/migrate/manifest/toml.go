package manifest

import (
	"bytes"
	"errors"
	"strings"

	"sleet/snowflake/safely"
	"sleet/ui/message"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// tomlPart is one expression of a TOML file: the header of a table, or a key with its value.
type tomlPart struct {
	// path is the full key, including that of its table.
	path []string
	head bool
	// start and end are the offsets of its lines, line the number of the first.
	start, end, line int
}

// parseTOML parses a file and returns its expressions in order, and its values.
func parseTOML(path string, data []byte) (parts []tomlPart, values map[string]any, err error) {
	text := data
	skip := 0
	if bytes.HasPrefix(text, []byte("\ufeff")) {
		skip = len("\ufeff")
		text = text[skip:]
	}
	if err := tooDeep(path, safely.CheckTOML(text)); err != nil {
		return nil, nil, err
	}
	if err := toml.Unmarshal(text, &values); err != nil {
		return nil, nil, tomlError(path, err)
	}
	var p unstable.Parser
	p.Reset(text)
	var table []string
	for p.NextExpression() {
		e := p.Expression()
		var own []string
		first, last := -1, 0
		for it := e.Key(); it.Next(); {
			raw := it.Node().Raw
			if first < 0 {
				first = int(raw.Offset)
			}
			last = int(raw.Offset + raw.Length)
			own = append(own, string(it.Node().Data))
		}
		if first < 0 {
			continue
		}
		part := tomlPart{path: own, head: e.Kind != unstable.KeyValue}
		if part.head {
			table = own
		} else {
			part.path = append(append([]string{}, table...), own...)
			last = max(last, int(e.Raw.Offset+e.Raw.Length))
		}
		part.start = skip + bytes.LastIndexByte(text[:first], '\n') + 1
		part.end = skip + lineEnd(text, last)
		part.line = bytes.Count(data[:part.start], []byte("\n")) + 1
		parts = append(parts, part)
	}
	return parts, values, nil
}

func tomlError(path string, err error) error {
	fault := &FileError{Path: path, Message: message.New("moved.no-toml")}
	var decode *toml.DecodeError
	if errors.As(err, &decode) {
		fault.Line, fault.Column = decode.Position()
		// The library's message may quote the file, which may contain a secret.
		fault.Message = message.New("moved.no-toml-for", "reason", strings.TrimPrefix(firstWords(decode.Error()), "toml: "))
	}
	return fault
}

// firstWords returns a message up to where it may begin to quote the file.
func firstWords(msg string) string {
	if i := strings.IndexAny(msg, "\"'`:\n"); i > 0 && !strings.HasPrefix(msg, "toml:") {
		return msg[:i]
	}
	rest := strings.TrimPrefix(msg, "toml: ")
	if i := strings.IndexAny(rest, "\"'`:\n#"); i > 0 {
		rest = rest[:i]
	}
	return strings.TrimSpace(rest)
}

// lineEnd returns the offset after the line that contains an offset.
func lineEnd(data []byte, at int) int {
	at = min(at, len(data))
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(data)
}
