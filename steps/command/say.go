package command

import (
	"fmt"
	"io"
	"strings"

	"sleet/scaffold/validate"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// warn prints problems on standard error.
func (o *newOptions) warn(problems []validate.Problem) {
	for _, p := range problems {
		o.say("%s", problemText(o.words(), p))
	}
}

// words returns the texts in the person's language.
func (o *newOptions) words() ui.Translate { return o.globals.words(o.host) }

// words returns the texts in the language that was asked for, by an option or by the environment.
func (g *globals) words(host Host) ui.Translate {
	return message.For(message.Language(g.lang, host.getenv)).T
}

// problemText is a problem as prose: severity, place, what is wrong, what to do, and the page
// that says so.
func problemText(t ui.Translate, p validate.Problem) string {
	msg, fix := t.Say(p.Message), t.Say(p.Fix)
	var b strings.Builder
	b.WriteString(t(message.ID("check."+string(p.Severity))) + ": ")
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(msg)
	if fix != "" {
		b.WriteString("\n  " + t("check.fix") + " " + fix)
	}
	if p.Page != "" {
		b.WriteString("\n  " + t("check.see") + " " + p.Page)
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
		columns := strings.Split(line, "\t")
		for j, cell := range columns {
			columns[j] = message.MaskURLs(cells.Clean(cell))
		}
		lines[i] = strings.Join(columns, "\t")
	}
	return strings.Join(lines, "\n")
}
