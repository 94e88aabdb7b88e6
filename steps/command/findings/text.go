// Package findings renders the results of a check as text, JSON and SARIF, and explains rules. It does no I/O.
package findings

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/check/rules"
	"sleet/scaffold/existing"
	"sleet/steps/command/output"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// Checked is a folder with the report of its check.
type Checked struct {
	Folder *existing.Folder
	Report check.Report
}

// RuleIDs returns the ids of all rules, in order.
func RuleIDs() []string {
	rules := rules.Rules()
	ids := make([]string, 0, len(rules))
	for _, r := range rules {
		ids = append(ids, r.ID)
	}
	slices.Sort(ids)
	return ids
}

// Text returns the findings in the style of a compiler: place, message, line, fix; "" if there are none.
func Text(checks []Checked, t ui.Translate) string {
	report := textReport{t: t}
	for _, c := range checks {
		for _, f := range c.Report.Findings {
			report.finding(c.Folder, f)
		}
		for _, s := range c.Report.Skipped {
			report.skipped(c.Folder, s)
		}
	}
	return report.b.String()
}

// ShownApps returns the names of the apps that were checked.
func ShownApps(checks []Checked) []string {
	var names []string
	for _, c := range checks {
		for _, app := range c.Folder.Apps {
			names = append(names, cells.Clean(shownPath(c.Folder, app.Root)))
		}
	}
	return names
}

// shownPath returns a file's path below the folder as the person named it.
func shownPath(folder *existing.Folder, p string) string {
	return filepath.FromSlash(path.Join(filepath.ToSlash(folder.Dir), p))
}

// textReport builds the report in a person's language.
type textReport struct {
	b strings.Builder
	t ui.Translate
}

// finding writes one finding with its line.
func (r *textReport) finding(folder *existing.Folder, f facts.Finding) {
	fmt.Fprintf(&r.b, "%s%s:%d:%d:%s %s%s %s:%s %s\n", output.StyleStrong, cells.Clean(shownPath(folder, f.Path)), f.Line, f.Column, output.StyleEnd,
		severityStyle(f.Severity), r.t(message.ID("check."+string(f.Severity))), f.Rule, output.StyleEnd, output.Clean(r.t.Say(f.Message)))
	if line, known := check.Line(folder, f); known {
		writeLine(&r.b, f.Line, line)
	}
	fix := r.t.Say(f.Fix)
	if f.Automatic {
		fix = r.t("check.automatic", "fix", fix)
	}
	r.note("check.fix", fix)
	if rule, ok := rules.RuleOf(f.Rule); ok && rule.Page != "" {
		r.note("check.see", rule.Page)
	}
	r.b.WriteByte('\n')
}

// severityStyle returns the style of a severity.
func severityStyle(severity facts.Severity) string {
	return map[facts.Severity]string{facts.Error: output.StyleError, facts.Warning: output.StyleWarning, facts.Advice: output.StyleAdvice}[severity]
}

// note writes a labelled line below a finding.
func (r *textReport) note(head, text string) {
	head = r.t(message.ID(head))
	indent := "\n" + strings.Repeat(" ", len("  ")+cells.Width(head)+1)
	fmt.Fprintf(&r.b, "  %s%s%s %s\n", output.StyleMark, head, output.StyleEnd, strings.ReplaceAll(output.Clean(text), "\n", indent))
}

// skipped writes a file that was skipped.
func (r *textReport) skipped(folder *existing.Folder, s existing.Skipped) {
	place := cells.Clean(shownPath(folder, s.Path))
	if s.Line > 0 {
		place += fmt.Sprintf(":%d", s.Line)
	}
	fmt.Fprintf(&r.b, "%s%s:%s %s\n\n", output.StyleStrong, place, output.StyleEnd, r.t("check.skipped", "why", output.Clean(r.t.Say(s.Reason))))
}

