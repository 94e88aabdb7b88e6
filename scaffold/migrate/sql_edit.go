package migrate

import (
	"bytes"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/resources"
	"sleet/snowflake"
	"sleet/snowflake/sqltext"
	"sleet/ui/message"
)

// creation is a CREATE STREAMLIT of the app in a SQL file.
type creation struct {
	path      string
	statement sqltext.Statement
	// name is the index behind the tokens of the app's name, ifNotExists whether the statement says that.
	name        int
	ifNotExists bool
	// keepImports reports that the folder lacks a file of IMPORTS: the clause then names it until the person
	// has brought it in.
	keepImports bool
	// app is the name, or what stands for it; live reports that a statement gives the app a live version.
	app  string
	live bool
}

// sql rewrites the statements that create the app, so that they create the container app. It is done in the
// files themselves, as with code: undo brings them back.
func (p *planner) sql(all []creation, moved movedApp, skip func(string, change.Kind) bool) error {
	var edits []change.Edit
	for _, made := range all {
		data, ok := p.content(made.path)
		if !ok || skip(made.path, change.KindSQL) || bytes.Contains(data[made.statement.Start:made.statement.End], []byte("{%")) {
			continue
		}
		w := sqlWriter{creation: made, data: data, moved: moved}
		edits = append(edits, w.edits()...)
	}
	return p.edit(grouped(edits, change.KindSQL))
}

// sqlWriter writes the edits of one CREATE STREAMLIT.
type sqlWriter struct {
	creation
	data  []byte
	moved movedApp
	list  []change.Edit
}

const ruleSQL = "SL401"

// edits are those that make the statement create the container app.
// https://docs.snowflake.com/en/sql-reference/sql/create-streamlit
// https://docs.snowflake.com/en/developer-guide/streamlit/migrations-and-upgrades/root-location
func (w *sqlWriter) edits() []change.Edit {
	w.source()
	resolved := w.moved.app.Resolve()
	var added []string
	for _, p := range []struct{ key, value string }{
		{"RUNTIME_NAME", snowflake.Literal(w.moved.app.RuntimeName())},
		{"COMPUTE_POOL", poolName(resolved)},
		{"ARTIFACT_REPOSITORIES", snowflake.List(resources.Repositories(w.moved.app)...)},
	} {
		at := w.property(p.key)
		switch {
		case p.value == "":
		case at < 0:
			added = append(added, p.key+" = "+p.value)
		case p.key == "RUNTIME_NAME":
			t := w.statement.Tokens[at+2]
			w.replace(t.Start, t.End, p.value, "change.sql-runtime")
		}
	}
	w.insert(added)
	w.withoutImports()
	if !w.live {
		w.publish()
	}
	return w.list
}

func poolName(app scaffold.App) string {
	if *app.App.ComputePool == "" {
		return ""
	}
	return snowflake.AnyIdent(*app.App.ComputePool)
}

// property is the index of a property's token, -1 without one.
func (w *sqlWriter) property(key string) int {
	for i := w.name; i+2 < len(w.statement.Tokens); i++ {
		if w.statement.Tokens[i].Is(key) && w.statement.Tokens[i+1].IsSymbol("=") {
			return i
		}
	}
	return -1
}

func (w *sqlWriter) replace(start, end int, text string, why message.ID) {
	w.list = append(w.list, change.Edit{
		Path: w.path, Start: start, End: end, New: text, Rule: ruleSQL, Symbol: "CREATE STREAMLIT", Why: message.New(why), Automatic: false,
	})
}

// source makes FROM of ROOT_LOCATION. MAIN_FILE is relative to it.
func (w *sqlWriter) source() {
	tokens := w.statement.Tokens
	at := w.property("ROOT_LOCATION")
	if at < 0 {
		return
	}
	value := tokens[at+2]
	text := value.Raw
	if value.Kind == sqltext.Place && !strings.HasPrefix(text, "'") {
		text = snowflake.Literal(text)
	}
	if at == w.name {
		w.replace(tokens[at].Start, value.End, "FROM "+text, "change.sql-from")
	} else {
		w.replace(tokens[w.name-1].End, tokens[w.name-1].End, w.space()+"FROM "+text, "change.sql-from")
		w.cut(at, at+2)
	}
	if main := w.property("MAIN_FILE"); main >= 0 {
		if t := tokens[main+2]; t.Kind == sqltext.Text && strings.HasPrefix(t.Text, "/") {
			w.replace(t.Start, t.End, snowflake.Literal(strings.TrimLeft(t.Text, "/")), "change.sql-from")
		}
	}
}

