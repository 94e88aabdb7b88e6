// Package catalogue describes the options of .streamlit/config.toml: all that Streamlit declares,
// those that only Snowflake reads, and which of them each runtime supports. It does not read or
// write the file.
//
// options.json comes from Streamlit itself: generate.py writes it and explains how to run it again.
// https://docs.streamlit.io/develop/api-reference/configuration/config.toml
package catalogue

import (
	"slices"
	"strings"
)

// StreamlitVersion is the version of Streamlit that declares these options.
const StreamlitVersion = "1.67.0"

// Type is the type of a value in config.toml.
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

// Option is one option of config.toml. Its slices are shared: do not modify them.
type Option struct {
	// Key is the section and the name: "theme.sidebar.primaryColor".
	Key, Section, Name string
	// Env is the environment variable that sets the option outside Snowflake.
	Env string
	// Type is the usual type. Also are other types that are accepted.
	Type Type
	Also []Type
	// Default is the value if the option is unset, in the types that a TOML decoder returns
	// (string, bool, int64, float64, []any, map[string]any). It is nil if there is none or
	// Streamlit computes it.
	Default any
	// Choices are the known values of a string. OtherValues is the suffix of a message ID
	// (problem.want.open.) that describes which other values are accepted; empty means none.
	// Pattern is a regular expression for other values; empty means any.
	Choices     []string
	OtherValues string
	Pattern     string
	// Limits apply to a number, or to each number in a list.
	Limits Limits
	// MinItems and MaxItems limit the length of a list; 0 means no limit.
	MinItems, MaxItems int
	// Light and Dark are the colors in Streamlit's own themes if the option is unset.
	Light, Dark string
	// Hidden options are internal to Streamlit and not documented.
	Hidden bool
	// Sensitive options hold a secret.
	Sensitive bool
	// Deprecated options have a successor, which Instead names.
	Deprecated bool
}

// Limits bounds a number; the zero value means no bounds.
type Limits struct {
	// Min is the minimum.
	Min int64
	// Max is the maximum; 0 for none.
	Max int64
	// Step is a number that every value must be a multiple of; 0 for none.
	Step int64
}

// IsColor reports whether the option is a single color.
func (o Option) IsColor() bool { return strings.HasSuffix(o.Name, "Color") }

// Options returns every option in Streamlit's order, followed by Snowflake's own.
func Options() []Option { return slices.Clone(load().options) }

// Sections returns the name of every section in Streamlit's order, followed by Snowflake's own. The
// name of a nested table has dots: "theme.light.sidebar".
func Sections() []string { return slices.Clone(load().sections) }

// Lookup returns the option with the given key and reports whether it exists. Keys are
// case-sensitive, as in Streamlit.
func Lookup(key string) (Option, bool) {
	data := load()
	at, ok := data.index[key]
	if !ok {
		return Option{}, false
	}
	return data.options[at], true
}

// Position returns the index of a key in Streamlit's order. Unknown keys come after the known ones
// of their section, unknown sections at the end. Different keys can have the same position.
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

// SectionOf returns the section of a key: the longest known one, otherwise all of the key except
// its last part.
func SectionOf(key string) string {
	if option, ok := Lookup(key); ok {
		return option.Section
	}
	longest := ""
	for _, section := range load().sections {
		if strings.HasPrefix(key, section+".") && len(section) > len(longest) {
			longest = section
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

// IsSection reports whether a dotted name is a section, so that a table with that name contains
// options and is not the value of an option.
func IsSection(name string) bool {
	return slices.Contains(load().sections, name)
}
