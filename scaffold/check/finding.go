package check

import (
	"cmp"
	"fmt"
	"slices"

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
	Message   string   `json:"message"`
	Fix       string   `json:"fix"`
	// Automatic says that sleet migrate fixes it by itself.
	Automatic bool `json:"automatic"`
	// Said and FixSaid are Message and Fix for another language.
	Said    message.Message `json:"-"`
	FixSaid message.Message `json:"-"`

	// start and end are the place as bytes of the file's text.
	start, end int
	// manual takes Automatic away from a finding of a rule that is automatic otherwise.
	manual bool
	// group is what several findings of an app are about, which are told once; "" for one that is told by itself.
	group string
}

// Span is the finding's place as bytes of the file's text: of a Python file File.Text, of another
// its content.
func (f Finding) Span() (start, end int) { return f.start, f.end }

// Report is what a check found.
type Report struct {
	Findings []Finding          `json:"findings"`
	Skipped  []existing.Skipped `json:"skipped"`
}

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

// once tells the findings of a rule about one thing once: at the first place, with the others in its message. A comment
// silences a place, not the others.
func (a *App) once(rule Rule, list []Finding) []Finding {
	var told []Finding
	places := map[string][]string{}
	first := map[string]int{}
	for _, f := range list {
		if f.group == "" {
			told = append(told, f)
			continue
		}
		f.Rule = rule.ID
		if len(a.heard([]Finding{f})) == 0 {
			continue
		}
		at, again := first[f.group]
		if !again {
			first[f.group] = len(told)
			told = append(told, f)
			continue
		}
		place := fmt.Sprintf("%s:%d", f.Path, f.Line)
		if f.Symbol != told[at].Symbol {
			place += " (" + f.Symbol + ")"
		}
		places[f.group] = append(places[f.group], place)
		if f.Severity == "" {
			told[at].Severity = "" // the rule's, which is the worst
		}
	}
	for group, at := range first {
		if also := places[group]; len(also) > 0 {
			told[at].Said = message.New("finding.places", "what", told[at].Said, "places", some(also))
		}
	}
	return told
}

// sortFindings puts findings in the order of a reader: file, place, rule, symbol. Twins are dropped.
func sortFindings(list []Finding) []Finding {
	slices.SortStableFunc(list, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Symbol, b.Symbol),
		)
	})
	return slices.CompactFunc(list, func(a, b Finding) bool {
		return a.Path == b.Path && a.start == b.start && a.end == b.end && a.Rule == b.Rule && a.Symbol == b.Symbol
	})
}
