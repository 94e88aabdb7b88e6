package facts

import (
	"path"
	"slices"
	"strings"

	"sleet/snowflake/sqltext"
)

// SQLObject is a statement that creates or alters a Streamlit app, a function or a procedure.
type SQLObject struct {
	Path   string
	Create bool
	// Kind is STREAMLIT, FUNCTION or PROCEDURE. name is the last part of the name as Snowflake
	// stores it, "" if it is not a literal.
	Kind, name string
	// Head is the range from the verb to the name, Named the range of the name.
	Head, Named Span
	Properties  map[string]SQLProperty
	// Live reports whether the statement adds a live version. Body is the body of a function.
	Live bool
	Body string
	// Packaged reports whether the files come from the package of a Native App, which then defines
	// the runtime and the live version.
	Packaged bool
	// base is the offset in the file of the text that contains the tokens.
	base int
}

// KindStreamlit is the kind of a Streamlit app.
const KindStreamlit = "STREAMLIT"

// ExecuteAs is the only property that is set without an equals sign.
const ExecuteAs = "EXECUTE AS"

// Span is a range of bytes in a file.
type Span struct{ Start, End int }

// SQLProperty is NAME = value.
type SQLProperty struct {
	At    Span
	Value []sqltext.Token
}

// maxSQLDepth is the maximum depth of nested bodies.
const maxSQLDepth = 4

// SQLObjects returns the statements in all SQL files of the app, including those in $$ bodies.
func (a *App) SQLObjects() []SQLObject {
	var list []SQLObject
	for _, p := range a.TextFiles() {
		if strings.EqualFold(path.Ext(p), ".sql") {
			list = append(list, sqlObjectsIn(p, a.Files[p], 0, 0)...)
		}
	}
	return list
}

// sqlObjectsIn parses a text that starts at an offset of its file.
func sqlObjectsIn(p string, text []byte, base, depth int) []SQLObject {
	var list []SQLObject
	for _, s := range sqltext.Statements(text) {
		if s.At(0, "GRANT") || s.At(0, "REVOKE") {
			continue
		}
		for i := range s.Tokens {
			if o, ok := sqlObjectAt(s, i, base); ok {
				o.Path = p
				list = append(list, o)
			}
		}
		for _, t := range s.Tokens {
			if t.Kind == sqltext.Body && depth < maxSQLDepth {
				list = append(list, sqlObjectsIn(p, []byte(t.Text), base+t.Start+len("$$"), depth+1)...)
			}
		}
	}
	return list
}

// sqlObjectAt parses the statement that starts at a token, if there is one.
func sqlObjectAt(s sqltext.Statement, i, base int) (SQLObject, bool) {
	o := SQLObject{Create: s.At(i, "CREATE"), base: base, Properties: map[string]SQLProperty{}}
	if !o.Create && !s.At(i, "ALTER") {
		return o, false
	}
	at := i + 1
	for at < len(s.Tokens) && betweenWord(s.Tokens[at]) {
		at++
	}
	if at+1 >= len(s.Tokens) || !kindWord(s.Tokens[at]) {
		return o, false
	}
	o.Kind = strings.ToUpper(s.Tokens[at].Raw)
	at++
	switch {
	case s.At(at, "IF", "NOT", "EXISTS"):
		at += 3
	case s.At(at, "IF", "EXISTS"):
		at += 2
	}
	first := at
	at = o.readName(s, at)
	last := max(at-1, first-1)
	o.Head = Span{o.Span(s.Tokens[i]).Start, o.Span(s.Tokens[last]).End}
	o.Named = o.Head
	if at > first {
		o.Named.Start = o.Span(s.Tokens[first]).Start
	}
	o.readProperties(s, at)
	return o, true
}

// kindWord reports whether a token is a kind of object that has secrets.
func kindWord(t sqltext.Token) bool {
	return t.Is(KindStreamlit) || t.Is("FUNCTION") || t.Is("PROCEDURE")
}

