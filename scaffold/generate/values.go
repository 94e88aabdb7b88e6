package generate

import (
	"maps"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/textedit"
)

// SecretsTOML returns .streamlit/secrets.toml, nil if the app has none.
func SecretsTOML(a scaffold.App) []byte {
	if !scaffold.WritesValues(a) {
		return nil
	}
	var b strings.Builder
	b.WriteString(remark(a.App.Language.Text("file.secrets.about")))
	writeValues(&b, nil, a.Values)
	return []byte(b.String())
}

// writeValues writes a table of values: its own values first, then its subtables, whose headers end
// it.
func writeValues(b *strings.Builder, path []string, t map[string]any) {
	var inner []string
	head := func() {
		b.WriteByte('\n')
		if len(path) > 0 {
			b.WriteString("[" + textedit.JoinKey(path...) + "]\n")
		}
	}
	headed := false
	for _, key := range slices.Sorted(maps.Keys(t)) {
		if _, table := t[key].(map[string]any); table {
			inner = append(inner, key)
			continue
		}
		if !headed {
			head()
			headed = true
		}
		b.WriteString(textedit.JoinKey(key) + " = " + textedit.TOMLValue(t[key]) + "\n")
	}
	if !headed && len(inner) == 0 {
		head()
	}
	for _, key := range inner {
		if table, ok := t[key].(map[string]any); ok {
			writeValues(b, append(slices.Clip(path), key), table)
		}
	}
}
