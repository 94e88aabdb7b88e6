package grammar

import (
	"maps"
	"slices"
	"strings"
)

// Function is the definition of a function.
type Function struct {
	Arguments []Argument
	Returns   string
	Language  string
	Secure    bool
	Body      string
}

// Argument is one argument of a function.
type Argument struct{ Name, Type string }

// typeNames maps the names of data types to the one that Snowflake shows.
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

// DataType reads a data type.
func (r *Reader) DataType() string {
	t := r.Peek()
	typ, ok := typeNames()[strings.ToUpper(t.Text)]
	if t.Kind != TokenWord || !ok {
		r.Fail()
	}
	r.Skip(1)
	if r.Symbol("(") {
		r.Number()
		if r.Symbol(",") {
			r.Number()
		}
		r.NeedSymbol(")")
	}
	return typ
}

// Signature reads (type, …) and returns it in the form that is part of a function's name.
func (r *Reader) Signature() string {
	var types []string
	if t := r.Peek(); t.Kind != TokenSymbol || t.Text != "(" {
		panic(Refuse(90208, "42601", "Argument types of function must be specified."))
	}
	r.NeedSymbol("(")
	for !r.Symbol(")") {
		if len(types) > 0 {
			r.NeedSymbol(",")
		}
		types = append(types, r.DataType())
	}
	return "(" + strings.Join(types, ", ") + ")"
}

// Arguments reads (name type, …).
func (r *Reader) Arguments() []Argument {
	var list []Argument
	r.NeedSymbol("(")
	for !r.Symbol(")") {
		if len(list) > 0 {
			r.NeedSymbol(",")
		}
		list = append(list, Argument{r.Ident(), r.DataType()})
	}
	return list
}

// FunctionName returns a function's name with the types of its arguments.
func FunctionName(n Name, arguments []Argument) Name {
	types := make([]string, len(arguments))
	for i, a := range arguments {
		types[i] = a.Type
	}
	n = slices.Clone(n)
	n[len(n)-1] += "(" + strings.Join(types, ", ") + ")"
	return n
}

// CheckFunction returns an error for a function whose clauses do not fit its language.
func CheckFunction(got map[string]Given, f *Function) *Error {
	if f.Language == "SQL" {
		for _, word := range slices.Sorted(maps.Keys(got)) {
			if word != "COMMENT" {
				return InvalidProperty(word, "FUNCTION of language SQL")
			}
		}
		return nil
	}
	for _, must := range []string{"RUNTIME_VERSION", "HANDLER"} {
		if _, ok := got[must]; !ok {
			return MissingProperty(must)
		}
	}
	// https://docs.snowflake.com/en/developer-guide/udf/python/udf-python-introduction
	if v := got["RUNTIME_VERSION"].Text; !slices.Contains([]string{"3.9", "3.10", "3.11", "3.12", "3.13"}, v) {
		return InvalidValue(v, "RUNTIME_VERSION")
	}
	return nil
}
