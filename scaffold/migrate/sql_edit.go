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
	// name is the index after the tokens of the app's name. ifNotExists reports whether the statement has IF NOT
	// EXISTS.
	name        int
	ifNotExists bool
	// keepImports reports whether a file of IMPORTS is missing from the folder. The clause then stays until the person
	// adds the file.
	keepImports bool
	// app is the app's name, or the expression for it. live reports whether a statement adds a live version.
	app  string
	live bool
}

// sql edits the statements that create the app, so that they create the container app. It edits the files themselves,
// like code; undo restores them.
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

// sqlWriter builds the edits of one CREATE STREAMLIT.
type sqlWriter struct {
	creation
	data  []byte
	moved movedApp
	list  []change.Edit
}

const ruleSQL = "SL401"

// edits returns the edits that make the statement create the container app.
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
	return snowflake.LenientIdent(*app.App.ComputePool)
}

// property returns the index of a property's token, -1 if there is none.
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

// source replaces ROOT_LOCATION with FROM. MAIN_FILE is relative to it.
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

// cut removes tokens, with the space before them.
func (w *sqlWriter) cut(from, to int) {
	w.replace(w.statement.Tokens[from-1].End, w.statement.Tokens[to].End, "", "change.sql-from")
}

// space returns the separator between two properties: a line ending with indentation, or a space.
func (w *sqlWriter) space() string {
	for _, t := range w.statement.Tokens[w.name:] {
		if indent, first := w.indent(t); first {
			return w.end() + indent
		}
	}
	return " "
}

// end returns the file's line ending.
func (w *sqlWriter) end() string {
	if bytes.Contains(w.data, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

// indent returns the indentation of a token. first reports whether it is the first on its line.
func (w *sqlWriter) indent(t sqltext.Token) (string, bool) {
	start := bytes.LastIndexByte(w.data[:t.Start], '\n') + 1
	before := string(w.data[start:t.Start])
	return before, start > w.statement.Start && strings.TrimSpace(before) == ""
}

// insert adds properties: before the query warehouse or another property at the start of a line, so that the comments
// next to other properties stay there, otherwise at the end.
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

// withoutImports removes IMPORTS, which only a warehouse app supports.
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

// publish adds a live version after the statement: without one, only the owner can open the app.
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

// nameTokens returns the index of the first token of the app's name.
func (w *sqlWriter) nameTokens() int {
	at := slices.IndexFunc(w.statement.Tokens, func(t sqltext.Token) bool { return t.Is("STREAMLIT") }) + 1
	if w.ifNotExists {
		at += 3
	}
	return at
}
