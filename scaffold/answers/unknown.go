package answers

import (
	"strings"

	"sleet/scaffold/catalogue"
	"sleet/scaffold/suggest"
	"sleet/scaffold/textedit"
	"sleet/ui/message"
)

// unknownTop records an error for a name at the top of the file that is not a table.
func (r *reader) unknownTop(name string, v any) {
	known := Schema()
	tables := append(make([]string, 0, len(known)+1), versionKey)
	for _, t := range known {
		tables = append(tables, t.Name)
	}
	what := message.New("problem.answers.unknown_key", "key", message.Quote(name))
	switch v := v.(type) {
	case map[string]any:
		what = message.New("problem.answers.unknown_table", "table", "["+textedit.JoinKey(name)+"]")
	case []any:
		if len(v) > 0 && kindOf(v[0]) == aTable {
			what = message.New("problem.answers.unknown_table", "table", "[["+textedit.JoinKey(name)+"]]")
		}
	}
	if isScalar(v) || isList(v) {
		if t, key := tableWithKey(name); key != "" {
			r.wrongKey(textedit.JoinKey(name), message.New("problem.answers.at_top", "what", what), message.New("problem.answers.belongs", "key", message.Quote(key), "table", t.header()))
			return
		}
	}
	fix := message.New("problem.answers.tables_are", "tables", catalogue.AllOf(tables[1:]))
	if meant := suggest.Word(name, tables); meant != "" {
		fix = message.New("problem.meant", "word", headerOf(meant))
	}
	r.wrongKey(textedit.JoinKey(name), what, fix)
}

// headerOf returns a table's header; version is a plain key.
func headerOf(name string) string {
	if t, ok := TableNamed(name); ok {
		return t.header()
	}
	return message.Quote(name)
}

// tableWithKey returns the table that has a key with this name or a similar one.
func tableWithKey(name string) (Table, string) {
	for _, t := range Schema() {
		if _, ok := t.Field(name); ok {
			return t, name
		}
	}
	for _, t := range Schema() {
		if meant := suggest.Word(name, t.Keys()); meant != "" && len(meant) > 3 {
			return t, meant
		}
	}
	return Table{}, ""
}

// unknownKey records an error for a key that a table does not have.
func (r *reader) unknownKey(t Table, path, key string) {
	fix := message.New("problem.answers.knows", "table", t.header(), "keys", catalogue.AllOf(t.Keys()))
	if meant := suggest.Word(key, t.Keys()); meant != "" {
		fix = message.New("problem.meant", "word", message.Quote(meant))
	} else if other, name := tableWithKey(key); strings.EqualFold(name, key) {
		fix = message.New("problem.answers.belongs", "key", message.Quote(name), "table", other.header())
	}
	r.wrongKey(textedit.Under(path, key), message.New("problem.answers.unknown_in", "key", message.Quote(key), "table", t.header()), fix)
}
