// Package catalogue knows the options of .streamlit/config.toml: every one that Streamlit
// declares, the ones that only Snowflake reads, and which of them a runtime takes into account.
//
// options.json comes from Streamlit itself: generate.py writes it, and says how to run it again.
// https://docs.streamlit.io/develop/api-reference/configuration/config.toml
package catalogue

import (
	"slices"
	"strings"
)

// StreamlitVersion is the version of Streamlit whose options these are.
const StreamlitVersion = "1.67.0"

// Type is a type of value in config.toml.
type Type string

// The types of values. A list may be empty.
const (
	Bool     Type = "bool"
	Integer  Type = "integer"
	Float    Type = "float"
	String   Type = "string"
	Strings  Type = "strings"
	Integers Type = "integers"
	Table    Type = "table"
	Tables   Type = "tables"
)

// Section is a table of config.toml.
type Section struct {
	// Name has the dots of a nested table: "theme.light.sidebar".
	Name        string `json:"name"`
	Description string `json:"description"`
}

// Option is one option of config.toml. Its slices are shared: do not change them.
type Option struct {
	// Key is section and name: "theme.sidebar.primaryColor".
	Key, Section, Name string
	// Env is the environment variable that sets the option outside Snowflake.
	Env string
	// Type is the usual type; Also are others that are read as well.
	Type Type
	Also []Type
	// Default is the value when unset, in the types that TOML gives (string, bool, int64, float64,
	// []any, map[string]any), or nil where there is none or Streamlit computes it.
	Default any
	// Choices are the known values of a string. Open names what else is taken, by the end of an id (problem.want.open.); empty means nothing
	// else. Pattern is a regular expression for what else is taken, empty for any text.
	Choices []string
	Open    string
	Pattern string
	// Limits are those of a number, or of each number in a list.
	Limits Limits
	// MinItems and MaxItems are the lengths of a list; 0 for no limit.
	MinItems, MaxItems int
	// Light and Dark are the colour that Streamlit's own themes have where this one is unset.
	Light, Dark string
	// Hidden options are Streamlit's own affair and left out of its documentation.
	Hidden bool
	// Sensitive options hold a secret.
	Sensitive bool
	// Deprecated says what to use instead; empty for an option in good standing.
	Deprecated string
	// Description is in English, Streamlit's own for its options.
	Description string
}

// Limits bounds a number; the zero value is no bound.
type Limits struct {
	// Min is the least value.
	Min int64
	// Max is the greatest value; 0 for none.
	Max int64
	// Step is what every value is a multiple of; 0 for none.
	Step int64
}

// IsColor reports whether the option is one colour.
func (o Option) IsColor() bool { return strings.HasSuffix(o.Name, "Color") }

// Summary is the first sentence of the description, on one line.
func (o Option) Summary() string {
	first, _, _ := strings.Cut(o.Description, "\n\n")
	first = strings.Join(strings.Fields(first), " ")
	for at, r := range first {
		// A small letter after the point follows an abbreviation.
		if after := strings.TrimPrefix(first[at:], ". "); r == '.' && after != first[at:] && strings.ToLower(after[:1]) != after[:1] {
			return first[:at+1]
		}
	}
	return first
}

// Options returns every option in the order that Streamlit shows them in, Snowflake's own last.
func Options() []Option { return slices.Clone(load().options) }

// Sections returns every section in the order that Streamlit shows them in, Snowflake's own last.
func Sections() []Section { return slices.Clone(load().sections) }

// Lookup returns the option with a key, and whether there is one. Keys are compared exactly, as
// Streamlit does.
func Lookup(key string) (Option, bool) {
	data := load()
	at, ok := data.index[key]
	if !ok {
		return Option{}, false
	}
	return data.options[at], true
}

// Position returns the place of a key in Streamlit's own order; unknown keys come after the known
// ones of their section, unknown sections at the end. Equal positions are for the caller to order.
func Position(key string) int {
	data := load()
	if at, ok := data.index[key]; ok {
		return at
	}
	section := SectionOf(key)
	last := len(data.options)
	for at := range data.options {
		if data.options[at].Section == section {
			last = at
		}
	}
	return last
}

// SectionOf returns the section that a key stands in: the longest one that is known, else all of the
// key but its last part.
func SectionOf(key string) string {
	if option, ok := Lookup(key); ok {
		return option.Section
	}
	longest := ""
	for _, section := range load().sections {
		if strings.HasPrefix(key, section.Name+".") && len(section.Name) > len(longest) {
			longest = section.Name
		}
	}
	if longest != "" {
		return longest
	}
	if dot := strings.LastIndexByte(key, '.'); dot >= 0 {
		return key[:dot]
	}
	return ""
}

// IsSection reports whether a dotted name is a section, so that a table of that name holds options
// rather than being an option's value.
func IsSection(name string) bool {
	return slices.ContainsFunc(load().sections, func(s Section) bool { return s.Name == name })
}
