package catalogue

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
)

//go:embed options.json
var generated []byte

// row is an option in options.json.
type row struct {
	Key        string   `json:"key"`
	Env        string   `json:"env"`
	Like       string   `json:"like"`
	Types      []Type   `json:"types"`
	Default    any      `json:"default"`
	Choices    []string `json:"choices"`
	Open       string   `json:"open"`
	Pattern    string   `json:"pattern"`
	Min        int64    `json:"min"`
	Max        int64    `json:"max"`
	Step       int64    `json:"step"`
	MinItems   int      `json:"minItems"`
	MaxItems   int      `json:"maxItems"`
	Light      string   `json:"light"`
	Dark       string   `json:"dark"`
	Hidden     bool     `json:"hidden"`
	Sensitive  bool     `json:"sensitive"`
	Deprecated bool     `json:"deprecated"`
}

// document is the structure of options.json.
type document struct {
	Streamlit string   `json:"streamlit"`
	Sections  []string `json:"sections"`
	Options   []row    `json:"options"`
}

// table is the complete catalogue.
type table struct {
	sections []string
	options  []Option
	index    map[string]int
	// plain holds the options' keys as Nearest compares them.
	plain []string
	// rules describe how each runtime treats each section.
	rules map[string]map[string]rule
}

// load parses the catalogue on first use. The result never changes.
var load = sync.OnceValue(func() table {
	var doc document
	if err := json.Unmarshal(generated, &doc); err != nil {
		panic("catalogue: options.json is broken: " + err.Error())
	}
	result := table{sections: doc.Sections, index: make(map[string]int, len(doc.Options)+2), rules: rules()}
	for _, r := range doc.Options {
		if r.Like != "" {
			key, env := r.Key, r.Env
			r = doc.Options[rowOf(doc.Options, r.Like)]
			r.Key, r.Env = key, env
		}
		result.add(r.option())
	}
	for _, extra := range snowflakeOptions() {
		result.sections = append(result.sections, extra.section)
		result.add(extra.option)
	}
	return result
})

// add appends an option to the table.
func (t *table) add(o Option) {
	t.index[o.Key] = len(t.options)
	t.options = append(t.options, o)
	t.plain = append(t.plain, plain(o.Key))
}

// rowOf returns the index of the row with a key. generate.py guarantees that it exists.
func rowOf(rows []row, key string) int {
	for i := range rows {
		if rows[i].Key == key {
			return i
		}
	}
	panic("catalogue: options.json refers to " + key + ", which it lacks")
}

// option converts the row to an Option.
func (r row) option() Option {
	section, name := split(r.Key)
	o := Option{
		Key: r.Key, Section: section, Name: name, Env: r.Env, Type: r.Types[0], Also: r.Types[1:],
		Default: r.Default, Choices: r.Choices, OtherValues: r.Open, Pattern: r.Pattern,
		Limits: Limits{Min: r.Min, Max: r.Max, Step: r.Step}, MinItems: r.MinItems, MaxItems: r.MaxItems,
		Light: r.Light, Dark: r.Dark, Hidden: r.Hidden, Sensitive: r.Sensitive,
		Deprecated: r.Deprecated,
	}
	if number, ok := r.Default.(float64); ok && o.Type == Integer {
		o.Default = int64(number)
	}
	return o
}

// split splits a key at its last dot.
func split(key string) (section, name string) {
	dot := strings.LastIndexByte(key, '.')
	return key[:max(dot, 0)], key[dot+1:]
}
