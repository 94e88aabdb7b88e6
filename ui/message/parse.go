package message

import (
	"hash/maphash"
	"strconv"
	"strings"
)

// texts is a catalogue file with an index of its messages. The file is TOML with one line per message:
//
//	"id" = "text"
//	"id" = { one = "{count} line", other = "{count} lines" }
//
// A test compares the result with that of a TOML library. A run uses a few hundred of the thousands of messages, so a
// message is parsed when it is used. The index takes a fifth of the time and a twentieth of the memory of a map with all
// messages.
type texts struct {
	file string
	// lines is a hash table of offsets, at most half full: the offset of the id in the line, after its quote; 0 is free.
	lines []uint32
}

// seed is the seed of the hash tables.
var seed = maphash.MakeSeed()

// index indexes a catalogue file.
func index(file string) texts {
	size := 1
	for size < 2*(strings.Count(file, "\n")+1) {
		size *= 2
	}
	t := texts{file, make([]uint32, size)}
	begin := 0
	for line := range strings.Lines(file) {
		if id, ok := idOf(line); ok {
			*t.slot(id) = uint32(begin) + 1 //nolint:gosec // A catalogue is far smaller than 4 GB.
		}
		begin += len(line)
	}
	return t
}

// slot returns the slot of an id, or the free slot where it belongs.
func (t texts) slot(id string) *uint32 {
	mask := uint64(len(t.lines) - 1) //nolint:gosec // It has at least two lines.
	for at := maphash.String(seed, id) & mask; ; at = (at + 1) & mask {
		begin := t.lines[at]
		if begin == 0 {
			return &t.lines[at]
		}
		if rest, found := strings.CutPrefix(t.file[begin:], id); found && strings.HasPrefix(rest, `"`) {
			return &t.lines[at]
		}
	}
}

// find returns the value of a message as the file has it: a quoted text, or a table of texts by plural form.
func (t texts) find(id ID) (value string, ok bool) {
	if len(t.lines) == 0 {
		return "", false
	}
	begin := *t.slot(string(id))
	if begin == 0 {
		return "", false
	}
	line, _, _ := strings.Cut(t.file[int(begin)+len(id)+1:], "\n")
	return strings.TrimLeft(line, " ="), true
}

// idOf returns the id at the start of a line.
func idOf(line string) (id string, ok bool) {
	if !strings.HasPrefix(line, `"`) {
		return "", false
	}
	id, _, ok = strings.Cut(line[1:], `"`)
	return id, ok
}

// byForm reports whether a value is a table of texts by plural form.
func byForm(value string) bool { return strings.HasPrefix(value, "{") }

// form returns the text of one plural form from such a table.
func form(value, name string) (text string, ok bool) {
	for rest := value[1:]; ; {
		this, after, found := strings.Cut(rest, "=")
		if !found {
			return "", false
		}
		text, rest = quoted(strings.TrimLeft(after, " "))
		if strings.Trim(this, " ,") == name {
			return text, true
		}
	}
}

// quoted returns the quoted text at the beginning of s, and the rest of s.
func quoted(s string) (text, rest string) {
	end := 1
	for end < len(s) && s[end] != '"' {
		if s[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(s) {
		return "", ""
	}
	text, rest = s[1:end], s[end+1:]
	if strings.Contains(text, `\`) {
		if plain, err := strconv.Unquote(s[:end+1]); err == nil {
			text = plain
		}
	}
	return text, rest
}
