package command

import (
	"fmt"
	"io"
	"strings"

	"sleet/scaffold"
	"sleet/ui"
)

// warn prints problems on standard error.
func (o *newOptions) warn(problems []scaffold.Problem) {
	for _, p := range problems {
		o.say("%s", problemText(p))
	}
}

// problemText is a problem as prose: severity, place, what is wrong, what to do, and the page
// that says so.
func problemText(p scaffold.Problem) string {
	var b strings.Builder
	b.WriteString(string(p.Severity) + ": ")
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(p.Message)
	if p.Fix != "" {
		b.WriteString("\n  fix: " + p.Fix)
	}
	if p.Page != "" {
		b.WriteString("\n  see: " + p.Page)
	}
	return b.String()
}

// say prints prose on standard error.
func (o *newOptions) say(format string, args ...any) { say(o.host.Err, fmt.Sprintf(format, args...)) }

// say prints a text and ends its line.
func say(out io.Writer, text string) {
	//nolint:errcheck // Where standard error is closed nobody is left to tell.
	fmt.Fprintln(out, clean(text))
}

// clean makes control characters of outside text visible; lines and tabs stay.
func clean(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		cells := strings.Split(line, "\t")
		for j, cell := range cells {
			cells[j] = ui.Clean(cell)
		}
		lines[i] = strings.Join(cells, "\t")
	}
	return strings.Join(lines, "\n")
}
