package accessible

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sleet/scaffold"
	"sleet/steps"
)

// option is one answer of a choice in words.
type option struct{ value, title, brings, costs string }

// questions asks those that the answers call for, one after the other; an answer can call for
// others.
func (d *dialogue) questions(of func(steps.State) []steps.Question) error {
	asked := map[string]bool{}
	for {
		i := slices.IndexFunc(of(d.state), func(q steps.Question) bool { return !asked[q.Path] })
		if i < 0 {
			return nil
		}
		q := of(d.state)[i]
		if err := d.question(q); err != nil {
			return err
		}
		asked[q.Path] = true
	}
}

// question asks until the answer has no error.
func (d *dialogue) question(q steps.Question) error {
	_, why := q.Words(d.t)
	if why != "" {
		d.print(why)
	}
	for {
		if err := d.answer(q); err != nil {
			return err
		}
		if !d.wrong(q.Path) {
			return nil
		}
	}
}

// wrong says the problems of an answer, and whether one of them is an error.
func (d *dialogue) wrong(path string) bool {
	bad := false
	for _, p := range d.problems(path) {
		message, fix := steps.ProblemWords(d.t, p)
		d.print(fmt.Sprintf("%s: %s", d.t("accessible."+string(p.Severity)), message))
		if fix != "" {
			d.print(fix)
		}
		bad = bad || p.Severity == scaffold.Error
	}
	return bad
}

// answer takes one answer of any kind.
func (d *dialogue) answer(q steps.Question) error {
	label, _ := q.Words(d.t)
	switch q.Kind {
	case steps.List:
		return d.list(q, label)
	case steps.Toggle:
		return d.toggle(q, label)
	case steps.Choice:
		return d.choice(q, label)
	case steps.Text:
	}
	shown, _ := q.Answer(d.state.App)
	line, err := d.read(prompt(label, shown))
	if err != nil || line == "" {
		return err
	}
	if strings.TrimSpace(line) == "-" {
		line = ""
	}
	d.state = q.With(d.state, line, nil)
	return nil
}

func prompt(label, shown string) string {
	if shown == "" {
		return label + ":"
	}
	return fmt.Sprintf("%s [%s]:", label, shown)
}

func (d *dialogue) toggle(q steps.Question, label string) error {
	yes, no := d.t("ui.toggle.on"), d.t("ui.toggle.off")
	shown := no
	if text, _ := q.Answer(d.state.App); text != "" {
		shown = yes
	}
	for {
		line, err := d.read(fmt.Sprintf("%s, %s/%s [%s]:", label, yes, no, shown))
		if err != nil || line == "" {
			return err
		}
		switch strings.ToLower(strings.TrimSpace(line)) {
		case "y", "yes", "true", strings.ToLower(yes):
			d.state = q.With(d.state, "true", nil)
			return nil
		case "n", "no", "false", strings.ToLower(no):
			d.state = q.With(d.state, "", nil)
			return nil
		}
		d.say("accessible.unknown", "Answer", line)
	}
}

func (d *dialogue) choice(q steps.Question, label string) error {
	var options []option
	for _, o := range q.Options(d.state) {
		title, brings, costs := o.In(d.t)
		options = append(options, option{o.Value, title, brings, costs})
	}
	shown, _ := q.Answer(d.state.App)
	chosen, err := d.choose(label, options, shown)
	if err != nil {
		return err
	}
	if chosen != shown {
		d.state = q.With(d.state, chosen, nil)
	}
	return nil
}

// choose lists options by number and takes a number or a value.
func (d *dialogue) choose(label string, options []option, current string) (string, error) {
	at := max(slices.IndexFunc(options, func(o option) bool { return o.value == current }), 0)
	for i, o := range options {
		d.print(fmt.Sprintf("  %d. %s", i+1, o.title))
		for _, words := range []string{o.brings, o.costs} {
			if words != "" {
				d.print("     " + words)
			}
		}
	}
	for {
		line, err := d.read(fmt.Sprintf("%s, 1-%d [%d]:", label, len(options), at+1))
		if err != nil {
			return "", err
		}
		line = strings.TrimSpace(line)
		if line == "" {
			return options[at].value, nil
		}
		if n, err := strconv.Atoi(line); err == nil && n >= 1 && n <= len(options) {
			return options[n-1].value, nil
		}
		if i := slices.IndexFunc(options, func(o option) bool { return strings.EqualFold(o.value, line) }); i >= 0 {
			return options[i].value, nil
		}
		d.say("accessible.unknown", "Answer", line)
	}
}

// list takes lines until an empty one; "-2" takes the second away.
func (d *dialogue) list(q steps.Question, label string) error {
	for {
		lines := slices.Clone(q.Lines(d.state.App))
		for i, line := range lines {
			d.print(fmt.Sprintf("  %d. %s", i+1, line))
		}
		line, err := d.read(d.t("accessible.add", "Label", label))
		line = strings.TrimSpace(line)
		if err != nil || line == "" {
			return err
		}
		if n, ok := removal(line, len(lines)); ok {
			d.state = q.With(d.state, "", slices.Delete(lines, n, n+1))
			continue
		}
		if q.Check != nil {
			if err := q.Check(line); err != nil {
				d.print(err.Error())
				continue
			}
		}
		d.state = q.With(d.state, "", append(lines, line))
		d.wrong(fmt.Sprintf("%s[%d]", q.Path, len(lines)))
	}
}

// removal reads "-2": the second of n is to go.
func removal(line string, n int) (index int, ok bool) {
	digits, ok := strings.CutPrefix(line, "-")
	at, err := strconv.Atoi(digits)
	return at - 1, ok && err == nil && at >= 1 && at <= n
}
