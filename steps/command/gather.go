package command

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/workspace"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/ui/message"
)

// gather combines the answers. Flags override --answers, which overrides the folder's answers.
func (o *newOptions) gather(ctx context.Context, folder workspace.Folder, dir string) (scaffold.App, error) {
	app := folder.App.Clone()
	app.Folder = base(dir)
	app, err := o.withAnswers(ctx, app)
	if err != nil {
		return scaffold.App{}, err
	}
	if app, err = o.withSecrets(app); err != nil {
		return scaffold.App{}, err
	}
	if app, err = o.withFlags(app); err != nil {
		return scaffold.App{}, message.Wrap(err, "new.answers")
	}
	if o.packages != nil {
		app.Python.Packages = slices.Clone(o.packages)
	}
	if o.hosts != nil {
		app.Network.Hosts = slices.Clone(o.hosts)
	}
	return o.withSecrets(app)
}

// withSecrets declares the secrets of --secret. It is called before --set, which may complete them by their place
// (secrets[0].existing=true), and after it, because --secret has precedence.
func (o *newOptions) withSecrets(app scaffold.App) (scaffold.App, error) {
	if o.secrets == nil {
		return app, nil
	}
	secrets, err := declare(o.secrets, app.Secrets)
	if err != nil {
		return scaffold.App{}, err
	}
	app.Secrets = secrets
	return app, nil
}

// withFlags sets the answers of --set and then those of the short flags, which have precedence.
func (o *newOptions) withFlags(app scaffold.App) (scaffold.App, error) {
	var err error
	for _, assignment := range o.set {
		if app, err = answers.Set(app, assignment); err != nil {
			return app, err
		}
	}
	for _, f := range shortFlags {
		value, given := o.short[f.key]
		if !given {
			continue
		}
		var place *answers.ParseError
		if app, err = answers.Set(app, f.key+"="+quote(value)); errors.As(err, &place) {
			named := *place
			named.File = "--" + f.name
			return app, &named
		}
	}
	return app, nil
}

// quote returns a TOML basic string, whose escapes are those of JSON.
func quote(text string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// withAnswers overrides the App with the file of --answers, key by key. Which files sleet wrote is still taken from the
// folder.
func (o *newOptions) withAnswers(ctx context.Context, app scaffold.App) (scaffold.App, error) {
	if o.answers == "" {
		return app, nil
	}
	name, data, err := o.readAnswers(ctx)
	if err != nil {
		return scaffold.App{}, err
	}
	if _, err := answers.Parse(name, data); err != nil {
		return scaffold.App{}, message.Wrap(err, "new.answers")
	}
	text, err := overlay(answers.TOML(app), data)
	if err != nil {
		return scaffold.App{}, message.Wrap(err, "new.not_merged", "name", name)
	}
	merged, err := answers.Parse(name, text)
	if err != nil {
		return scaffold.App{}, message.Wrap(err, "new.not_merged", "name", name)
	}
	merged.Folder, merged.PipList = app.Folder, app.PipList
	merged.Written = maps.Clone(app.Written)
	return merged, nil
}

// readAnswers reads the file of --answers, or standard input. It returns when ctx is canceled.
func (o *newOptions) readAnswers(ctx context.Context) (name string, data []byte, err error) {
	if o.answers == "-" {
		name = "standard input"
		data, err = machine.ReadAll(ctx, o.host.In)
	} else {
		name = o.answers
		data, err = machine.ReadNamed(ctx, o.host.Path(o.answers))
	}
	switch {
	case errors.Is(err, context.Canceled):
		return name, nil, err
	case err != nil:
		return name, nil, exit.Usage(err, "new.unread")
	case len(data) > machine.MaxInput:
		return name, nil, exit.Usage(nil, "new.too_long", "name", name, "bytes", machine.MaxInput)
	}
	return name, data, nil
}

// overlay merges a TOML document over another: tables are merged, other values are replaced.
func overlay(under, over []byte) ([]byte, error) {
	var low, high map[string]any
	if err := toml.Unmarshal(under, &low); err != nil {
		return nil, err //nolint:wrapcheck // The caller names the file.
	}
	if err := toml.Unmarshal(over, &high); err != nil {
		return nil, err //nolint:wrapcheck // The caller names the file.
	}
	return toml.Marshal(merge(low, high)) //nolint:wrapcheck // The caller names the file.
}

func merge(low, high map[string]any) map[string]any {
	all := maps.Clone(low)
	if all == nil {
		all = map[string]any{}
	}
	for key, value := range high {
		under, isTable := all[key].(map[string]any)
		over, isAlso := value.(map[string]any)
		if isTable && isAlso {
			value = merge(under, over)
		}
		all[key] = value
	}
	return all
}
