package engine

import (
	"maps"
	"slices"
	"strings"
)

// function is what a function does.
type function struct {
	arguments []argument
	returns   string
	language  string
	secure    bool
	body      string
}

// argument is one argument of a function.
type argument struct{ name, typ string }

// typeNames are the data types, by every name, with the name that Snowflake shows.
// https://docs.snowflake.com/en/sql-reference/intro-summary-data-types
func typeNames() map[string]string {
	return map[string]string{
		"VARCHAR": "VARCHAR", "STRING": "VARCHAR", "TEXT": "VARCHAR", "CHAR": "VARCHAR", "CHARACTER": "VARCHAR",
		"NUMBER": "NUMBER", "DECIMAL": "NUMBER", "NUMERIC": "NUMBER", "INT": "NUMBER", "INTEGER": "NUMBER",
		"BIGINT": "NUMBER", "SMALLINT": "NUMBER", "TINYINT": "NUMBER",
		"FLOAT": "FLOAT", "DOUBLE": "FLOAT", "REAL": "FLOAT", "BOOLEAN": "BOOLEAN", "DATE": "DATE", "TIME": "TIME",
		"TIMESTAMP": "TIMESTAMP_NTZ", "TIMESTAMP_NTZ": "TIMESTAMP_NTZ", "TIMESTAMP_LTZ": "TIMESTAMP_LTZ", "TIMESTAMP_TZ": "TIMESTAMP_TZ",
		"VARIANT": "VARIANT", "OBJECT": "OBJECT", "ARRAY": "ARRAY", "BINARY": "BINARY",
	}
}

// dataType reads a data type.
func (r *reader) dataType() string {
	t := r.peek()
	typ, ok := typeNames()[strings.ToUpper(t.text)]
	if t.kind != tokenWord || !ok {
		r.fail()
	}
	r.skip(1)
	if r.symbol("(") {
		r.number()
		if r.symbol(",") {
			r.number()
		}
		r.needSymbol(")")
	}
	return typ
}

// signature reads (type, …) and gives it as a part of a function's name.
func (r *reader) signature() string {
	var types []string
	if t := r.peek(); t.kind != tokenSymbol || t.text != "(" {
		panic(refuse(90208, "42601", "Argument types of function must be specified."))
	}
	r.needSymbol("(")
	for !r.symbol(")") {
		if len(types) > 0 {
			r.needSymbol(",")
		}
		types = append(types, r.dataType())
	}
	return "(" + strings.Join(types, ", ") + ")"
}

// arguments reads (name type, …).
func (r *reader) arguments() []argument {
	var list []argument
	r.needSymbol("(")
	for !r.symbol(")") {
		if len(list) > 0 {
			r.needSymbol(",")
		}
		list = append(list, argument{r.ident(), r.dataType()})
	}
	return list
}

// functionName is a function's name with the types of its arguments.
func functionName(n name, arguments []argument) name {
	types := make([]string, len(arguments))
	for i, a := range arguments {
		types[i] = a.typ
	}
	n = slices.Clone(n)
	n[len(n)-1] += "(" + strings.Join(types, ", ") + ")"
	return n
}

// checkFunction refuses a function whose clauses do not fit its language.
func checkFunction(got map[string]given, f *function) *Error {
	if f.language == "SQL" {
		for _, word := range slices.Sorted(maps.Keys(got)) {
			if word != "COMMENT" {
				return invalidProperty(word, "FUNCTION of language SQL")
			}
		}
		return nil
	}
	for _, must := range []string{"RUNTIME_VERSION", "HANDLER"} {
		if _, ok := got[must]; !ok {
			return missingProperty(must)
		}
	}
	// https://docs.snowflake.com/en/developer-guide/udf/python/udf-python-introduction
	if v := got["RUNTIME_VERSION"].text; !slices.Contains([]string{"3.9", "3.10", "3.11", "3.12", "3.13"}, v) {
		return invalidValue(v, "RUNTIME_VERSION")
	}
	return nil
}
