package rewrite

import (
	"embed"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/template"
	"sleet/ui/message"
)

// Generated Python that edited code calls. The templates take their comments from the catalogues.
//
//go:embed templates/*.py.tmpl
var helperFiles embed.FS

var helperTemplates = sync.OnceValue(func() *template.Set {
	set, err := template.Parse(helperFiles, "templates/*.py.tmpl", template.Options{})
	if err != nil {
		panic(err) // the templates are embedded
	}
	return set
})

// helperTexts generates that Python, with comments in a language.
type helperTexts struct{ Language scaffold.Language }

// text returns a text of the catalogues in the language of the comments.
func (t helperTexts) text(id string) string { return t.Language.Text(message.ID(id)) }

// remark returns a text as a comment, line by line.
func (t helperTexts) remark(id string) string {
	return "# " + strings.ReplaceAll(t.text(id), "\n", "\n# ")
}

// fill fills in a template.
func (t helperTexts) fill(name string, data map[string]any) string {
	data["Text"], data["Remark"] = t.text, t.remark
	text, err := helperTemplates().Fill(name, data)
	if err != nil {
		panic(err)
	}
	return text
}

// session returns the lines of the helper that returns the app's shared session: two functions.
// https://docs.snowflake.com/en/developer-guide/streamlit/migrations-and-upgrades/runtime-migration
// https://docs.streamlit.io/develop/api-reference/caching-and-state/st.cache_resource
func (t helperTexts) session(st, name, alive, unit string) []string {
	text := t.fill("session", sessionNames(st, name, alive))
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "    ", unit), "\n"), "\n")
}

// sessionModule returns the file with the helper for several modules.
func (t helperTexts) sessionModule() string {
	return t.fill("session.py.tmpl", sessionNames("st", "get_session", "is_alive"))
}

// sessionNames returns the names of Streamlit and of the two functions in the code.
func sessionNames(st, name, alive string) map[string]any {
	return map[string]any{"Streamlit": st, "Name": name, "Alive": alive}
}

// apiModule returns the file that sends requests to Snowflake's REST API. As in a warehouse, it returns a stream of
// events as a list.
// https://docs.snowflake.com/en/developer-guide/streamlit/migrations-and-upgrades/runtime-migration
// https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents-run
func (t helperTexts) apiModule() string { return t.fill("snowflake_api.py.tmpl", map[string]any{}) }

// secretFunction is one secret that a function in Snowflake holds.
type secretFunction struct {
	// Name is the name of the Python function. Query is the statement that reads the secret.
	Name, Query string
	// Parts reports whether the secret has several parts.
	Parts bool
}

// call returns the Python expression that reads the secret.
func (f secretFunction) call() string {
	call := "ask(" + strconv.QuoteToASCII(f.Query) + ")"
	if f.Parts {
		return "Parts(" + call + ")"
	}
	return call
}

// secretsModule returns the file that reads secrets through functions in Snowflake. session is the module with the
// session.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration
func (t helperTexts) secretsModule(session string, list []secretFunction, tables []keyTable) string {
	type function struct{ Name, Call string }
	functions := make([]function, 0, len(list))
	for _, f := range list {
		functions = append(functions, function{f.Name, f.call()})
	}
	type table struct {
		Name    string
		Called  bool
		Entries []string
	}
	shown := make([]table, 0, len(tables))
	for _, k := range tables {
		entries := make([]string, 0, len(k.Entries))
		for _, key := range slices.Sorted(maps.Keys(k.Entries)) {
			entries = append(entries, strconv.QuoteToASCII(key)+": "+k.Entries[key])
		}
		shown = append(shown, table{k.Name, k.Called, entries})
	}
	return t.fill("secrets.py.tmpl", map[string]any{
		"Session": session, "Functions": functions, "Tables": shown,
		"Parts":         slices.ContainsFunc(list, func(f secretFunction) bool { return f.Parts }),
		"UsesStreamlit": len(list) > 0 || slices.ContainsFunc(tables, keyTable.handsOver),
	})
}
