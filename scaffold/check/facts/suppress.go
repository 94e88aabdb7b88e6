package facts

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold/python/token"
)

// A comment "# sleet: ignore[SL105]" suppresses the rule on its line, "# sleet: ignore[SL105,
// SL106]" several rules, and "# sleet: ignore" all. A finding of several lines is suppressed on its
// first or last line, where a formatter leaves room for a comment.

// ignoreComment matches such a comment. SQL comments start with -- or //.
var ignoreComment = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:#|--|//)\s*sleet:\s*ignore\b(?:\s*\[([^\]\n]*)\])?`)
})

// silence is what a comment suppresses on a line: all rules, or those with the given IDs.
type silence struct {
	all bool
	ids []string
}

func (s silence) covers(id string) bool { return s.all || slices.Contains(s.ids, id) }

// Unsuppressed returns the findings that no comment suppresses.
func (a *App) Unsuppressed(list []Finding) []Finding {
	return slices.DeleteFunc(list, func(f Finding) bool {
		lines, known := a.silent[f.Path]
		if !known {
			lines = a.silences(f.Path)
			a.silent[f.Path] = lines
		}
		return lines[f.Line].covers(f.Rule) || lines[f.EndLine].covers(f.Rule)
	})
}

// silences returns what each line of a file suppresses.
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

// textSilences returns what the comments in TOML, YAML or SQL suppress. It does not exclude
// strings, where nobody writes these words by accident.
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

// mayBeSilent reports whether a text may contain such a comment.
func mayBeSilent(text []byte) bool { return bytes.Contains(bytes.ToLower(text), []byte("sleet:")) }

// note adds what a comment suppresses to its line.
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
