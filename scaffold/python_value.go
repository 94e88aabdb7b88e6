package scaffold

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// pythonValue is one of [values] as the template of the app reads it.
type pythonValue struct {
	// Name is the attribute, Type its type in Python.
	Name, Type string
	// Argument is the keyword argument that reads it, broken over lines where it is long.
	Argument string
	// Literal is the key as a Python string.
	Literal string
}

func (v pythonValue) usesAny() bool { return strings.Contains(v.Type, "Any") }

func pythonValues(table map[string]any) []pythonValue {
	list := make([]pythonValue, 0, len(table))
	taken := map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(table)) {
		v := pythonValue{Name: attribute(key, taken), Type: pyType(table[key]), Literal: pyString(key)}
		taken[v.Name] = true
		read := pyItem("st.secrets", key)
		if _, ok := table[key].(map[string]any); ok {
			read.close += ".to_dict()"
		}
		v.Argument = read.lines(8, v.Name+"=", ",")
		list = append(list, v)
	}
	return list
}

// attribute makes a name of a key: the key itself where Python takes it. A key that begins with
// an underscore is changed too, because Python changes such names inside a class.
func attribute(key string, taken map[string]bool) string {
	name := key
	if !identifier(key) || pythonKeyword(key) || key[0] == '_' {
		name = "value_" + strings.Trim(strings.Map(identifierRune, key), "_")
	}
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

// pyType is the Python type of a value of TOML.
func pyType(value any) string {
	switch value.(type) {
	case string:
		return "str"
	case bool:
		return "bool"
	case int64:
		return "int"
	case float64:
		return "float"
	case []any:
		return "list[Any]"
	case map[string]any:
		return "dict[str, Any]"
	default:
		return "Any"
	}
}

// EnvironmentExample is the key of a value that Streamlit puts into the environment, "" where
// there is none: it does so with texts and numbers, under the key as it is spelled.
// https://docs.streamlit.io/develop/concepts/connections/secrets-management
func (p pythonApp) EnvironmentExample() string {
	for _, v := range p.Values {
		if v.Type == "str" || v.Type == "int" || v.Type == "float" {
			return v.Literal
		}
	}
	return ""
}
