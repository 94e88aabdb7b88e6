package survey

import (
	"cmp"
	"embed"
	"encoding/csv"
	"fmt"
	"html"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"sleet/scaffold/template"
	"sleet/snowflake/safely"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// WriteCSV writes the apps as CSV, in English, one line per app. A value that a spreadsheet could read as a formula is
// prefixed with an apostrophe.
func (r Report) WriteCSV(out io.Writer) error {
	w := csv.NewWriter(out)
	rows := [][]string{{
		"name", "runtime", "owner", "warehouse", "compute_pool", "root_location", "created", "changed", "secrets", "integrations",
		"blockers", "automatic", "manual", "effort", "reasons", "days_used", "credits", "container_credits",
	}}
	for _, a := range r.Apps {
		days, now, container := "", "", ""
		if a.Usage != nil {
			days = strconv.Itoa(a.Usage.Days)
			now, container = a.costs()
		}
		rows = append(rows, []string{
			a.Name, a.Runtime, a.Owner, a.Warehouse, a.ComputePool, a.RootLocation, a.Created, a.Changed, strings.Join(a.Secrets, " "),
			strings.Join(a.Integrations, " "), strings.Join(a.Blockers, "; "), strconv.Itoa(a.Automatic), strconv.Itoa(a.Manual), string(a.Effort), strings.Join(a.Reasons, "; "), days, now, container,
		})
	}
	for _, row := range rows {
		for i, cell := range row {
			row[i] = formula().ReplaceAllString(cell, "$1'$2")
		}
		if err := w.Write(row); err != nil {
			return err //nolint:wrapcheck // The caller says what failed.
		}
	}
	w.Flush()
	return w.Error() //nolint:wrapcheck // The caller says what failed.
}

// formula matches where a spreadsheet could start to read a formula: at the start of a value, and after characters that
// end a value in some spreadsheets and locales.
var formula = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(^|[;|\t\r\n])([ "']*[=+\-@＝＋－＠])`) })

// FromCSV returns the value that WriteCSV wrote.
func FromCSV(cell string) string { return escapedFormula().ReplaceAllString(cell, "$1$2") }

// escapedFormula matches like formula, including the apostrophe.
var escapedFormula = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(^|[;|\t\r\n])'([ "']*[=+\-@＝＋－＠])`) })

// Table returns the report for a terminal, one line per app followed by its blockers.
func (r Report) Table(t message.Translate) string {
	heads := []string{t("survey.head.name"), t("survey.head.runtime"), t("survey.head.owner"), t("survey.head.changes"), t("survey.head.effort")}
	measured := r.HasUsage()
	if measured {
		heads = append(heads, t("survey.head.credits"), t("survey.head.container"))
	}
	rows := make([][]string, 0, len(r.Apps))
	for _, a := range r.Apps {
		changes := ""
		if a.Effort != "" && a.Effort != None {
			changes = t("survey.changes", "automatic", a.Automatic, "manual", a.Manual)
		}
		rows = append(rows, []string{cells.Clean(a.Name), t(message.ID("diagnosis.runtime_" + a.Runtime)), cells.Clean(a.Owner), changes, effortWord(a.Effort, t)})
		if measured {
			now, container := a.costs()
			rows[len(rows)-1] = append(rows[len(rows)-1], cmp.Or(now, "?"), cmp.Or(container, "?"))
		}
	}
	widths := make([]int, len(heads))
	for _, row := range append([][]string{heads}, rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], cells.Width(cell))
		}
	}
	var b strings.Builder
	line := func(row []string) {
		for i, cell := range row {
			if i == len(row)-1 {
				b.WriteString(cell + "\n")
				break
			}
			b.WriteString(cells.Pad(cell, widths[i]) + "  ")
		}
	}
	line(heads)
	for i, row := range rows {
		line(row)
		for _, why := range r.Apps[i].Blockers {
			b.WriteString("  ! " + cells.Clean(why) + "\n")
		}
	}
	return b.String()
}

// effortWord returns the name of a grade, or a question mark if there is none.
func effortWord(e Effort, t message.Translate) string {
	if e == "" {
		return "?"
	}
	return t(message.ID("survey.effort." + string(e)))
}

// Summary returns the number of apps by grade in one line.
func (r Report) Summary(t message.Translate) string {
	counts := map[Effort]int{}
	for _, a := range r.Apps {
		counts[a.Effort]++
	}
	parts := []string{t("survey.count", "count", len(r.Apps))}
	for _, e := range []Effort{None, Small, Medium, Large} {
		if counts[e] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", effortWord(e, t), counts[e]))
		}
	}
	if counts[""] > 0 {
		parts = append(parts, t("survey.ungraded", "count", counts[""]))
	}
	if len(r.Unread) > 0 {
		parts = append(parts, t("survey.unread", "count", len(r.Unread)))
	}
	return strings.Join(parts, t("check.comma"))
}

//go:embed report.html
var pages embed.FS

// escape returns a text for HTML, with control characters as symbols.
func escape(text string) string { return html.EscapeString(safely.Visible(text)) }

// WriteHTML writes the report as a self-contained page with a table that can be sorted and filtered. Values are escaped
// as text and quoted attributes; none of them become part of the page's script or style.
func (r Report) WriteHTML(out io.Writer, account string, language string, t message.Translate) error {
	counts := map[Effort]int{}
	for _, a := range r.Apps {
		counts[a.Effort]++
	}
	page, err := template.Parse(pages, "report.html", template.Options{Escape: escape, Functions: template.Functions{
		"t":      func(id string, args ...any) string { return t(message.ID(id), args...) },
		"effort": func(e Effort) string { return effortWord(e, t) },
		"runtime": func(name string) string {
			return t(message.ID("diagnosis.runtime_" + name))
		},
		"rank": func(e Effort) int { return map[Effort]int{None: 1, Small: 2, Medium: 3, Large: 4}[e] },
		"join": strings.Join,
		"now":  func(a App) string { now, _ := a.costs(); return now },
		"container": func(a App) string {
			_, container := a.costs()
			return container
		},
		"hundredths": func(credits string) string { return strings.ReplaceAll(credits, ".", "") },
		"count":      func(e Effort) int { return counts[e] },
	}})
	if err != nil {
		return err
	}
	text, err := page.Fill("report.html", map[string]any{
		"Report": r, "Account": account, "Lang": language, "Efforts": []Effort{None, Small, Medium, Large},
		"Measured": r.HasUsage(), "Node": Node, "Rate": Rate(),
	})
	if err == nil {
		_, err = io.WriteString(out, text)
	}
	return err //nolint:wrapcheck // The caller says what failed.
}
