package message

import (
	"strconv"
	"strings"
)

// entry is one message of a catalogue: its text, or its text by plural form.
type entry struct {
	other string
	forms map[string]string
}

// parse reads a catalogue. A catalogue is TOML in which a message is one line,
//
//	"id" = "text"
//	"id" = { one = "{count} line", other = "{count} lines" }
//
// and a test compares what parse reads with what a TOML library reads. The library takes 5 ms for two
// thousand messages, which is longer than all else before the first screen; this takes a tenth.
func parse(file string) map[ID]entry {
	texts := make(map[ID]entry, strings.Count(file, "\n"))
	for line := range strings.SplitSeq(file, "\n") {
		if !strings.HasPrefix(line, `"`) {
			continue
		}
		id, rest := quoted(line)
		rest = strings.TrimLeft(rest, " =")
		if !strings.HasPrefix(rest, "{") {
			text, _ := quoted(rest)
			texts[ID(id)] = entry{other: text}
			continue
		}
		e := entry{forms: map[string]string{}}
		for rest = rest[1:]; ; {
			form, after, found := strings.Cut(rest, "=")
			if !found {
				break
			}
			var text string
			text, rest = quoted(strings.TrimLeft(after, " "))
			e.forms[strings.Trim(form, " ,")] = text
		}
		e.other = e.forms["other"]
		texts[ID(id)] = e
	}
	return texts
}

// quoted returns the text in quotes at the beginning of s, and what follows it.
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
