package existing

import (
	"bytes"
	"path"
	"strings"
	"sync/atomic"
)

// mention is a set of the words below.
type mention uint8

// The words that make a Python file interesting. A file that has none of them, that the app does not reach, and that
// imports nothing from an interesting file belongs to no app, and no rule finds anything in it.
const (
	mentionsStreamlit mention = 1 << iota
	mentionsSnowflake
	// mentionsLoading is for files that load others with a call. It makes no file interesting.
	mentionsLoading
	mentionsPath // changes sys.path

	makesInteresting = mentionsStreamlit | mentionsSnowflake
)

// words returns the words to search for before anything is parsed.
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

// interesting returns the Python files that mention one of the words, and those that import from one of them, directly
// or indirectly: their names may refer to Streamlit or Snowflake. It compares modules by the last part of their names,
// so it returns a few files too many.
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

// importsAny reports whether an import has one of the given words between its dots. A relative import may be from the
// package itself.
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

// moduleName returns the last part of the dotted name under which a Python file is imported.
func moduleName(p string) string {
	if name := strings.TrimSuffix(path.Base(p), ".py"); name != "__init__" {
		return name
	}
	return path.Base(path.Dir(p))
}

// parses counts parsed texts, for tests that check that a text is parsed once.
var parses atomic.Int64 //nolint:gochecknoglobals // A count that only tests read.

func countParse() { parses.Add(1) }

// ParseCount returns the number of texts parsed since the program started.
func ParseCount() int { return int(parses.Load()) }