// betweenWord reports whether a token may be between the verb and the kind.
func betweenWord(t sqltext.Token) bool {
	return t.Kind == sqltext.Word && slices.Contains([]string{"OR", "REPLACE", "ALTER", "SECURE", "TEMPORARY", "TEMP", "AGGREGATE"}, strings.ToUpper(t.Raw))
}

// readName reads a name, possibly qualified, and returns the index of the next token.
func (o *SQLObject) readName(s sqltext.Statement, at int) int {
	for at < len(s.Tokens) {
		switch t := s.Tokens[at]; {
		case t.Is("IDENTIFIER") && at+1 < len(s.Tokens) && s.Tokens[at+1].IsSymbol("("):
			o.name = ""
			for at < len(s.Tokens) && !s.Tokens[at].IsSymbol(")") {
				at++
			}
			return min(at+1, len(s.Tokens))
		case t.Kind == sqltext.Quoted:
			o.name = t.Text
		case t.Kind == sqltext.Word && strings.ContainsAny(t.Raw[:1], "$&:"):
			o.name = ""
		case t.Kind == sqltext.Word:
			o.name = strings.ToUpper(t.Raw)
		default:
			o.name = "" // a template
			return at
		}
		at++
		if at >= len(s.Tokens) || !s.Tokens[at].IsSymbol(".") {
			return at
		}
		at++
	}
	return at
}

// readProperties reads the clauses after the name.
func (o *SQLObject) readProperties(s sqltext.Statement, at int) {
	depth := 0
	property := ""
	for ; at < len(s.Tokens); at++ {
		t := s.Tokens[at]
		switch {
		case t.IsSymbol("("):
			depth++
		case t.IsSymbol(")"):
			depth--
		case depth == 0 && t.Kind == sqltext.Word && at+1 < len(s.Tokens) && s.Tokens[at+1].IsSymbol("="):
			property = strings.ToUpper(t.Raw)
			o.Properties[property] = SQLProperty{At: o.Span(t)}
			at++
			continue
		case depth == 0 && s.At(at, "ADD", "LIVE", "VERSION"):
			o.Live = true
		case depth == 0 && s.At(at, "EXECUTE", "AS"):
			property = ExecuteAs
			o.Properties[property] = SQLProperty{At: o.Span(t)}
			at++
			continue
		case depth == 0 && t.Is("FROM") && at+1 < len(s.Tokens) && s.Tokens[at+1].Kind == sqltext.Text:
			from := s.Tokens[at+1].Text
			o.Packaged = from != "" && !strings.HasPrefix(from, "@") && !strings.Contains(from, "://")
		case depth == 0 && t.Is("AS") && at+1 < len(s.Tokens) && (s.Tokens[at+1].Kind == sqltext.Body || s.Tokens[at+1].Kind == sqltext.Text):
			o.Body = s.Tokens[at+1].Text
			return
		}
		if p, ok := o.Properties[property]; ok {
			p.Value = append(p.Value, t)
			o.Properties[property] = p
		}
	}
}

// Has reports whether a statement sets a property.
func (o SQLObject) Has(property string) bool {
	_, ok := o.Properties[property]
	return ok
}

// Same reports whether two statements may refer to the same object.
func (o SQLObject) Same(other SQLObject) bool {
	return o.Kind == other.Kind && (o.name == other.name || o.name == "" || other.name == "")
}

// SQLSecret is one 'key' = secret pair of a SECRETS clause.
type SQLSecret struct {
	Key string
	At  Span
}

// Secrets returns the keys of the SECRETS clause.
func (o SQLObject) Secrets() []SQLSecret {
	var list []SQLSecret
	value := o.Properties["SECRETS"].Value
	for i := 0; i+1 < len(value); i++ {
		if value[i].Kind == sqltext.Text && value[i+1].IsSymbol("=") {
			list = append(list, SQLSecret{value[i].Text, o.Span(value[i])})
		}
	}
	return list
}

// Span returns the range of a token in the file.
func (o SQLObject) Span(t sqltext.Token) Span { return Span{o.base + t.Start, o.base + t.End} }
