package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/workspace"
	"sleet/snowflake/safely"
	"sleet/steps/command/exit"
	"sleet/ui/message"
)

// maxAnswers is far more than any sleet.toml needs.
const maxAnswers = 1 << 20

// gather puts the answers together: flags over --answers over the folder's over none.
func (o *newOptions) gather(ctx context.Context, folder workspace.Folder, dir string) (scaffold.App, error) {
	app := folder.App.Clone()
	app.Folder = base(dir)
	app, err := o.withAnswers(ctx, app)
	if err != nil {
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
	if o.secrets != nil {
		app.Secrets, err = declare(o.secrets, app.Secrets)
	}
	return app, err
}

// withFlags sets what --set says and then what the short flags say, which win.
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

// quote writes a TOML basic string, whose escapes are those of JSON.
func quote(text string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// withAnswers lays the file of --answers over the App, key by key. What was written where is the
// folder's own to say.
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

// readAnswers reads the file of --answers, or standard input, without outliving ctx.
func (o *newOptions) readAnswers(ctx context.Context) (name string, data []byte, err error) {
	if o.answers == "-" {
		name = "standard input"
		data, err = readAll(ctx, o.host.In)
	} else {
		name = o.answers
		data, err = readNamed(ctx, o.host.Path(o.answers))
	}
	switch {
	case errors.Is(err, context.Canceled):
		return name, nil, err
	case err != nil:
		return name, nil, exit.Usage(err, "new.unread")
	case len(data) > maxAnswers:
		return name, nil, exit.Usage(nil, "new.too_long", "name", name, "bytes", maxAnswers)
	}
	return name, data, nil
}

// readAll reads what a sleet.toml may hold and one byte more. A read that nobody answers ends
// with ctx.
func readAll(ctx context.Context, in io.Reader) ([]byte, error) {
	return readBeside(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(in, maxAnswers+1)) })
}

// readNamed is readAll for a file that the person named. It may be a pipe, as a shell makes one of <(command), so that the opening
// of it may wait as well.
func readNamed(ctx context.Context, path string) ([]byte, error) {
	return readBeside(ctx, func() ([]byte, error) {
		file, err := os.Open(path) //nolint:gosec // The person named it.
		if err != nil {
			return nil, err //nolint:wrapcheck // The caller says what it is for.
		}
		defer file.Close() //nolint:errcheck // It was only read.
		return io.ReadAll(io.LimitReader(file, maxAnswers+1))
	})
}

// readBeside reads beside the caller, who does not outlive ctx.
func readBeside(ctx context.Context, read func() ([]byte, error)) ([]byte, error) {
	type result struct {
		data []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		if broken := safely.Call(func() (err error) { r.data, err = read(); return err }); broken != nil {
			r.err = broken
		}
		done <- r
	}()
	select {
	case r := <-done:
		return r.data, r.err
	case <-ctx.Done():
		return nil, exit.Wrap("stopped", context.Cause(ctx))
	}
}

// overlay lays one TOML document over another: tables are merged, all else is replaced.
func overlay(under, over []byte) ([]byte, error) {
	var low, high map[string]any
	if err := toml.Unmarshal(under, &low); err != nil {
		return nil, fmt.Errorf("read TOML: %w", err)
	}
	if err := toml.Unmarshal(over, &high); err != nil {
		return nil, fmt.Errorf("read TOML: %w", err)
	}
	text, err := toml.Marshal(merge(low, high))
	if err != nil {
		return nil, fmt.Errorf("write TOML: %w", err)
	}
	return text, nil
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
