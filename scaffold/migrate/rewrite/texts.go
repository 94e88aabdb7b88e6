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

// The pieces of Python that edited code calls are templates; their comments are texts of the catalogues.
//
//go:embed templates/*.py.tmpl
var helperFiles embed.FS

var helperTemplates = sync.OnceValue(func() *template.Set {
	set, err := template.Parse(helperFiles, "templates/*.py.tmpl", template.Options{})
	if err != nil {
		panic(err) // the templates are ours
	}
	return set
})

// helperTexts writes those pieces, with the comments in a language.
type helperTexts struct{ Language scaffold.Language }

// text returns a text of the catalogues in the language of the comments.
func (t helperTexts) text(id string) string { return t.Language.Text(message.ID(id)) }

// remark returns a text as a comment of as many lines as it has.
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

// session is the helper that returns the app's shared session: the lines of two functions.
// https://docs.snowflake.com/en/developer-guide/streamlit/migrations-and-upgrades/runtime-migration
// https://docs.streamlit.io/develop/api-reference/caching-and-state/st.cache_resource
func (t helperTexts) session(st, name, alive, unit string) []string {
	text := t.fill("session", sessionNames(st, name, alive))
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "    ", unit), "\n"), "\n")
}

// sessionModule is the file that holds the helper for several modules.
func (t helperTexts) sessionModule() string {
	return t.fill("session.py.tmpl", sessionNames("st", "get_session", "is_alive"))
}

// sessionNames are the names that the code has for Streamlit and gets for the two functions.
func sessionNames(st, name, alive string) map[string]any {
	return map[string]any{"Streamlit": st, "Name": name, "Alive": alive}
}

// apiModule is the file that sends requests to Snowflake's REST API. In a warehouse a stream of
// events comes as the list of them.
// https://docs.snowflake.com/en/developer-guide/streamlit/migrations-and-upgrades/runtime-migration
// https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents-run
func (t helperTexts) apiModule() string { return t.fill("snowflake_api.py.tmpl", map[string]any{}) }

// secretFunction is one secret that a function in Snowflake holds.
type secretFunction struct {
	// Name is that of the Python function, Query the statement that asks for the secret.
	Name, Query string
	// Parts tells that the secret has several.
	Parts bool
}

// call is the Python that reads the secret.
func (f secretFunction) call() string {
	call := "ask(" + strconv.QuoteToASCII(f.Query) + ")"
	if f.Parts {
		return "Parts(" + call + ")"
	}
	return call
}

// secretsModule is the file that reads secrets through functions in Snowflake. session is the module that has the session.
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
