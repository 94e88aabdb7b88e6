package survey_test

import (
	"encoding/csv"
	"regexp"
	"strings"
	"testing"

	"sleet/steps/survey"
	"sleet/ui/message"
)

// formulas returns object names crafted to be evaluated by a spreadsheet, with commas or semicolons as separators.
func formulas() []string {
	return []string{
		"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", `D.S."a;=HYPERLINK(""http://x"")"`, "x;  =1", "x\n=1", `x;"=1`, `x;'=1`, `';'=1`, "＝1", "a|+1", ";=;=",
		"plain", "D.S.APP", "a-b", "x; y", `D.S."it's"`, "",
	}
}

// TestCSVHasNoFormulas reads each line like a spreadsheet with semicolons as separators, and reads the values back.
func TestCSVHasNoFormulas(t *testing.T) {
	t.Parallel()
	formula := regexp.MustCompile(`^[\s"]*[=+\-@＝＋－＠]`)
	for _, text := range formulas() {
		var out strings.Builder
		r := survey.Report{Apps: []survey.App{{Name: text, Owner: text, Blockers: []string{text, text}, Reasons: []string{text}}}}
		if err := r.WriteCSV(&out); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatalf("reading %q: %v, %q", text, err, rows)
		}
		for _, cell := range rows[1] {
			for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(";|\t\r\n", r) }) {
				if formula.MatchString(part) {
					t.Errorf("WriteCSV(%q) = %q, which contains the formula %q", text, cell, part)
				}
			}
		}
		// encoding/csv reads \r\n as \n; no name has either.
		if got := survey.FromCSV(rows[1][0]); got != text {
			t.Errorf("FromCSV(WriteCSV(%q)) = %q", text, got)
		}
	}
}

// TestHTMLShowsNamesAsText checks that markup in names is escaped.
func TestHTMLShowsNamesAsText(t *testing.T) {
	t.Parallel()
	const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>{{.}}</title>` + "\x1b[2J\u009b\u202e"
	app := survey.App{
		Name: hostile, Owner: hostile, Warehouse: hostile, Created: hostile, Runtime: "warehouse", Effort: survey.Large,
		Blockers: []string{hostile}, Reasons: []string{hostile}, Secrets: []string{hostile}, Integrations: []string{hostile},
	}
	var out strings.Builder
	r := survey.Report{Apps: []survey.App{app}, Unread: []survey.Unread{{Name: hostile, Reason: hostile}}}
	if err := r.WriteHTML(&out, hostile, "en", message.For("en").T); err != nil {
		t.Fatal(err)
	}
	if page := out.String(); strings.Contains(page, "<script>alert") || strings.Contains(page, "<img") || strings.ContainsAny(page, "\x1b\u009b\u202e") || strings.Count(page, "<script>") != 1 || strings.Count(page, "</title>") != 1 {
		t.Errorf("a name is not escaped:\n%s", page)
	}
}

// TestSummaryCountsEveryApp checks that apps whose code was not read are counted too.
func TestSummaryCountsEveryApp(t *testing.T) {
	t.Parallel()
	r := survey.Report{Apps: []survey.App{{Effort: survey.None}, {}, {}}, Unread: []survey.Unread{{}}}
	if got, want := r.Summary(message.For("en").T), "3 apps, none 1, 2 not graded, 1 could not be read"; got != want {
		t.Errorf("Summary() = %q, want %q", got, want)
	}
}
