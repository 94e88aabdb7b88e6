package generate

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/catalogue"
	"sleet/scaffold/textedit"
	"sleet/ui/message"
)

// configTOML returns .streamlit/config.toml: the options that the runtime reads, in Streamlit's own
// order, each below a comment that describes it.
// https://docs.streamlit.io/develop/api-reference/configuration/config.toml
func configTOML(a scaffold.App) []byte {
	options := configOptions(a)
	var b strings.Builder
	b.WriteString(remark(a.App.Language.Text("file.config.about")))
	b.WriteString("# https://docs.streamlit.io/develop/api-reference/configuration/config.toml\n")
	if len(options) == 0 {
		b.WriteString(remark(a.App.Language.Text("file.config.empty")))
	}
	for len(options) > 0 {
		table := options[0].table
		end := slices.IndexFunc(options, func(o configOption) bool { return o.table != table })
		if end < 0 {
			end = len(options)
		}
		writeOptions(&b, options[:end], a.App.Language)
		options = options[end:]
	}
	return []byte(b.String())
}

// configOption is one option of the file.
type configOption struct {
	// table and name are the two parts of its key, as written in TOML.
	table, name string
	value       any
	// known reports whether the option is in the catalogue, which then describes it in option.
	known    bool
	option   catalogue.Option
	position int
}

// configOptions returns the options that the runtime reads, in their order in the file.
func configOptions(a scaffold.App) []configOption {
	var options []configOption
	tables := map[string]int{}
	for _, key := range slices.Sorted(maps.Keys(a.Config)) {
		parts, ok := textedit.SplitKey(key)
		if !ok || len(parts) < 2 || !catalogue.Supported(string(a.App.Runtime), key).Written {
			continue
		}
		last := len(parts) - 1
		o := configOption{
			table: textedit.JoinKey(parts[:last]...), name: textedit.JoinKey(parts[last]),
			value: a.Config[key], position: catalogue.Position(key),
		}
		o.option, o.known = catalogue.Lookup(key)
		if first, seen := tables[o.table]; !seen || o.position < first {
			tables[o.table] = o.position
		}
		options = append(options, o)
	}
	slices.SortStableFunc(options, func(x, y configOption) int {
		return cmp.Or(
			cmp.Compare(tables[x.table], tables[y.table]),
			cmp.Compare(x.table, y.table),
			cmp.Compare(x.position, y.position),
			-compareBools(x.known, y.known),
		)
	})
	return options
}

func compareBools(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return 1
	default:
		return -1
	}
}

// writeOptions writes the options of one table. Lists of tables come last, since their headers end
// the table.
func writeOptions(b *strings.Builder, options []configOption, l scaffold.Language) {
	headed := false
	for _, o := range options {
		if _, list := tableList(o.value); list {
			continue
		}
		if !headed {
			b.WriteString("\n[" + o.table + "]\n")
			headed = true
		}
		b.WriteString(o.comment(l))
		b.WriteString(o.name + " = " + textedit.TOMLValue(o.value) + "\n")
	}
	for _, o := range options {
		tables, list := tableList(o.value)
		if !list {
			continue
		}
		b.WriteString("\n" + o.comment(l))
		for i, t := range tables {
			if i > 0 {
				b.WriteByte('\n')
			}
			b.WriteString("[[" + o.table + "." + o.name + "]]\n")
			for _, key := range slices.Sorted(maps.Keys(t)) {
				b.WriteString(textedit.JoinKey(key) + " = " + textedit.TOMLValue(t[key]) + "\n")
			}
		}
	}
}

// tableList returns the tables of a list that contains only tables.
func tableList(v any) ([]map[string]any, bool) {
	list, ok := v.([]any)
	if !ok || len(list) == 0 {
		return nil, false
	}
	tables := make([]map[string]any, len(list))
	for i, item := range list {
		if tables[i], ok = item.(map[string]any); !ok {
			return nil, false
		}
	}
	return tables, true
}

// comment returns the comment above the option, empty if there is nothing to say.
func (o configOption) comment(l scaffold.Language) string {
	if !o.known {
		return ""
	}
	text := message.For(string(l)).Say(o.option.Summary())
	if o.option.Deprecated {
		text += " " + l.Text("file.config.deprecated", "instead", o.option.Instead())
	}
	return remark(text)
}
