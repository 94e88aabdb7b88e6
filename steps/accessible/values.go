package accessible

import (
	"strings"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// fromFile is the prefix of a path to a file that contains a secret's value. Doubled, it is the first character of a
// value.
const fromFile = "@"

// values asks for the values of secrets: the required ones, and those that may be replaced. They are never shown.
func (d *dialogue) values(assessment deploy.Assessment) error {
	needed, others := steps.WantedParts(d.state.App, assessment)
	if len(needed)+len(others) == 0 {
		return nil
	}
	d.title(steps.SecretValuesStep)
	if d.Effects.Account.ReadValue != nil {
		d.say("accessible.secret", "sign", fromFile)
	}
	given := deploy.SecretValues{}
	for i, part := range append(needed, others...) {
		must := i < len(needed) || len(given.Missing(deploy.ValueParts(d.state.App), part.Key)) > 0 && d.partEntered(given, part)
		value, err := d.value(part, must)
		if err != nil {
			return err
		}
		if !value.Empty() {
			given[part] = value
		}
	}
	d.state.SecretValues = given
	return nil
}

// partEntered reports whether another part of the same value was entered.
func (d *dialogue) partEntered(given deploy.SecretValues, part deploy.ValuePart) bool {
	for other := range given {
		if other.Key == part.Key {
			return true
		}
	}
	return false
}

// value asks for a value until it is valid.
func (d *dialogue) value(part deploy.ValuePart, must bool) (snowflake.Secret, error) {
	prompt := part.String() + ":"
	if !must {
		prompt = part.String() + " [" + d.t("secret_values.keep") + "]:"
	}
	for {
		value, err := d.readValue(part, prompt)
		if err != nil {
			return value, err
		}
		if value.Reveal() == back {
			return value, errBack
		}
		value, err = d.readFromFile(value)
		switch {
		case err != nil:
			d.print(d.t("accessible.error") + ": " + d.Words.Say(message.Of(err)))
			continue
		case value.Empty() && !must:
			return value, nil
		case value.Empty():
			d.say("secret_values.missing")
			continue
		}
		if err := deploy.CheckValue(part, value); err != nil {
			d.print(d.t("accessible.error") + ": " + d.Words.Say(message.Of(err)))
			continue
		}
		return value, nil
	}
}

// readValue asks for a part of a value, which is hidden unless it may be visible.
func (d *dialogue) readValue(part deploy.ValuePart, prompt string) (snowflake.Secret, error) {
	if part.Visible() {
		return d.shown(prompt)
	}
	return d.hidden(d.ctx, prompt)
}

// readFromFile reads the value from a file if it names one.
func (d *dialogue) readFromFile(value snowflake.Secret) (snowflake.Secret, error) {
	path, named := strings.CutPrefix(value.Reveal(), fromFile)
	switch read := d.Effects.Account.ReadValue; {
	case !named || read == nil:
		return value, nil
	case strings.HasPrefix(path, fromFile):
		return snowflake.NewSecret(path), nil
	default:
		value, err := read(path)
		if err != nil { // the error must not contain the path: it may be a mistyped value
			return value, message.NewError("accessible.no_file", "sign", fromFile)
		}
		return value, nil
	}
}
