package existing

import (
	"bytes"
	"path"
	"strings"
	"sync/atomic"
)

// mention is a set of the words below.
type mention uint8

// The words that make a Python file interesting: one that has none of them, that the app does not reach,
// and that imports nothing from a file that has some, is not of an app that somebody can see, and no rule
// finds anything in it.
const (
	mentionsStreamlit mention = 1 << iota
	mentionsSnowflake
	// mentionsLoading is about files that load others by a call: it makes none interesting.
	mentionsLoading
	mentionsPath // changes sys.path

	makesInteresting = mentionsStreamlit | mentionsSnowflake
)

// words are what is searched for, before anything is parsed.
func words() []struct {
	text string
	is   mention
} {
	return []struct {
		text string
		is   mention
	}{
		{"streamlit", mentionsStreamlit},
		{"snowflake", mentionsSnowflake},
		{"import_module", mentionsLoading},
		{"__import__", mentionsLoading},
		{"Page", mentionsLoading},
		{"sys.path", mentionsPath},
	}
}

// mentioned returns the words in a text.
func mentioned(text []byte) mention {
	var found mention
	for _, w := range words() {
		if bytes.Contains(text, []byte(w.text)) {
			found |= w.is
		}
	}
	return found
}

// interesting returns the Python files that mention something or that import, directly or not, from one
// that does: in those a name may stand for something of Streamlit or Snowflake. Modules are compared by
// the last part of their names, which finds a few too many.
func interesting(sources map[string]*source) map[string]bool {
	found, names := map[string]bool{}, map[string]bool{}
	for p, s := range sources {
		if s.mentions&makesInteresting != 0 {
			found[p], names[moduleName(p)] = true, true
		}
	}
	for grown := len(names) > 0; grown; {
		grown = false
		for p, s := range sources {
			if !found[p] && s.importsAny(names) {
				found[p] = true
				if name := moduleName(p); !names[name] {
					names[name], grown = true, true
				}
			}
		}
	}
	return found
}

// importsAny reports whether some import has one of these words between its dots. What is relative to a
// package may come from the package itself.
func (s *source) importsAny(names map[string]bool) bool {
	for _, name := range s.imports {
		if strings.HasPrefix(name, ".") {
			dir := path.Dir(s.path)
			for range len(name) - len(strings.TrimLeft(name, ".")) - 1 {
				dir = path.Dir(dir)
			}
			if names[path.Base(dir)] {
				return true
			}
		}
		for word := range strings.SplitSeq(name, ".") {
			if names[word] {
				return true
			}
		}
	}
	return false
}

// moduleName is the last part of the dotted name that a Python file is imported by.
func moduleName(p string) string {
	if name := strings.TrimSuffix(path.Base(p), ".py"); name != "__init__" {
		return name
	}
	return path.Base(path.Dir(p))
}

// parses counts, for the tests that hold that a text is parsed once.
var parses atomic.Int64 //nolint:gochecknoglobals // A count that only tests read.

func countParse() { parses.Add(1) }

// Parses returns how many texts were parsed since the program started.
func Parses() int { return int(parses.Load()) }