// cut takes tokens out, with the space before them.
func (w *sqlWriter) cut(from, to int) {
	w.replace(w.statement.Tokens[from-1].End, w.statement.Tokens[to].End, "", "change.sql-from")
}

// space is what stands between two properties: a line's end and the indentation, or a space.
func (w *sqlWriter) space() string {
	for _, t := range w.statement.Tokens[w.name:] {
		if indent, first := w.indent(t); first {
			return w.end() + indent
		}
	}
	return " "
}

// end is how the file ends its lines.
func (w *sqlWriter) end() string {
	if bytes.Contains(w.data, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

// indent is the space before a token that is the first of its line.
func (w *sqlWriter) indent(t sqltext.Token) (string, bool) {
	start := bytes.LastIndexByte(w.data[:t.Start], '\n') + 1
	before := string(w.data[start:t.Start])
	return before, start > w.statement.Start && strings.TrimSpace(before) == ""
}

// insert adds properties: before the query warehouse or another one that begins a line, so that the
// comments beside the others stay where they are, else at the end.
func (w *sqlWriter) insert(added []string) {
	if len(added) == 0 {
		return
	}
	for _, key := range []string{"QUERY_WAREHOUSE", "TITLE", "COMMENT", "EXTERNAL_ACCESS_INTEGRATIONS", "SECRETS"} {
		at := w.property(key)
		if at < 0 {
			continue
		}
		t := w.statement.Tokens[at]
		if indent, first := w.indent(t); first {
			w.replace(t.Start, t.Start, strings.Join(added, w.end()+indent)+w.end()+indent, "change.sql-runtime")
			return
		}
	}
	space := w.space()
	w.replace(w.statement.End, w.statement.End, space+strings.Join(added, space), "change.sql-runtime")
}

// withoutImports takes IMPORTS out, which only a warehouse app has.
func (w *sqlWriter) withoutImports() {
	at := w.property("IMPORTS")
	if at < 0 || w.keepImports {
		return
	}
	end := slices.IndexFunc(w.statement.Tokens[at:], func(t sqltext.Token) bool { return t.IsSymbol(")") })
	if end > 0 {
		w.cut(at, at+end)
	}
}

// publish returns the app a live version behind the statement: nobody but the owner opens an app without one.
func (w *sqlWriter) publish() {
	first := w.nameTokens()
	name := string(w.data[w.statement.Tokens[first].Start:w.statement.Tokens[w.name-1].End])
	add := "ALTER STREAMLIT " + name + " ADD LIVE VERSION FROM LAST"
	if w.ifNotExists {
		add = "EXECUTE IMMEDIATE $$" + w.end() + "BEGIN" + w.end() + "  " + add + ";" + w.end() +
			"EXCEPTION" + w.end() + "  WHEN OTHER THEN" + w.end() + "    IF (SQLCODE <> 99106) THEN -- it has one" + w.end() +
			"      RAISE;" + w.end() + "    END IF;" + w.end() + "END;" + w.end() + "$$"
	}
	at, text := w.statement.End, ";"+w.end()+add
	if i := bytes.IndexByte(w.data[at:], ';'); i >= 0 && len(bytes.TrimSpace(w.data[at:at+i])) == 0 {
		at, text = at+i+1, w.end()+add+";"
	}
	w.replace(at, at, text, "change.sql-live")
}

// nameTokens is the index of the first token of the app's name.
func (w *sqlWriter) nameTokens() int {
	at := slices.IndexFunc(w.statement.Tokens, func(t sqltext.Token) bool { return t.Is("STREAMLIT") }) + 1
	if w.ifNotExists {
		at += 3
	}
	return at
}
