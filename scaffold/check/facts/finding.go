package facts

import (
	"cmp"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/ui/message"
)

// Severity is the severity of a finding.
type Severity string

// The severities. An error breaks the app in the runtime, a warning is probably a mistake, and
// advice improves a working app.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Advice  Severity = "advice"
)

// Finding is one place in an app that the runtime does not support.
type Finding struct {
	// Rule is the ID of the rule, such as SL101.
	Rule string `json:"rule"`
	// Symbol is what the finding is about, depending on the rule: an argument, an API, a key; ""
	// for some rules.
	Symbol string `json:"symbol"`
	// Dir is the folder as passed to Read.
	Dir string `json:"dir"`
	// Path is relative to Dir, with slashes.
	Path string `json:"path"`
	// Line and Column count from 1, columns in characters. The end is exclusive.
	Line      int      `json:"line"`
	Column    int      `json:"column"`
	EndLine   int      `json:"end_line"`
	EndColumn int      `json:"end_column"`
	Severity  Severity `json:"severity"`
	// Message describes the problem. It is English in JSON, like Fix.
	Message message.Message `json:"message"`
	// Fix is the suggested fix.
	Fix message.Message `json:"fix"`
	// Automatic reports whether sleet migrate fixes it.
	Automatic bool `json:"automatic"`
	// Start and End are the byte offsets in the file's text.
	Start, End int `json:"-"`
	// Manual makes Automatic false for a finding of an automatic rule.
	Manual bool `json:"-"`
	// Group is what several findings of an app have in common; they are reported as one. It is ""
	// for a finding that is reported separately.
	Group string `json:"-"`
}

// Span returns the byte offsets of the finding in the file's text. For a Python file that is
// File.Text.
func (f Finding) Span() (start, end int) { return f.Start, f.End }

// Options say what an app is checked for.
type Options struct {
	// Runtime is the runtime; empty means the one that each app declares, or else the container.
	Runtime scaffold.Runtime
	// Streamlit is the target version, such as "1.52.2"; empty means the newest one known to work
	// in the runtime.
	Streamlit string
	// Select are the IDs of the rules to run, empty for all. An ID can be a prefix: SL1 selects all
	// rules that start with it. Ignore are the rules to skip.
	Select, Ignore []string
}

// Facts returns what the runtime supports.
func (o Options) Facts() scaffold.RuntimeFacts { return scaffold.Facts(o.Runtime) }

// SortFindings sorts findings by file, position, rule and symbol, and removes duplicates.
func SortFindings(list []Finding) []Finding {
	slices.SortStableFunc(list, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Symbol, b.Symbol),
		)
	})
	return slices.CompactFunc(list, func(a, b Finding) bool {
		return a.Path == b.Path && a.Start == b.Start && a.End == b.End && a.Rule == b.Rule && a.Symbol == b.Symbol
	})
}

// For returns the options with defaults filled in for an app.
func (o Options) For(a *existing.App) Options {
	if o.Runtime == "" {
		o.Runtime = a.Runtime
	}
	if o.Runtime == "" {
		o.Runtime = scaffold.Container
	}
	if o.Streamlit == "" {
		o.Streamlit = newestStreamlit(o.Runtime)
	}
	return o
}

// newestStreamlit returns the newest version of Streamlit known to work in a runtime.
func newestStreamlit(runtime scaffold.Runtime) string {
	if listed := scaffold.Facts(runtime).Streamlits; len(listed) > 0 {
		return listed[len(listed)-1]
	}
	return knownStreamlit
}

// Chosen reports whether the options select a rule.
func (o Options) Chosen(id string) bool {
	starts := func(prefix string) bool {
		return prefix != "" && strings.HasPrefix(id, strings.ToUpper(strings.TrimSpace(prefix)))
	}
	return (len(o.Select) == 0 || slices.ContainsFunc(o.Select, starts)) && !slices.ContainsFunc(o.Ignore, starts)
}
