package manifest

import (
	"bytes"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/catalogue"
	"sleet/scaffold/migrate/change"
	"sleet/ui/message"
)

// ReadConfig returns the edits that remove from config.toml what a container does not read, and the remaining options
// as in the answers. Comments stay, except those directly above removed options. An error is a *FileError; the file
// then stays unchanged.
func ReadConfig(data []byte) (edits []change.Edit, kept map[string]any, err error) {
	parts, values, err := parseTOML(scaffold.ConfigFile, data)
	if err != nil {
		return nil, nil, err
	}
	kept = map[string]any{}
	flatten(kept, nil, values)
	for i := 0; i < len(parts); {
		end := i + 1
		for end < len(parts) && !parts[end].head {
			end++
		}
		edits = append(edits, tableEdits(data, parts[i:end], kept)...)
		i = end
	}
	// Empty lines between two removed tables belong to the first edit.
	for i := 1; i < len(edits); i++ {
		edits[i].Start = max(edits[i].Start, edits[i-1].End)
	}
	return edits, kept, nil
}

// tableEdits returns the edits of one table: its header, if it has one, and its keys. If no key stays, the header is
// removed too.
func tableEdits(data []byte, parts []tomlPart, kept map[string]any) []change.Edit {
	var edits []change.Edit
	left := 0
	for _, p := range parts {
		if p.head {
			continue
		}
		key := strings.Join(p.path, ".")
		gone := takeOut(kept, key)
		if len(gone) == 0 || len(keysUnder(kept, key)) > 0 {
			left++
			continue
		}
		support := catalogue.Supported(string(scaffold.Container), gone[0])
		edits = append(edits, change.Edit{
			Path: scaffold.ConfigFile, Start: aboveStart(data, p.start), End: p.end,
			Rule: "SL301", Symbol: key, Why: message.New("change.unsupported", "why", support.Reason), Automatic: true,
		})
	}
	if left > 0 || len(edits) == 0 || !parts[0].head {
		return edits
	}
	// The whole table is removed, including the empty lines after it.
	whole := edits[0]
	whole.Symbol = strings.Join(parts[0].path, ".")
	whole.Start = aboveStart(data, parts[0].start)
	whole.End = max(edits[len(edits)-1].End, parts[0].end)
	for whole.End < len(data) && emptyLine(data, whole.End) {
		whole.End = lineEnd(data, whole.End)
	}
	if whole.End == len(data) {
		for whole.Start > 0 && emptyLine(data, lineStart(data, whole.Start-1)) {
			whole.Start = lineStart(data, whole.Start-1)
		}
	}
	return []change.Edit{whole}
}

// takeOut removes the options at or below a key that a container does not read, and returns their keys.
func takeOut(kept map[string]any, key string) []string {
	var gone []string
	for _, k := range keysUnder(kept, key) {
		if !catalogue.Supported(string(scaffold.Container), k).Written {
			gone = append(gone, k)
			delete(kept, k)
		}
	}
	return gone
}

// keysUnder returns the options at or below a key, sorted.
func keysUnder(options map[string]any, key string) []string {
	var keys []string
	for k := range options {
		if k == key || strings.HasPrefix(k, key+".") {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}

// flatten flattens nested tables into one, joining their keys with dots.
func flatten(flat map[string]any, path []string, table map[string]any) {
	for key, value := range table {
		inner := append(slices.Clip(path), key)
		if t, ok := value.(map[string]any); ok {
			flatten(flat, inner, t)
			continue
		}
		flat[strings.Join(inner, ".")] = value
	}
}

// aboveStart returns the start of the comments directly above a line. Comments at the top of the file belong to the
// file.
func aboveStart(data []byte, start int) int {
	at := start
	for at > 0 {
		above := lineStart(data, at-1)
		if !bytes.HasPrefix(bytes.TrimLeft(data[above:at], " \t"), []byte("#")) {
			break
		}
		at = above
	}
	if at == 0 {
		return start
	}
	return at
}

// lineStart returns the offset of the start of a line.
func lineStart(data []byte, at int) int { return bytes.LastIndexByte(data[:at], '\n') + 1 }

// emptyLine reports whether the line that begins at an offset is blank.
func emptyLine(data []byte, at int) bool {
	return len(bytes.TrimSpace(data[at:lineEnd(data, at)])) == 0
}
