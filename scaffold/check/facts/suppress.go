package facts

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold/python/token"
)

// A comment "# sleet: ignore[SL105]" silences the rule on its line, "# sleet: ignore[SL105, SL106]"
// several, "# sleet: ignore" all of them. A finding of several lines is silenced on its first or on
// its last line, where a formatter leaves room for a comment.

// ignoreComment matches such a comment; SQL's -- and // stand for # in SQL.
var ignoreComment = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:#|--|//)\s*sleet:\s*ignore\b(?:\s*\[([^\]\n]*)\])?`)
})

// silence is what one line silences: all rules, or those of some ids.
type silence struct {
	all bool
	ids []string
}

func (s silence) covers(id string) bool { return s.all || slices.Contains(s.ids, id) }

// Heard returns the findings that no comment silences.
func (a *App) Heard(list []Finding) []Finding {
	return slices.DeleteFunc(list, func(f Finding) bool {
		lines, known := a.silent[f.Path]
		if !known {
			lines = a.silences(f.Path)
			a.silent[f.Path] = lines
		}
		return lines[f.Line].covers(f.Rule) || lines[f.EndLine].covers(f.Rule)
	})
}

// silences returns what each line of a file silences.
func (a *App) silences(p string) map[int]silence {
	if file := a.Python[p]; file != nil {
		lines := map[int]silence{}
		if !mayBeSilent(file.Text) {
			return lines
		}
		for _, t := range file.Tokens {
			if t.Kind == token.Comment {
				note(lines, file.Position(t.Start).Line, file.Text[t.Start:t.End])
			}
		}
		return lines
	}
	text, _ := a.Text(p)
	return textSilences(text)
}

// textSilences reads the comments of TOML, YAML and SQL. A comment sign inside a string counts as
// one: nobody writes these words there but to silence.
func textSilences(text []byte) map[int]silence {
	lines := map[int]silence{}
	if !mayBeSilent(text) {
		return lines
	}
	number := 0
	for line := range bytes.Lines(text) {
		number++
		note(lines, number, line)
	}
	return lines
}

// mayBeSilent reports whether a text has what every such comment has.
func mayBeSilent(text []byte) bool { return bytes.Contains(bytes.ToLower(text), []byte("sleet:")) }

// note adds what a comment silences to its line.
func note(lines map[int]silence, line int, comment []byte) {
	match := ignoreComment().FindSubmatch(comment)
	if match == nil {
		return
	}
	s := lines[line]
	if match[1] == nil {
		s.all = true
	}
	for id := range strings.FieldsFuncSeq(string(match[1]), func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }) {
		s.ids = append(s.ids, strings.ToUpper(id))
	}
	lines[line] = s
}
