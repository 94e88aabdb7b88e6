package findings

import (
	"fmt"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/check/rules"
	"sleet/steps/command/output"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// ruleJSON is a rule as `sleet check --explain ID --format json` prints it.
type ruleJSON struct {
	ID          string              `json:"id"`
	Severity    facts.Severity      `json:"severity"`
	Title       message.Message     `json:"title"`
	Effect      message.Message     `json:"effect"`
	Explanation message.Message     `json:"explanation"`
	Fix         message.Message     `json:"fix"`
	Automatic   bool                `json:"automatic"`
	Runtimes    []scaffold.Runtime  `json:"runtimes"`
	Before      []rules.ExampleFile `json:"before"`
	After       []rules.ExampleFile `json:"after"`
	Page        string              `json:"page"`
}

// ExplainedJSON returns rules as a value for JSON.
func ExplainedJSON(explained []rules.Rule) any {
	list := make([]ruleJSON, 0, len(explained))
	for _, r := range explained {
		list = append(list, ruleJSON{
			ID: r.ID, Severity: r.Severity, Title: r.Title(), Effect: r.Consequence(), Explanation: r.Explanation(), Fix: r.Fix(),
			Automatic: r.Automatic, Runtimes: r.Runtimes, Page: r.Page,
			Before: rules.ExampleFiles(r.Example.Before), After: rules.ExampleFiles(r.Example.After),
		})
	}
	return map[string][]ruleJSON{"rules": list}
}

// explainWidth is the width of an explanation, in cells.
const explainWidth = 80

// rule writes what a rule looks for, the reason, an example, and the fix.
func (r *textReport) rule(rule rules.Rule) {
	fmt.Fprintf(&r.b, "%s%s %s:%s %s\n\n", severityStyle(rule.Severity), r.t(message.ID("check."+string(rule.Severity))), rule.ID, output.StyleEnd,
		r.t.Say(rule.Title()))
	for _, line := range cells.Wrap(r.t.Say(rule.Explanation()), explainWidth) {
		r.b.WriteString(line + "\n")
	}
	r.example("check.explain.before", rule.Example.Before)
	r.example("check.explain.after", rule.Example.After)
	r.b.WriteByte('\n')
	fix := r.t.Say(rule.Fix())
	if rule.Automatic {
		fix = r.t("check.automatic", "fix", fix)
	}
	runtimes := make([]string, 0, len(rule.Runtimes))
	for _, runtime := range rule.Runtimes {
		runtimes = append(runtimes, string(runtime))
	}
	r.wrapped("check.explain.effect", r.t.Say(rule.Consequence()))
	r.note("check.explain.runtime", strings.Join(runtimes, ", "))
	r.wrapped("check.fix", fix)
	if rule.Item != "" {
		r.note("check.explain.item", r.t(message.ID("migration.item."+rule.Item)))
	}
	r.note("check.explain.silence", "# sleet: ignore["+rule.ID+"]")
	r.note("check.see", rule.Page)
}

// wrapped is like note, for text that is broken into lines.
func (r *textReport) wrapped(head, text string) {
	room := explainWidth - cells.Width("  "+r.t(message.ID(head))+" ")
	r.note(head, strings.Join(cells.Wrap(text, room), "\n"))
}

// example writes the files of one side of an example. If there is only the main file, its name is left out.
func (r *textReport) example(head, side string) {
	fmt.Fprintf(&r.b, "\n%s%s%s\n", output.StyleStrong, r.t(message.ID(head)), output.StyleEnd)
	files := rules.ExampleFiles(side)
	for i, f := range files {
		if i > 0 {
			r.b.WriteByte('\n')
		}
		if len(files) > 1 || f.Path != rules.ExampleMain {
			fmt.Fprintf(&r.b, "  %s%s%s\n", output.StyleMark, f.Path, output.StyleEnd)
		}
		for line := range strings.Lines(f.Text) {
			r.b.WriteString(strings.TrimRight("    "+line, " \n") + "\n")
		}
	}
}

// Explained returns rules as text for a person.
func Explained(list []rules.Rule, t ui.Translate) string {
	report := textReport{t: t}
	for i, r := range list {
		if i > 0 {
			report.b.WriteByte('\n')
		}
		report.rule(r)
	}
	return report.b.String()
}
