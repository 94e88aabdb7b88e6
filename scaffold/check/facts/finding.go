package facts

import (
	"cmp"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/ui/message"
)

// Severity is how bad a finding is.
type Severity string

// The severities: an error breaks the app in the runtime, a warning is probably wrong, advice makes a working
// app better.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Advice  Severity = "advice"
)

// Finding is one thing in one place that the runtime does not take.
type Finding struct {
	// Rule is the id of the rule, SL101 for instance.
	Rule string `json:"rule"`
	// Symbol is what the rule's table says it is: an argument, an API, a key; "" for some rules.
	Symbol string `json:"symbol"`
	// Dir is the folder as it was given to Read.
	Dir string `json:"dir"`
	// Path is relative to Dir, with slashes.
	Path string `json:"path"`
	// Line and Column count from 1, columns in characters; the end is where the next character
	// would stand.
	Line      int      `json:"line"`
	Column    int      `json:"column"`
	EndLine   int      `json:"end_line"`
	EndColumn int      `json:"end_column"`
	Severity  Severity `json:"severity"`
	// Message is what is wrong, Fix what to do. JSON has them in English.
	Message message.Message `json:"message"`
	Fix     message.Message `json:"fix"`
	// Automatic reports whether sleet migrate fixes it by itself.
	Automatic bool `json:"automatic"`
	// Start and End are the place as bytes of the file's text.
	Start, End int `json:"-"`
	// Manual takes Automatic away from a finding of a rule that is automatic otherwise.
	Manual bool `json:"-"`
	// Group is what several findings of an app are about, which are told once; "" for one that is told by itself.
	Group string `json:"-"`
}

// Span is the finding's place as bytes of the file's text: of a Python file File.Text, of another
// its content.
func (f Finding) Span() (start, end int) { return f.Start, f.End }

// Options say what a folder is held against.
type Options struct {
	// Runtime is the runtime; empty means what each app says of itself, else the container.
	Runtime scaffold.Runtime
	// Streamlit is the target version, as "1.52.2"; empty means the newest one we know that the
	// runtime takes.
	Streamlit string
	// Select are the ids of the rules that count, all when empty; an id may be cut short, so that
	// SL1 means every rule that starts so. Ignore are those that do not.
	Select, Ignore []string
}

// Facts returns what the runtime supports.
func (o Options) Facts() scaffold.RuntimeFacts { return scaffold.Facts(o.Runtime) }

// SortFindings puts findings in the order of a reader: file, place, rule, symbol. Twins are dropped.
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

// For returns the options with what they leave open filled in for an app.
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

// newestStreamlit is the newest version of Streamlit that we know a runtime to take.
func newestStreamlit(runtime scaffold.Runtime) string {
	if listed := scaffold.Facts(runtime).Streamlits; len(listed) > 0 {
		return listed[len(listed)-1]
	}
	return knownStreamlit
}

// Chosen reports whether the options let a rule count.
func (o Options) Chosen(id string) bool {
	starts := func(prefix string) bool {
		return prefix != "" && strings.HasPrefix(id, strings.ToUpper(strings.TrimSpace(prefix)))
	}
	return (len(o.Select) == 0 || slices.ContainsFunc(o.Select, starts)) && !slices.ContainsFunc(o.Ignore, starts)
}
