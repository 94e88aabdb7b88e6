package accessible

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sleet/scaffold/validate"
	"sleet/steps"
	"sleet/ui/message"
)

// option is one option of a choice, as text.
type option struct {
	value, title, brings, costs, here string
	also                              []string // other answers for it
}

// named reports whether an answer selects the option.
func (o option) named(answer string) bool {
	same := func(word string) bool { return strings.EqualFold(word, answer) }
	return same(o.value) || slices.ContainsFunc(o.also, same)
}

// questions asks the questions of a step one by one. An answer can add or remove questions.
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

// question asks until the answer is valid.
func (d *dialogue) question(q steps.Question) error {
	_, why := q.Words(d.t)
	if why != "" {
		d.print(why)
	}
	for {
		if err := d.answer(q); err != nil {
			return err
		}
		if !d.reportProblems(q.Path) {
			return nil
		}
	}
}

// reportProblems prints the problems of an answer, and reports whether one of them is an error.
func (d *dialogue) reportProblems(path string) bool {
	bad := false
	for _, p := range d.problems(path) {
		msg, fix := d.Words.Say(p.Message), d.Words.Say(p.Fix)
		d.print(fmt.Sprintf("%s: %s", d.t(message.ID("accessible."+string(p.Severity))), msg))
		if fix != "" {
			d.print(fix)
		}
		bad = bad || p.Severity == validate.Error
	}
	return bad
}

// answer reads one answer of any kind.
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
	d.offerInventory(q)
	line, err := d.read(prompt(label, shown))
	if err != nil || line == "" {
		return err
	}
	switch strings.TrimSpace(line) {
	case "-":
		line = ""
	case inventoryWord:
		if chosen, err := d.fromAccount(q, label); chosen || err != nil {
			return err
		}
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
	text, _ := q.Answer(d.state.App)
	on, given, err := d.confirm(label, text != "")
	if err != nil || !given {
		return err
	}
	d.state = q.With(d.state, map[bool]string{true: "true"}[on], nil)
	return nil
}

// confirm asks a yes-or-no question. An empty line selects the current value, and given is false.
func (d *dialogue) confirm(label string, now bool) (on, given bool, err error) {
	yes, no := d.t("ui.toggle.on"), d.t("ui.toggle.off")
	shown := map[bool]string{true: yes, false: no}[now]
	for {
		line, err := d.read(fmt.Sprintf("%s, %s/%s [%s]:", label, yes, no, shown))
		if err != nil {
			return false, false, err
		}
		switch strings.ToLower(strings.TrimSpace(line)) {
		case "":
			return now, false, nil
		case "y", "yes", "true", strings.ToLower(yes):
			return true, true, nil
		case "n", "no", "false", strings.ToLower(no):
			return false, true, nil
		}
		d.say("accessible.unknown")
	}
}

func (d *dialogue) choice(q steps.Question, label string) error {
	var options []option
	for _, o := range q.Options(d.state) {
		words := o.In(d.t)
		options = append(options, option{value: o.Value, title: words.Title, brings: words.Brings, costs: words.Costs, here: words.Here})
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

// choose lists options by number, and reads a number or a value.
func (d *dialogue) choose(label string, options []option, current string) (string, error) {
	at := max(slices.IndexFunc(options, func(o option) bool { return o.value == current }), 0)
	for i, o := range options {
		d.print(fmt.Sprintf("  %d. %s", i+1, o.title))
		for _, words := range []string{o.brings, o.costs, o.here} {
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
		if i := slices.IndexFunc(options, func(o option) bool { return o.named(line) }); i >= 0 {
			return options[i].value, nil
		}
		d.say("accessible.unknown")
	}
}

// list reads lines until an empty one; "-2" removes the second, "2" changes it.
func (d *dialogue) list(q steps.Question, label string) error {
	for {
		lines := slices.Clone(q.Lines(d.state.App))
		for i, line := range lines {
			d.print(fmt.Sprintf("  %d. %s", i+1, line))
		}
		d.offerInventory(q)
		line, err := d.read(d.t("accessible.add", "label", label))
		line = strings.TrimSpace(line)
		if err != nil || line == "" {
			return err
		}
		if line == inventoryWord {
			if chosen, err := d.fromAccount(q, label); err != nil || chosen {
				if err != nil {
					return err
				}
				continue
			}
		}
		if n, ok := removal(line, len(lines)); ok {
			d.state = q.With(d.state, "", slices.Delete(lines, n, n+1))
			continue
		}
		at, changes := number(line, len(lines))
		if changes {
			if line, err = d.changed(label, lines[at]); err != nil {
				return err
			}
		} else {
			at, lines = len(lines), append(lines, line)
		}
		if q.Check != nil {
			if err := q.Check(line); err != nil {
				d.print(err.Error())
				continue
			}
		}
		lines[at] = line
		d.state = q.With(d.state, "", lines)
		d.reportProblems(fmt.Sprintf("%s[%d]", q.Path, at))
	}
}

// changed asks for the new value of a line of a list; an empty answer keeps it.
func (d *dialogue) changed(label, line string) (string, error) {
	answer, err := d.read(prompt(label, line))
	if answer = strings.TrimSpace(answer); err != nil || answer == "" {
		return line, err
	}
	return answer, nil
}

// removal parses "-2", which removes the second of n.
func removal(line string, n int) (index int, ok bool) {
	digits, ok := strings.CutPrefix(line, "-")
	at, err := strconv.Atoi(digits)
	return at - 1, ok && err == nil && at >= 1 && at <= n
}
