package facts

import (
	"strings"
	"sync"

	"sleet/scaffold/pep508"
	"sleet/ui/message"
)

// knownStreamlit is the newest version of Streamlit that the table of removed APIs was checked
// with.
const knownStreamlit = "1.67.0"

// RemovedAPI is a Streamlit API that a version removed.
type RemovedAPI struct {
	// name is the text after "st.": a function, function.argument, or function.argument=value.
	name string
	// RemovedIn is the version that removed it. restoredIn is the version that restored it, "" if none did.
	RemovedIn, restoredIn string
	// fix is the replacement, "" if the argument is simply dropped.
	fix string
	// words is the replacement in words, if it is not code. Manual reports whether the replacement
	// has a different meaning.
	words  message.ID
	Manual bool
}

// stable is the version that removed experimental names a year after they became stable.
const stable = "1.37"

// removedTable was checked with the released packages of every version from 1.22 on.
// https://docs.streamlit.io/develop/quick-reference/release-notes
var removedTable = sync.OnceValue(func() map[string]RemovedAPI {
	const dropped = "" // an argument that nothing takes the place of
	table := map[string]RemovedAPI{}
	for _, r := range []RemovedAPI{
		{name: "beta_columns", RemovedIn: "1.23", fix: "st.columns"},
		{name: "beta_container", RemovedIn: "1.23", fix: "st.container"},
		{name: "beta_expander", RemovedIn: "1.23", fix: "st.expander"},
		{name: "experimental_show", RemovedIn: "1.23", words: "finding.SL106.new.experimental_show", Manual: true},
		{name: "experimental_connection", RemovedIn: stable, fix: "st.connection"},
		{name: "experimental_data_editor", RemovedIn: stable, fix: "st.data_editor"},
		{name: "experimental_memo", RemovedIn: stable, fix: "st.cache_data"},
		{name: "experimental_rerun", RemovedIn: stable, fix: "st.rerun"},
		{name: "experimental_singleton", RemovedIn: stable, fix: "st.cache_resource"},
		{name: "experimental_audio_input", RemovedIn: "1.45", fix: "st.audio_input"},
		{name: "experimental_dialog", RemovedIn: "1.49", fix: "st.dialog"},
		{name: "experimental_fragment", RemovedIn: "1.49", fix: "st.fragment"},
		{name: "cache_data.experimental_allow_widgets", RemovedIn: "1.49", fix: dropped},
		{name: "cache_resource.experimental_allow_widgets", RemovedIn: "1.49", fix: dropped},
		{name: "experimental_get_query_params", RemovedIn: "1.54", words: "finding.SL106.new.query_params", Manual: true},
		{name: "experimental_set_query_params", RemovedIn: "1.54", fix: "st.query_params.from_dict"},
		{name: "experimental_user", RemovedIn: "1.54", fix: "st.user"},
		{name: "bokeh_chart", RemovedIn: "1.59", words: "finding.SL106.new.bokeh", Manual: true},
		{name: "connection.type=snowpark", RemovedIn: "1.59", words: "finding.SL106.new.connection", Manual: true},
		{name: "image.use_column_width", RemovedIn: "1.61", restoredIn: "1.65", fix: "width"},
		{name: "cache", RemovedIn: "1.62", words: "finding.SL106.new.cache", Manual: true},
	} {
		table[r.name] = r
	}
	return table
})

// RemovedIn returns the row of a name and reports whether a version lacks it.
func RemovedIn(name, version string) (RemovedAPI, bool) {
	row, known := removedTable()[name]
	if !known {
		return row, false
	}
	return row, pep508.AtLeast(version, row.RemovedIn) && (row.restoredIn == "" || !pep508.AtLeast(version, row.restoredIn))
}

// Fix returns what to do.
func (r RemovedAPI) Fix() message.Message {
	if r.fix == "" && r.words == "" {
		return message.New("finding.SL106.fix.drop")
	}
	return message.New("finding.SL106.fix.use", "new", r.replacement())
}

// replacement returns the replacement of the API: code, or a text of the catalogues.
func (r RemovedAPI) replacement() message.Message {
	if r.words != "" {
		return message.New(r.words)
	}
	return message.Verbatim(r.fix)
}

// What returns the API as shown in a message: "st.image(use_column_width=…)".
func (r RemovedAPI) What() string {
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
