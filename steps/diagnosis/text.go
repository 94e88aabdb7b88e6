package diagnosis

import (
	"strings"

	"sleet/steps/doctor"
)

// Text returns the report as text: one line for a chain that is in order, and every link of any other. It is styled
// with escape sequences; colorprofile removes those that the terminal does not support.
func (r Report) Text() string {
	d := drawing{Report: r, paint: escaped, shown: map[string]bool{}}
	d.columns(false)
	var b strings.Builder
	name, about := r.title()
	b.WriteString(escaped(strong, name) + "  " + about + "\n\n")
	for _, c := range r.Chains {
		b.WriteString(d.chain(c) + "\n")
		state := c.State()
		for _, l := range c.Links {
			if state == doctor.OK || state == doctor.Unknown && l.State == doctor.OK {
				continue
			}
			b.WriteString(strings.Join(d.lines(l), "\n") + "\n")
		}
	}
	return b.String()
}

// escaped styles a text with escape sequences.
func escaped(r role, text string) string {
	look := map[role]string{strong: "1", mark: "36", good: "32", bad: "1;31", open: "1;33"}[r]
	if look == "" {
		return text
	}
	return "\x1b[" + look + "m" + text + "\x1b[0m"
}
