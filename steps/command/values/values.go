// Package values reads the values of secrets: from the environment, a file, a store such as a keychain, or the person.
// No error repeats a value.
package values

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"sleet/snowflake"
	"sleet/snowflake/safely"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/message"
)

// Gather reads the values of secrets from the environment and from the file or store of --secrets-from, which has
// precedence. No error repeats a value, or an unknown name in the file: it may be a value.
func Gather(ctx context.Context, host machine.Host, from string, parts []deploy.ValuePart) (deploy.SecretValues, error) {
	values := deploy.SecretValues{}
	for _, p := range parts {
		if text := host.Getenv(p.Variable()); text != "" {
			values[p] = snowflake.NewSecret(text)
		}
	}
	if store, ref, ok := valueStoreOf(from); ok {
		if err := readStore(ctx, host, store, from, ref, parts, values); err != nil {
			return nil, err
		}
	} else if from != "" {
		name, data, err := readValues(ctx, host, from)
		if err != nil {
			return nil, err
		}
		if err := parseValues(name, data, parts, values); err != nil {
			return nil, err
		}
	}
	for _, p := range parts {
		if value, given := values[p]; given {
			if err := deploy.CheckValue(p, value); err != nil {
				return nil, &exit.UsageError{Err: err}
			}
		}
	}
	return values, halfGiven(values.Partial(parts))
}

// halfGiven returns an error for secrets with only some of their parts given.
func halfGiven(half []deploy.ValuePart) error {
	if len(half) == 0 {
		return nil
	}
	return Missing("value.half", half)
}

// Missing returns an error that names the variables of missing values.
func Missing(id string, parts []deploy.ValuePart) error {
	lines := make([]message.Message, 0, len(parts))
	for _, p := range parts {
		lines = append(lines, message.New("value.ways", "variable", p.Variable(), "secret", p))
	}
	return exit.Usage(nil, message.ID(id), "ways", message.Join("\n", lines...))
}

// readValues reads the file of --secrets-from, or standard input.
func readValues(ctx context.Context, host machine.Host, from string) (name string, data []byte, err error) {
	if from == "-" {
		name = "standard input"
		data, err = machine.ReadAll(ctx, host.In)
	} else {
		name = from
		data, err = machine.ReadNamed(ctx, host.Path(from))
	}
	switch {
	case errors.Is(err, context.Canceled):
		return name, nil, err
	case err != nil:
		return name, nil, exit.Usage(err, "value.unread")
	case len(data) > machine.MaxInput:
		return name, nil, exit.Usage(nil, "value.long", "file", name, "bytes", machine.MaxInput)
	}
	return name, data, nil
}

// parseValues parses values in TOML: key = "value", key.username = "value". It does not return the errors of the TOML
// parser, which repeat the text.
func parseValues(name string, data []byte, parts []deploy.ValuePart, into deploy.SecretValues) error {
	var file map[string]any
	var deep *safely.LimitError
	if errors.As(safely.CheckTOML(data), &deep) {
		return exit.Usage(nil, "value.too_deep", "place", fmt.Sprintf("%s:%d:%d", name, deep.Line, deep.Column), "why", deep.Limit)
	}
	if err := toml.Unmarshal(data, &file); err != nil {
		place := name
		var at *toml.DecodeError
		if errors.As(err, &at) {
			row, column := at.Position()
			place = fmt.Sprintf("%s:%d:%d", name, row, column)
		}
		return exit.Usage(nil, "value.not_toml", "place", place)
	}
	for key, value := range file {
		fields, isTable := value.(map[string]any)
		if !isTable {
			fields = map[string]any{"": value}
		}
		for field, value := range fields {
			part, ok := findPart(parts, key, field)
			if !ok {
				return exit.Usage(nil, "value.no_secret", "place", name+lineOf(data, key, field), "secrets", listParts(parts))
			}
			text, ok := value.(string)
			if !ok {
				return exit.Usage(nil, "value.no_text", "place", name+lineOf(data, key, field), "secret", part)
			}
			into[part] = snowflake.NewSecret(text)
		}
	}
	return nil
}

// findPart returns the part with a name from a file. It ignores case, since no two keys differ only in case.
func findPart(parts []deploy.ValuePart, key, field string) (deploy.ValuePart, bool) {
	i := slices.IndexFunc(parts, func(p deploy.ValuePart) bool {
		return strings.EqualFold(p.Key, key) && strings.EqualFold(p.Field, field)
	})
	if i < 0 {
		return deploy.ValuePart{}, false
	}
	return parts[i], true
}

// lineOf returns ":LINE" for the first line that begins with an entry's name, "" if there is none.
func lineOf(data []byte, key, field string) string {
	for _, name := range []string{key + "." + field, key, field} {
		for i, line := range strings.Split(string(data), "\n") {
			if line = strings.TrimLeft(line, " \t[\"'"); name != "" && strings.HasPrefix(line, strings.TrimSuffix(name, ".")) {
				return fmt.Sprintf(":%d", i+1)
			}
		}
	}
	return ""
}

func listParts(parts []deploy.ValuePart) message.Message {
	if len(parts) == 0 {
		return message.New("value.none")
	}
	names := make([]string, 0, len(parts))
	for _, p := range parts {
		names = append(names, p.String())
	}
	return message.Verbatim(strings.Join(names, ", "))
}

// Ask asks for missing parts on the terminal without echoing them.
func Ask(ctx context.Context, host machine.Host, t ui.Translate, missing []deploy.ValuePart, values deploy.SecretValues) error {
	for _, p := range missing {
		for {
			secret, err := host.AskSecret(ctx, t("value.ask", "secret", p)+": ")
			if err != nil {
				return err
			}
			if err := deploy.CheckValue(p, secret); err != nil {
				output.Say(host.Err, "  "+t.Say(message.Of(err)))
				continue
			}
			values[p] = secret
			break
		}
	}
	return nil
}

// ReadFile reads a secret's value from a file. No error repeats it.
func ReadFile(host machine.Host, path string) (snowflake.Secret, error) {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		path = filepath.Join(host.ConnectionEnv().Home, rest)
	}
	data, err := safely.ReadFile(host.Path(path), machine.MaxInput)
	switch {
	case errors.Is(err, safely.ErrTooLarge):
		return snowflake.Secret{}, message.NewError("run.value_long", "path", output.Clean(path), "bytes", machine.MaxInput)
	case err != nil:
		return snowflake.Secret{}, message.Wrap(err, "run.value_unread")
	}
	return snowflake.NewSecret(string(data)), nil
}
