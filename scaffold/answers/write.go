package answers

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/textedit"
)

// TOML returns the answers in canonical form: the tables in a fixed order, and only what was
// answered. Parsing it returns an equal App.
func TOML(a scaffold.App) []byte {
	var b strings.Builder
	b.WriteString("#:schema " + SchemaURL + "\n")
	b.WriteString("# " + a.App.Language.Text("file.answers.about") + "\n")
	fmt.Fprintf(&b, "version = %d\n", answersVersion)
	for _, t := range Schema() {
		switch {
		case t.List:
			for i := range a.Secrets {
				writeTable(&b, t.header(), answers(a, t, i))
			}
		case t.fields != nil:
			if lines := answers(a, t, 0); len(lines) > 0 {
				writeTable(&b, t.header(), lines)
			}
		}
	}
	writeTree(&b, []string{"config"}, textedit.Nest(a.Config))
	writeTree(&b, []string{"values"}, a.Values)
	writeTree(&b, []string{envTable}, a.Envs)
	b.Write(writtenTable(a.Written))
	return []byte(b.String())
}

// writtenTable returns [written] with its header, nil if it is empty.
func writtenTable(written map[string]string) []byte {
	if len(written) == 0 {
		return nil
	}
	var b strings.Builder
	lines := make([]string, 0, len(written))
	for _, path := range slices.Sorted(maps.Keys(written)) {
		lines = append(lines, textedit.TOMLString(path)+" = "+textedit.TOMLString(written[path]))
	}
	writeTable(&b, "[written]", lines)
	return []byte(b.String())
}

func writeTable(b *strings.Builder, header string, lines []string) {
	b.WriteString("\n" + header + "\n")
	for _, line := range lines {
		b.WriteString(line + "\n")
	}
}

// answers returns the answers in a table, one line each.
func answers(a scaffold.App, t Table, i int) []string {
	var lines []string
	for _, f := range t.fields {
		if v := answerAt(f.At(&a, i)); v != nil {
			lines = append(lines, textedit.JoinKey(f.key)+" = "+textedit.TOMLValue(v))
		}
	}
	return lines
}

// answerAt returns the answer that at points to, nil if there is none.
func answerAt(at any) any {
	switch p := at.(type) {
	case *string:
		return nonZero(*p)
	case **string:
		if *p != nil {
			return **p
		}
	case *bool:
		return nonZero(*p)
	case *scaffold.Cortex:
		if *p == scaffold.CortexAnalyst {
			return true
		}
		return nonZero(string(*p))
	case *[]string:
		if len(*p) > 0 {
			return *p
		}
	}
	return nil
}

// nonZero returns nil for a zero value.
func nonZero[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}

// writeTree writes nested tables: a table's own values first, then its subtables.
func writeTree(b *strings.Builder, path []string, t map[string]any) {
	var lines, inner []string
	for _, key := range slices.Sorted(maps.Keys(t)) {
		if kindOf(t[key]) == aTable {
			inner = append(inner, key)
			continue
		}
		lines = append(lines, textedit.JoinKey(key)+" = "+textedit.TOMLValue(t[key]))
	}
	if len(lines) > 0 || len(path) > 1 && len(inner) == 0 {
		writeTable(b, "["+textedit.JoinKey(path...)+"]", lines)
	}
	for _, key := range inner {
		if table, ok := t[key].(map[string]any); ok {
			writeTree(b, append(slices.Clip(path), key), table)
		}
	}
}
