package accessible

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/catalogue"
	"sleet/steps"
	"sleet/steps/wizard"
	"sleet/ui/message"
)

// secrets lists the secrets, and reads new ones, changes and removals until an empty line.
func (d *dialogue) secrets() error {
	for {
		a := d.state.App.Clone()
		for i, s := range a.Resolve().Secrets {
			d.print(fmt.Sprintf("  %d. %s, %s, %s", i+1, s.Key, d.optionLabel("secrets.type", string(s.Type)), d.optionLabel("secrets.access", string(s.Access))))
		}
		line, err := d.read(d.t("accessible.secrets"))
		line = strings.TrimSpace(line)
		if err != nil || line == "" {
			return err
		}
		if n, ok := removal(line, len(a.Secrets)); ok {
			a.Secrets = slices.Delete(a.Secrets, n, n+1)
			d.state = d.state.WithApp(a)
			continue
		}
		row, numbered := number(line, len(a.Secrets))
		if _, err := strconv.Atoi(line); err == nil && !numbered { // no key, and no secret with this number
			d.say("accessible.unknown")
			continue
		}
		if !numbered {
			row = len(a.Secrets)
			a.Secrets = append(a.Secrets, scaffold.SecretDecl{Key: line})
			d.state = d.state.WithApp(a)
		}
		if !numbered && d.reportProblems(fmt.Sprintf("secrets[%d].key", row)) {
			continue // it remains in the list with its error, to be fixed or removed
		}
		of := func(s steps.State) []steps.Question {
			all := steps.SecretQuestions(s, row)
			if !numbered {
				return all[1:] // the key was just entered
			}
			return all
		}
		if err := d.questions(of); err != nil && !errors.Is(err, errBack) { // back to the list
			return err
		}
	}
}

// optionLabel returns an option's label, or the value if it is not an option.
func (d *dialogue) optionLabel(question, value string) string {
	return cmp.Or(steps.OptionalText(d.t, message.ID(steps.OptionMessage(question, value)+".label")), value)
}

// number parses "2", the second of n.
func number(line string, n int) (index int, ok bool) {
	at, err := strconv.Atoi(line)
	return at - 1, err == nil && at >= 1 && at <= n
}

// config lists the options that are set, and reads the names of others until an empty line.
func (d *dialogue) config() error {
	if err := d.question(steps.ThemeQuestion(steps.CustomTheme(d.state.App))); err != nil {
		return err
	}
	for {
		keys := steps.ConfigKeys(d.state.App)
		for i, key := range keys {
			text, _ := steps.ConfigQuestion(key).Answer(d.state.App)
			d.print(fmt.Sprintf("  %d. %s = %s", i+1, key, text))
		}
		line, err := d.read(d.t("accessible.config"))
		line = strings.TrimSpace(line)
		if err != nil || line == "" {
			return err
		}
		if n, ok := removal(line, len(keys)); ok {
			d.state = steps.ConfigQuestion(keys[n]).With(d.state, "", nil)
			continue
		}
		if n, ok := number(line, len(keys)); ok {
			line = keys[n]
		}
		if _, known := catalogue.Lookup(line); !known {
			d.options(line)
			continue
		}
		err = d.question(steps.ConfigQuestion(line))
		if err != nil && !errors.Is(err, errBack) { // back to the list
			return err
		}
		for _, line := range wizard.ThemeLines(d.plain(), d.state.App) {
			d.printPlain(line)
		}
	}
}

// options lists the options whose name contains a text, or suggests the nearest one.
func (d *dialogue) options(text string) {
	found := false
	for _, o := range steps.ConfigOptions(d.state) {
		if strings.Contains(strings.ToLower(o.Key), strings.ToLower(text)) {
			d.print("  " + o.Key + ": " + o.Summary().In(d.t))
			found = true
		}
	}
	if !found {
		near, _ := catalogue.Nearest(text)
		d.say("accessible.no_option", "near", near)
	}
}
