package command

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/check/rules"
	"sleet/scaffold/suggest"
	"sleet/steps/command/exit"
	"sleet/steps/command/output"
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

// explain prints what rules look for and why. The ids are those of --explain and the arguments.
func (o *checkOptions) explain(args []string) error {
	var list []rules.Rule
	for _, id := range slices.Concat(o.explained, args) {
		rule, ok := rules.RuleOf(strings.ToUpper(strings.TrimSpace(id)))
		if !ok {
			return unknownRule(id)
		}
		list = append(list, rule)
	}
	switch o.format {
	case formatJSON:
		return output.JSON(o.host.Out, map[string][]ruleJSON{"rules": rulesJSON(list)})
	case formatText:
		return o.printRules(list)
	default:
		return exit.Usage(nil, "check.explain.format", "value", strconv.Quote(o.format))
	}
}

// nearRules is how many rules an error names at most in place of one that does not exist.
const nearRules = 5

// unknownRule returns the error about an id that no rule has. It names the ids that are most like it.
func unknownRule(id string) error {
	asked := strings.ToUpper(strings.TrimSpace(id))
	distance := func(known string) int {
		if asked != "" && strings.HasPrefix(known, asked) {
			return 0
		}
		return suggest.Distance(asked, known)
	}
	near := slices.DeleteFunc(ruleIDs(), func(known string) bool { return distance(known) > 1 })
	if len(near) == 0 {
		return exit.Usage(nil, "check.flag.rule", "flag", "--explain", "id", strconv.Quote(id), "rules", strings.Join(ruleIDs(), ", "))
	}
	slices.SortStableFunc(near, func(a, b string) int {
		return cmp.Or(cmp.Compare(distance(a), distance(b)), cmp.Compare(samePrefix(asked, b), samePrefix(asked, a)))
	})
	near = near[:min(len(near), nearRules)]
	return exit.Usage(nil, "check.explain.unknown", "id", strconv.Quote(id), "rules", strings.Join(near, ", "))
}

// samePrefix counts the bytes that two ids have in common at their beginning.
func samePrefix(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

func rulesJSON(explained []rules.Rule) []ruleJSON {
	list := make([]ruleJSON, 0, len(explained))
	for _, r := range explained {
		list = append(list, ruleJSON{
			ID: r.ID, Severity: r.Severity, Title: r.Title(), Effect: r.Breaks(), Explanation: r.Explanation(), Fix: r.Fix(),
			Automatic: r.Automatic, Runtimes: r.Runtimes, Page: r.Page,
			Before: rules.ExampleFiles(r.Example.Before), After: rules.ExampleFiles(r.Example.After),
		})
	}
	return list
}

// explainWidth is how many cells a line of an explanation has at most.
const explainWidth = 80

// printRules prints rules for a person.
func (o *checkOptions) printRules(explained []rules.Rule) error {
	report := textReport{t: o.host.Catalogue(o.globals.lang).T}
	for i, r := range explained {
		if i > 0 {
			report.b.WriteByte('\n')
		}
		report.rule(r)
	}
	out := colorprofile.NewWriter(o.host.Out, o.host.Environ)
	if _, err := out.WriteString(report.b.String()); err != nil {
		return message.Wrap(err, "check.unprinted")
	}
	return nil
}

// rule writes what a rule looks for, why, an example, and what to do.
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
	r.wrapped("check.explain.effect", r.t.Say(rule.Breaks()))
	r.note("check.explain.runtime", strings.Join(runtimes, ", "))
	r.wrapped("check.fix", fix)
	if rule.Item != "" {
		r.note("check.explain.item", r.t(message.ID("move.item."+rule.Item)))
	}
	r.note("check.explain.silence", "# sleet: ignore["+rule.ID+"]")
	r.note("check.see", rule.Page)
}

// wrapped is note for a text that is broken into lines.
func (r *textReport) wrapped(head, text string) {
	room := explainWidth - cells.Width("  "+r.t(message.ID(head))+" ")
	r.note(head, strings.Join(cells.Wrap(text, room), "\n"))
}

// example writes the files of one side of an example. The name of a main file that stands alone is left out.
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
