package scaffold

import (
	"strings"

	"sleet/scaffold/catalogue"
	"sleet/scaffold/suggest"
	"sleet/ui/message"
)

// unknownTop notes a name at the top of the file that is no table.
func (r *reader) unknownTop(name string, v any) {
	known := schema()
	tables := append(make([]string, 0, len(known)+1), versionKey)
	for _, t := range known {
		tables = append(tables, t.name)
	}
	what := message.New("problem.answers.unknown_key", "key", quote(name))
	switch v := v.(type) {
	case map[string]any:
		what = message.New("problem.answers.unknown_table", "table", "["+joinKey(name)+"]")
	case []any:
		if len(v) > 0 && kindOf(v[0]) == aTable {
			what = message.New("problem.answers.unknown_table", "table", "[["+joinKey(name)+"]]")
		}
	}
	if isScalar(v) || isList(v) {
		if t, key := holder(name); key != "" {
			r.wrongKey(joinKey(name), message.New("problem.answers.at_top", "what", what), message.New("problem.answers.belongs", "key", quote(key), "table", t.header()))
			return
		}
	}
	fix := message.New("problem.answers.tables_are", "tables", catalogue.AllOf(tables[1:]))
	if meant := suggest.Word(name, tables); meant != "" {
		fix = message.New("problem.meant", "word", headOf(meant))
	}
	r.wrongKey(joinKey(name), what, fix)
}

// headOf is a table's head as it is written; version is a plain key.
func headOf(name string) string {
	if t, ok := tableNamed(name); ok {
		return t.header()
	}
	return quote(name)
}

// holder finds the table that has a key of this name, or of one near to it.
func holder(name string) (table, string) {
	for _, t := range schema() {
		if _, ok := t.field(name); ok {
			return t, name
		}
	}
	for _, t := range schema() {
		if meant := suggest.Word(name, t.keys()); meant != "" && len(meant) > 3 {
			return t, meant
		}
	}
	return table{}, ""
}

// unknownKey notes a key that a table does not have.
func (r *reader) unknownKey(t table, path, key string) {
	fix := message.New("problem.answers.knows", "table", t.header(), "keys", catalogue.AllOf(t.keys()))
	if meant := suggest.Word(key, t.keys()); meant != "" {
		fix = message.New("problem.meant", "word", quote(meant))
	} else if other, name := holder(key); strings.EqualFold(name, key) {
		fix = message.New("problem.answers.belongs", "key", quote(name), "table", other.header())
	}
	r.wrongKey(under(path, key), message.New("problem.answers.unknown_in", "key", quote(key), "table", t.header()), fix)
}
