package rewrite

import (
	"bytes"
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template"

	"sleet/scaffold"
	"sleet/ui/message"
)

// The pieces of Python that edited code calls are templates; their comments are texts of the catalogues.
//
//go:embed templates/*.py.tmpl
var helperFiles embed.FS

var helperTemplates = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(helperFiles, "templates/*.py.tmpl"))
})

// helperTexts writes those pieces, with the comments in a language.
type helperTexts struct{ Language scaffold.Language }

// Text returns a text of the catalogues in the language of the comments.
func (t helperTexts) Text(id message.ID) string { return t.Language.Text(id) }

// Remark returns a text as a comment of as many lines as it has.
func (t helperTexts) Remark(id message.ID) string {
	return "# " + strings.ReplaceAll(t.Text(id), "\n", "\n# ")
}

// fill fills in a template.
func fill(name string, data any) string {
	var b bytes.Buffer
	if err := helperTemplates().ExecuteTemplate(&b, name, data); err != nil {
		panic(fmt.Sprintf("fill in %s: %v", name, err))
	}
	return b.String()
}

// sessionTexts is what the template of the session's helper reads: the names that the code has for
// Streamlit and gets for the two functions.
type sessionTexts struct {
	helperTexts

	Streamlit, Name, Alive string
}

// session is the helper that returns the app's shared session: the lines of two functions.
// https://docs.snowflake.com/en/developer-guide/streamlit/migrations-and-upgrades/runtime-migration
// https://docs.streamlit.io/develop/api-reference/caching-and-state/st.cache_resource
func (t helperTexts) session(st, name, alive, unit string) []string {
	text := fill("session", sessionTexts{t, st, name, alive})
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "    ", unit), "\n"), "\n")
}

// sessionModule is the file that holds the helper for several modules.
func (t helperTexts) sessionModule() string {
	return fill("session.py.tmpl", sessionTexts{t, "st", "get_session", "is_alive"})
}

// apiModule is the file that sends requests to Snowflake's REST API. In a warehouse a stream of
// events comes as the list of them.
// https://docs.snowflake.com/en/developer-guide/streamlit/migrations-and-upgrades/runtime-migration
// https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents-run
func (t helperTexts) apiModule() string { return fill("snowflake_api.py.tmpl", t) }

// secretFunction is one secret that a function in Snowflake holds.
type secretFunction struct {
	// Name is that of the Python function, Query the statement that asks for the secret.
	Name, Query string
	// Parts tells that the secret has several.
	Parts bool
}

// Call is the Python that reads the secret.
func (f secretFunction) Call() string {
	call := "ask(" + strconv.QuoteToASCII(f.Query) + ")"
	if f.Parts {
		return "Parts(" + call + ")"
	}
	return call
}

// secretsTexts is what the template of the secrets' module reads.
type secretsTexts struct {
	helperTexts

	// Session is the module that has the session.
	Session   string
	Functions []secretFunction
	Tables    []keyTable
}

// Parts reports whether a secret has several parts.
func (t secretsTexts) Parts() bool {
	return slices.ContainsFunc(t.Functions, func(f secretFunction) bool { return f.Parts })
}

// UsesStreamlit reports whether the module calls Streamlit.
func (t secretsTexts) UsesStreamlit() bool {
	return len(t.Functions) > 0 || slices.ContainsFunc(t.Tables, keyTable.handsOver)
}

// secretsModule is the file that reads secrets through functions in Snowflake.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration
func (t helperTexts) secretsModule(session string, list []secretFunction, tables []keyTable) string {
	return fill("secrets.py.tmpl", secretsTexts{t, session, list, tables})
}
