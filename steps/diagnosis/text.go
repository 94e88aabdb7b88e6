package diagnosis

import (
	"strings"

	"sleet/steps/doctor"
)

// Text is the report for a person: a line a chain that holds, and every link of one that does not. Its colours are
// those of a terminal; colorprofile takes away what the terminal has not.
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

// escaped gives a text its look by the sequences of a terminal.
func escaped(r role, text string) string {
	look := map[role]string{strong: "1", mark: "36", good: "32", bad: "1;31", open: "1;33"}[r]
	if look == "" {
		return text
	}
	return "\x1b[" + look + "m" + text + "\x1b[0m"
}
