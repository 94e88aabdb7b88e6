package scaffold

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// TOML writes the answers canonically: the tables in a fixed order, only what was answered.
// Parse of it gives an equal App.
func (a App) TOML() []byte {
	var b strings.Builder
	b.WriteString("#:schema " + SchemaURL + "\n")
	b.WriteString("# " + answersHead().in(a.App.Language) + "\n")
	fmt.Fprintf(&b, "version = %d\n", answersVersion)
	for _, t := range schema() {
		switch {
		case t.list:
			for i := range a.Secrets {
				writeTable(&b, t.header(), a.answers(t, i))
			}
		case t.fields != nil:
			if lines := a.answers(t, 0); len(lines) > 0 {
				writeTable(&b, t.header(), lines)
			}
		}
	}
	writeTree(&b, []string{"config"}, nest(a.Config))
	writeTree(&b, []string{"values"}, a.Values)
	b.Write(writtenTable(a.Written))
	return []byte(b.String())
}

func answersHead() text {
	return text{
		en: "The answers that sleet makes this app from: change them here, or run `sleet new` again.",
		ja: "sleet がこのアプリを作るもとの回答です。ここで変えるか、もう一度 `sleet new` を実行してください。",
	}
}

// writtenTable is [written] with its head, empty when nothing was written.
func writtenTable(written map[string]string) []byte {
	if len(written) == 0 {
		return nil
	}
	var b strings.Builder
	lines := make([]string, 0, len(written))
	for _, path := range slices.Sorted(maps.Keys(written)) {
		lines = append(lines, tomlString(path)+" = "+tomlString(written[path]))
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

// answers writes what was answered in a table, a line each.
func (a App) answers(t table, i int) []string {
	var lines []string
	for _, f := range t.fields {
		if v := answered(f.at(&a, i)); v != nil {
			lines = append(lines, joinKey(f.key)+" = "+tomlValue(v))
		}
	}
	return lines
}

// answered returns an answer that its pointer leads to, nil when there is none.
func answered(at any) any {
	switch p := at.(type) {
	case *string:
		return nonZero(*p)
	case **string:
		if *p != nil {
			return **p
		}
	case *bool:
		return nonZero(*p)
	case *Cortex:
		if *p == CortexAnalyst {
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

// writeTree writes nested tables: a table's own values first, then the tables in it.
func writeTree(b *strings.Builder, path []string, t map[string]any) {
	var lines, inner []string
	for _, key := range slices.Sorted(maps.Keys(t)) {
		if kindOf(t[key]) == aTable {
			inner = append(inner, key)
			continue
		}
		lines = append(lines, joinKey(key)+" = "+tomlValue(t[key]))
	}
	if len(lines) > 0 || len(path) > 1 && len(inner) == 0 {
		writeTable(b, "["+joinKey(path...)+"]", lines)
	}
	for _, key := range inner {
		if table, ok := t[key].(map[string]any); ok {
			writeTree(b, append(slices.Clip(path), key), table)
		}
	}
}