// writeLine writes the line of a finding, with carets below the place.
func writeLine(b *strings.Builder, at int, line check.Excerpt) {
	e := excerptOf(line.Text, line.From, line.To)
	number := fmt.Sprintf("%5d", at)
	fmt.Fprintf(b, "%s%s |%s", output.StyleMark, number, output.StyleEnd)
	if e.text != "" {
		b.WriteString(" " + e.text)
	}
	fmt.Fprintf(b, "\n%s%s |%s %s%s%s%s\n", output.StyleMark, strings.Repeat(" ", len(number)), output.StyleEnd,
		strings.Repeat(" ", e.at), output.StyleWarning, strings.Repeat("^", e.width), output.StyleEnd)
}

// excerpt is a line as it is drawn, with the start and the number of its carets in cells.
type excerpt struct {
	text      string
	at, width int
}

const (
	// tabWidth is the number of cells between tab stops.
	tabWidth = 4
	// excerptWidth is the most cells of a line that are shown. excerptLead is how many of them are before the place, in
	// a longer line.
	excerptWidth = 120
	excerptLead  = 30
)

// excerptOf renders a line with carets below the columns from…to. It expands tabs, makes invisible characters visible,
// counts wide characters as two cells, and shortens a long line to the part around the place.
func excerptOf(line string, from, to int) excerpt {
	var kept []cell
	total, at, end, column := 0, -1, -1, 1
	for _, r := range line {
		drawn := drawRune(r, total)
		if column == from {
			at = total
		}
		if column == to {
			end = total
		}
		kept = append(kept, cell{drawn, total})
		total += cells.Width(drawn)
		column++
	}
	if at < 0 {
		at = total
	}
	if end < at {
		end = total
	}
	e := excerpt{at: at, width: max(end-at, 1)}
	first, last := 0, total
	if total > excerptWidth {
		first = max(0, min(at-excerptLead, total-excerptWidth))
		last = first + excerptWidth
	}
	var b strings.Builder
	start := -1
	for _, c := range kept {
		if c.at < first || c.at+cells.Width(c.text) > last {
			continue
		}
		if start < 0 {
			start = c.at
		}
		b.WriteString(c.text)
	}
	e.text = strings.TrimRight(b.String(), " ")
	if start > 0 {
		e.text, e.at = "…"+e.text, e.at-start+1
	}
	if last < total {
		e.text += "…"
		e.width = max(1, min(e.width, last-at))
	}
	return e
}

// cell is one drawn character with its position.
type cell struct {
	text string
	at   int
}

// drawRune returns a character as it is drawn at a column of cells.
func drawRune(r rune, column int) string {
	switch {
	case r == '\t':
		return strings.Repeat(" ", tabWidth-column%tabWidth)
	case r >= ' ' && r < 0x7f:
		return string(r)
	default:
		return cells.Clean(string(r))
	}
}

// Verdict returns the summary, "" if nothing was found, and whether the check failed. Advice is not a failure.
func Verdict(checks []Checked, t ui.Translate) (summary string, failed bool) {
	count := map[facts.Severity]int{}
	automatic, broken, files := 0, 0, map[string]bool{}
	for _, c := range checks {
		for _, f := range c.Report.Findings {
			count[f.Severity]++
			files[f.Dir+"\x00"+f.Path] = true
			if f.Automatic {
				automatic++
			}
		}
		for _, s := range c.Report.Skipped {
			if !s.Handler {
				broken++
			}
		}
	}
	total := 0
	var counts, parts []string
	for _, severity := range []facts.Severity{facts.Error, facts.Warning, facts.Advice} {
		if n := count[severity]; n > 0 {
			total += n
			counts = append(counts, t(message.ID("check.count_"+string(severity)), "count", n))
		}
	}
	if total > 0 {
		parts = append(parts, t("check.found", "findings", t("check.findings", "count", total), "files", t("check.files", "count", len(files)),
			"counts", strings.Join(counts, t("check.comma"))))
	}
	if automatic > 0 {
		parts = append(parts, t("check.migrates", "count", automatic))
	}
	if broken > 0 {
		parts = append(parts, t("check.broken", "count", broken))
	}
	return strings.Join(parts, t("check.and")), count[facts.Error]+count[facts.Warning]+broken > 0
}
