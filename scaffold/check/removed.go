package check

import (
	"strings"
	"sync"

	"sleet/ui/message"

	pep440 "github.com/aquasecurity/go-pep440-version"
)

// knownStreamlit is the newest version of Streamlit that the table of removed APIs was held against.
const knownStreamlit = "1.67.0"

// removedAPI is something of Streamlit that a version took away.
type removedAPI struct {
	// name is what stands after "st.": a function, function.argument, or function.argument=value.
	name string
	// gone is the version that has it no more, back the one that takes it again, "" for none.
	gone, back string
	// fix says what to write, "" to leave the argument out; manual that the new call means something else.
	fix string
	// words says it where no code does.
	words  message.ID
	manual bool
}

// stable is the version that dropped the experimental names of what had been stable for a year.
const stable = "1.37"

// removedTable is held against the released packages, version by version from 1.22 on.
// https://docs.streamlit.io/develop/quick-reference/release-notes
var removedTable = sync.OnceValue(func() map[string]removedAPI {
	const dropped = "" // an argument that nothing takes the place of
	table := map[string]removedAPI{}
	for _, r := range []removedAPI{
		{name: "beta_columns", gone: "1.23", fix: "st.columns"},
		{name: "beta_container", gone: "1.23", fix: "st.container"},
		{name: "beta_expander", gone: "1.23", fix: "st.expander"},
		{name: "experimental_show", gone: "1.23", words: "finding.SL106.new.experimental_show", manual: true},
		{name: "experimental_connection", gone: stable, fix: "st.connection"},
		{name: "experimental_data_editor", gone: stable, fix: "st.data_editor"},
		{name: "experimental_memo", gone: stable, fix: "st.cache_data"},
		{name: "experimental_rerun", gone: stable, fix: "st.rerun"},
		{name: "experimental_singleton", gone: stable, fix: "st.cache_resource"},
		{name: "experimental_audio_input", gone: "1.45", fix: "st.audio_input"},
		{name: "experimental_dialog", gone: "1.49", fix: "st.dialog"},
		{name: "experimental_fragment", gone: "1.49", fix: "st.fragment"},
		{name: "cache_data.experimental_allow_widgets", gone: "1.49", fix: dropped},
		{name: "cache_resource.experimental_allow_widgets", gone: "1.49", fix: dropped},
		{name: "experimental_get_query_params", gone: "1.54", words: "finding.SL106.new.query_params", manual: true},
		{name: "experimental_set_query_params", gone: "1.54", fix: "st.query_params.from_dict"},
		{name: "experimental_user", gone: "1.54", fix: "st.user"},
		{name: "bokeh_chart", gone: "1.59", words: "finding.SL106.new.bokeh", manual: true},
		{name: "connection.type=snowpark", gone: "1.59", words: "finding.SL106.new.connection", manual: true},
		{name: "image.use_column_width", gone: "1.61", back: "1.65", fix: "width"},
		{name: "cache", gone: "1.62", words: "finding.SL106.new.cache", manual: true},
	} {
		table[r.name] = r
	}
	return table
})

// removedIn returns the row of a name when a version lacks it.
func removedIn(name, version string) (removedAPI, bool) {
	row, known := removedTable()[name]
	if !known {
		return row, false
	}
	gone := atLeast(version, row.gone) && (row.back == "" || !atLeast(version, row.back))
	return row, gone
}

// atLeast reports whether a version is another one or a later one; text that is no version is not.
func atLeast(version, least string) bool {
	v, err := pep440.Parse(version)
	if err != nil {
		return false
	}
	l, err := pep440.Parse(least)
	return err == nil && v.GreaterThanOrEqual(l)
}

// fixSaid says what to do.
func (r removedAPI) fixSaid() message.Message {
	if r.fix == "" && r.words == "" {
		return message.New("finding.SL106.fix.drop")
	}
	return message.New("finding.SL106.fix.use", "new", r.replacement())
}

// replacement returns what takes the API's place: code, or words of the catalogues.
func (r removedAPI) replacement() message.Message {
	if r.words != "" {
		return message.New(r.words)
	}
	return message.Verbatim(r.fix)
}

// what tells of the row in a message: "st.image(use_column_width=…)".
func (r removedAPI) what() string {
	function, argument, _ := strings.Cut(r.name, ".")
	if argument == "" {
		return "st." + function
	}
	argument, value, valued := strings.Cut(argument, "=")
	if valued {
		return "st." + function + "(" + argument + `="` + value + `")`
	}
	return "st." + function + "(" + argument + "=…)"
}
