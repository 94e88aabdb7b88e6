package check

import (
	"path"
	"slices"
	"strings"

	"sleet/snowflake/sqltext"
)

// sqlObject is a statement that creates or alters a Streamlit app, a function or a procedure.
type sqlObject struct {
	path   string
	create bool
	// kind is STREAMLIT, FUNCTION or PROCEDURE; name is the last part of the name as Snowflake keeps
	// it, "" where it is put together elsewhere.
	kind, name string
	// head is from the verb to the name, named the name itself.
	head, named span
	properties  map[string]sqlProperty
	// live says that the statement adds a live version, body is the text of a function.
	live bool
	body string
	// packaged says that the files come from the package of a native app, where the runtime and the
	// live version are the package's.
	packaged bool
	// base is where the text that the tokens count in begins in the file.
	base int
}

// kindStreamlit is the kind of a Streamlit app.
const kindStreamlit = "STREAMLIT"

// span is a piece of a file.
type span struct{ start, end int }

// sqlProperty is NAME = value.
type sqlProperty struct {
	at    span
	value []sqltext.Token
}

// maxSQLDepth is how deep bodies in bodies are read.
const maxSQLDepth = 4

// SQLObjects returns the statements of all SQL files of the app, those in $$ bodies too.
func (a *App) SQLObjects() []sqlObject {
	var list []sqlObject
	for _, p := range a.Sorted() {
		if strings.EqualFold(path.Ext(p), ".sql") {
			list = append(list, sqlObjectsIn(p, a.Files[p], 0, 0)...)
		}
	}
	return list
}

// sqlObjectsIn reads a text that begins at an offset of its file.
func sqlObjectsIn(p string, text []byte, base, depth int) []sqlObject {
	var list []sqlObject
	for _, s := range sqltext.Statements(text) {
		if s.At(0, "GRANT") || s.At(0, "REVOKE") {
			continue
		}
		for i := range s.Tokens {
			if o, ok := sqlObjectAt(s, i, base); ok {
				o.path = p
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

// sqlObjectAt reads the statement that begins with a token, if one does.
func sqlObjectAt(s sqltext.Statement, i, base int) (sqlObject, bool) {
	o := sqlObject{create: s.At(i, "CREATE"), base: base, properties: map[string]sqlProperty{}}
	if !o.create && !s.At(i, "ALTER") {
		return o, false
	}
	at := i + 1
	for at < len(s.Tokens) && betweenWord(s.Tokens[at]) {
		at++
	}
	if at+1 >= len(s.Tokens) || !kindWord(s.Tokens[at]) {
		return o, false
	}
	o.kind = strings.ToUpper(s.Tokens[at].Raw)
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
	o.head = span{o.span(s.Tokens[i]).start, o.span(s.Tokens[last]).end}
	o.named = o.head
	if at > first {
		o.named.start = o.span(s.Tokens[first]).start
	}
	o.readProperties(s, at)
	return o, true
}

// kindWord reports whether a word is a kind of object that has secrets.
func kindWord(t sqltext.Token) bool {
	return t.Is(kindStreamlit) || t.Is("FUNCTION") || t.Is("PROCEDURE")
}

// betweenWord is one that may stand between the verb and the kind.
func betweenWord(t sqltext.Token) bool {
	return t.Kind == sqltext.Word && slices.Contains([]string{"OR", "REPLACE", "ALTER", "SECURE", "TEMPORARY", "TEMP", "AGGREGATE"}, strings.ToUpper(t.Raw))
}

// readName reads a name of one or several parts and gives the token behind it.
func (o *sqlObject) readName(s sqltext.Statement, at int) int {
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

// readProperties reads what stands behind the name.
func (o *sqlObject) readProperties(s sqltext.Statement, at int) {
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
			o.properties[property] = sqlProperty{at: o.span(t)}
			at++
			continue
		case depth == 0 && s.At(at, "ADD", "LIVE", "VERSION"):
			o.live = true
		case depth == 0 && t.Is("FROM") && at+1 < len(s.Tokens) && s.Tokens[at+1].Kind == sqltext.Text:
			from := s.Tokens[at+1].Text
			o.packaged = from != "" && !strings.HasPrefix(from, "@") && !strings.Contains(from, "://")
		case depth == 0 && t.Is("AS") && at+1 < len(s.Tokens) && (s.Tokens[at+1].Kind == sqltext.Body || s.Tokens[at+1].Kind == sqltext.Text):
			o.body = s.Tokens[at+1].Text
			return
		}
		if p, ok := o.properties[property]; ok {
			p.value = append(p.value, t)
			o.properties[property] = p
		}
	}
}

// has reports whether a statement gives a property.
func (o sqlObject) has(property string) bool {
	_, ok := o.properties[property]
	return ok
}

// same reports whether two statements may be about one object.
func (o sqlObject) same(other sqlObject) bool {
	return o.kind == other.kind && (o.name == other.name || o.name == "" || other.name == "")
}

// sqlSecret is one 'key' = secret of a SECRETS clause.
type sqlSecret struct {
	key string
	at  span
}

// secrets returns the keys of the SECRETS clause.
func (o sqlObject) secrets() []sqlSecret {
	var list []sqlSecret
	value := o.properties["SECRETS"].value
	for i := 0; i+1 < len(value); i++ {
		if value[i].Kind == sqltext.Text && value[i+1].IsSymbol("=") {
			list = append(list, sqlSecret{value[i].Text, o.span(value[i])})
		}
	}
	return list
}

// span is where a token stands in the file.
func (o sqlObject) span(t sqltext.Token) span { return span{o.base + t.Start, o.base + t.End} }
