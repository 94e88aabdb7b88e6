package existing

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// guessImports returns the full dotted names that a Python text may import, without parsing it: everything that
// ImportedNames returns for its statements, and anything that looks like an import in a comment or a string.
func guessImports(text []byte) []string {
	var names []string
	known := map[string]bool{}
	add := func(name string) {
		if name != "" && !known[name] {
			known[name] = true
			names = append(names, name)
		}
	}
	for at := 0; ; {
		i := bytes.Index(text[at:], []byte("import"))
		if i < 0 {
			return names
		}
		start, end := at+i, at+i+len("import")
		at = end
		if nameBefore(text, start) || nameAfter(text, end) {
			continue
		}
		module, from := importedFrom(text[:start])
		if from {
			add(module)
		}
		for _, name := range importedList(text[end:]) {
			switch {
			case !from:
				add(name)
			case strings.Trim(module, ".") == "":
				add(module + name)
			default:
				add(module + "." + name)
			}
		}
	}
}

// importedFrom returns the module of a "from module" at the end of a text.
func importedFrom(text []byte) (module string, ok bool) {
	for rest := trimSpaceBefore(text); len(rest) > 0; rest = trimSpaceBefore(rest) {
		piece := "."
		if rest[len(rest)-1] != '.' {
			piece = lastName(rest)
		}
		rest = rest[:len(rest)-len(piece)]
		switch {
		case piece == "":
			return "", false
		case piece == "from" && module != "":
			return module, true
		case piece != "." && module != "" && module[0] != '.':
			return "", false // two names with nothing between them
		}
		module = normal(piece) + module
	}
	return "", false
}

// trimSpaceBefore returns a text without trailing white space. A backslash joins two lines.
func trimSpaceBefore(text []byte) []byte {
	for {
		rest := bytes.TrimRight(text, " \t\f")
		joined := bytes.TrimSuffix(bytes.TrimSuffix(rest, []byte("\n")), []byte("\r"))
		if len(joined) == len(rest) || !bytes.HasSuffix(joined, []byte(`\`)) {
			return rest
		}
		text = joined[:len(joined)-1]
	}
}

// importedList returns the names after "import", up to the end of the statement.
func importedList(text []byte) []string {
	var names []string
	var name strings.Builder
	inside, alias := false, false
	end := func() {
		if name.Len() > 0 && !alias {
			names = append(names, name.String())
		}
		name.Reset()
	}
	for len(text) > 0 {
		switch c := text[0]; {
		case c == '#':
			line := bytes.IndexAny(text, "\r\n")
			if line < 0 {
				line = len(text)
			}
			text = text[line:]
			continue
		case c == '\\' && len(text) > 1 && (text[1] == '\n' || text[1] == '\r'):
			text = bytes.TrimLeft(text[1:], "\r\n")
			continue
		case c == '(' && !inside:
			inside = true
		case c == ',':
			end()
			alias = false
		case c == '.':
			name.WriteByte('.')
		case c == ' ' || c == '\t' || c == '\f' || inside && (c == '\n' || c == '\r'):
		default:
			w := firstName(text)
			if w == "" { // the statement ends
				end()
				return names
			}
			text = text[len(w):]
			switch {
			case w == "as" && name.Len() > 0:
				end()
				alias = true
			case !alias:
				name.WriteString(normal(w))
			}
			continue
		}
		text = text[1:]
	}
	end()
	return names
}

// isNameByte reports whether a byte may be part of a name. Every non-ASCII byte may.
func isNameByte(c byte) bool {
	return c >= utf8.RuneSelf || c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func nameBefore(text []byte, at int) bool { return at > 0 && isNameByte(text[at-1]) }
func nameAfter(text []byte, at int) bool  { return at < len(text) && isNameByte(text[at]) }

// lastName returns the name at the end of a text.
func lastName(text []byte) string {
	i := len(text)
	for i > 0 && isNameByte(text[i-1]) {
		i--
	}
	return string(text[i:])
}

func firstName(text []byte) string {
	i := 0
	for i < len(text) && isNameByte(text[i]) {
		i++
	}
	return string(text[:i])
}

// normal returns a name in the form in which Python compares names.
func normal(name string) string {
	for i := range len(name) {
		if name[i] >= utf8.RuneSelf {
			return norm.NFKC.String(name)
		}
	}
	return name
}
