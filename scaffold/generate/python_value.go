package generate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sleet/scaffold"
)

// pythonValue is one of [values] as the app's template reads it.
type pythonValue struct {
	key string
	// Name is the attribute, Literal the key as a Python string.
	Name, Literal string
	// Attribute is its line in the class, Argument the keyword argument that reads it, and StandIn
	// its entry in the tests.
	Attribute, Argument, StandIn string

	fact valueFact
}

// valueFact describes how the app handles values of one TOML type.
type valueFact struct {
	// kind is the Python type, standIn a sample value for the tests.
	kind, standIn pyExpr
	// variable reports whether Streamlit sets an environment variable with the same name as the
	// key. It does so for strings and numbers.
	// https://docs.streamlit.io/develop/concepts/connections/secrets-management
	variable bool
}

func valueFacts(value any) valueFact {
	anyText := pyText("Any")
	switch value.(type) {
	case string:
		return valueFact{pyText("str"), pyText(`"a text"`), true}
	case bool:
		return valueFact{pyText("bool"), pyText("True"), false}
	case int64:
		return valueFact{pyText("int"), pyText("10"), true}
	case float64:
		return valueFact{pyText("float"), pyText("2.5"), true}
	case []any:
		return valueFact{pyIndex("list", anyText), pyIndex("", pyText(`"a"`)), false}
	case map[string]any:
		return valueFact{
			pyIndex("dict", pyText("str"), anyText),
			pyExpr{open: "{", close: "}", args: []pyExpr{pyText(`"a": 1`)}},
			false,
		}
	default:
		return valueFact{anyText, pyText(`"2030-01-31"`), false}
	}
}

func (v pythonValue) usesAny() bool { return strings.Contains(v.fact.kind.flat(), "Any") }

func pythonValues(table map[string]any) []pythonValue {
	list := make([]pythonValue, 0, len(table))
	taken := map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(table)) {
		v := pythonValue{key: key, Name: attribute(key, taken), Literal: pyString(key), fact: valueFacts(table[key])}
		taken[v.Name] = true
		read := pyIndex("st.secrets", pyText(v.Literal))
		if _, ok := table[key].(map[string]any); ok {
			read.close += ".to_dict()"
		}
		v.Attribute = v.fact.kind.lines(4, v.Name+": ", "")
		v.Argument = read.lines(8, v.Name+"=", ",")
		v.StandIn = v.fact.standIn.lines(4, v.Literal+": ", ",")
		list = append(list, v)
	}
	return list
}

// attribute returns a name for a key: the key itself if Python allows it. Keys with a leading
// underscore are changed too, because Python mangles such names in a class. Very long names are
// cut.
func attribute(key string, taken map[string]bool) string {
	name := key
	if !scaffold.Identifier(key) || scaffold.PythonKeyword(key) || key[0] == '_' {
		name = "value_" + strings.Trim(strings.Map(identifierRune, key), "_")
	}
	const longest = 60
	name = name[:min(len(name), longest)]
	base := name
	for n := 2; taken[name]; n++ {
		name = fmt.Sprintf("%s_%d", base, n)
	}
	return name
}

func identifierRune(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		return r
	default:
		return '_'
	}
}

// environmentExample returns the key of a value that is also an environment variable, as a Python
// string, "" if there is none. The key appears in a docstring, so it must be a plain identifier:
// any other could end the string.
func (p pythonApp) environmentExample() string {
	for _, v := range p.Values {
		if v.fact.variable && scaffold.Identifier(v.key) {
			return v.Literal
		}
	}
	return ""
}
