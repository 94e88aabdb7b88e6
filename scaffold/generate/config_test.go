package generate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold"
	"sleet/scaffold/catalogue"
	"sleet/scaffold/generate"
)

// configOf returns the generated config.toml.
func configOf(a scaffold.App) []byte { return writtenFile(a, configPath) }

// writtenFile returns one generated file, or nil if the App has none at that path.
func writtenFile(a scaffold.App, path string) []byte {
	for _, f := range generate.Files(a) {
		if f.Path == path {
			return f.Data
		}
	}
	return nil
}

const configPath = ".streamlit/config.toml"

// sampleOf returns a valid value of an option that is not its default.
func sampleOf(t *testing.T, o catalogue.Option) any {
	t.Helper()
	number, text := max(o.Limits.Min, 1), "1rem"
	if o.Default == number {
		number += max(o.Limits.Step, 1)
	}
	switch {
	case len(o.Choices) > 0:
		text = o.Choices[len(o.Choices)-1]
	case o.IsColor() || strings.HasSuffix(o.Name, "Colors"):
		text = "#102030"
	}
	value := map[catalogue.Type]any{
		catalogue.Bool:     o.Default != true,
		catalogue.Integer:  number,
		catalogue.Float:    3.0,
		catalogue.String:   text,
		catalogue.Strings:  slices.Repeat([]any{text}, max(o.MinItems, 1)),
		catalogue.Integers: slices.Repeat([]any{number}, max(o.MinItems, 1)),
		catalogue.Tables: []any{
			map[string]any{"family": "源ノ角ゴシック", "url": "app/static/a.woff", "weight": "400"},
			map[string]any{"family": `"quoted"`, "url": "app/static/b.woff"},
		},
	}[o.Type]
	if fault := o.Check(value); fault != catalogue.None {
		t.Fatalf("Check(%s = %#v) = %q, want a valid sample", o.Key, value, fault)
	}
	return value
}

// everyOption returns an App with a value for every option, and the options that the runtime reads.
func everyOption(t *testing.T, runtime scaffold.Runtime) (app scaffold.App, read map[string]any) {
	t.Helper()
	app.App.Runtime = runtime
	app.Config, read = map[string]any{}, map[string]any{}
	for _, o := range catalogue.Options() {
		if o.Type == catalogue.Table {
			continue // flat keys have no tables
		}
		app.Config[o.Key] = sampleOf(t, o)
		if catalogue.Supported(string(runtime), o.Key).Written {
			read[o.Key] = app.Config[o.Key]
		}
	}
	return app, read
}

// flatConfig parses a config.toml into flat keys.
func flatConfig(t *testing.T, data []byte) map[string]any {
	t.Helper()
	var tree map[string]any
	if err := toml.Unmarshal(data, &tree); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	flat := map[string]any{}
	var walk func(prefix string, table map[string]any)
	walk = func(prefix string, table map[string]any) {
		for key, value := range table {
			if inner, ok := value.(map[string]any); ok {
				walk(prefix+key+".", inner)
				continue
			}
			flat[prefix+key] = value
		}
	}
	walk("", tree)
	return flat
}

func TestConfigOptionsOfRuntime(t *testing.T) {
	for _, runtime := range []scaffold.Runtime{scaffold.Container, scaffold.Warehouse} {
		t.Run(string(runtime), func(t *testing.T) {
			app, read := everyOption(t, runtime)
			data := configOf(app)
			if diff := cmp.Diff(read, flatConfig(t, data)); diff != "" {
				t.Errorf("parsed config.toml differs (-supported +read):\n%s", diff)
			}
			if len(read) == len(app.Config) {
				t.Error("the runtime reads every option, want some to be ignored")
			}
		})
	}
}

// TestConfigOrder checks that options are in Streamlit's order.
func TestConfigOrder(t *testing.T) {
	app, read := everyOption(t, scaffold.Container)
	section, last := "", -1
	for line := range strings.Lines(string(configOf(app))) {
		line = strings.TrimSuffix(line, "\n")
		if head, ok := strings.CutPrefix(line, "["); ok {
			section = strings.Trim(head, "[]")
			continue
		}
		name, _, found := strings.Cut(line, " = ")
		key := section + "." + name
		if _, ok := read[key]; !found || !ok {
			continue
		}
		if at := catalogue.Position(key); at < last {
			t.Errorf("%s is out of order", key)
		} else {
			last = at
		}
	}
	if last < 0 {
		t.Error("no option found")
	}
}

func TestConfigKeepsUnknownOptionsLast(t *testing.T) {
	app := scaffold.App{Config: map[string]any{
		"theme.accent": "#fff", "theme.textColor": "#000", "theme.sidebar.x-y": int64(1), "runner.new": 1.0, "nowhere.x": true, "alone": "x",
	}}
	want := `# Streamlit's options for this app.
# https://docs.streamlit.io/develop/api-reference/configuration/config.toml

[runner]
new = 1.0

[theme]
# Color of the text.
textColor = "#000"
accent = "#fff"

[theme.sidebar]
x-y = 1
`
	if diff := cmp.Diff(want, string(configOf(app))); diff != "" {
		t.Errorf("config.toml mismatch (-want +got):\n%s", diff)
	}
}

// TestConfigWithoutOptions checks that the file exists without options and omits one that the
// runtime ignores.
func TestConfigWithoutOptions(t *testing.T) {
	app := scaffold.App{Config: map[string]any{"browser.gatherUsageStats": false}}
	var got map[string]any
	if err := toml.Unmarshal(configOf(app), &got); err != nil || len(got) > 0 {
		t.Errorf("config.toml has %v, %v; want only comments", got, err)
	}
	if len(configOf(app)) == 0 {
		t.Error("config.toml is missing or empty")
	}
}

// TestConfigCommentsInJapanese reports options that sleet offers but that have no Japanese text.
func TestConfigCommentsInJapanese(t *testing.T) {
	for _, o := range catalogue.Options() {
		offered := catalogue.Supported("container", o.Key).Offered || catalogue.Supported("warehouse", o.Key).Offered
		if !offered || o.Type == catalogue.Table {
			continue
		}
		for _, runtime := range []scaffold.Runtime{scaffold.Container, scaffold.Warehouse} {
			app := scaffold.App{Config: map[string]any{o.Key: sampleOf(t, o)}}
			app.App.Runtime, app.App.Language = runtime, scaffold.Japanese
			if text := string(configOf(app)); text != "" && strings.Count(text, "。") < 2 {
				t.Errorf("%s has no Japanese comment:\n%s", o.Key, text)
			}
		}
	}
}
