package generate_test

import (
	"fmt"
	"strings"

	"sleet/scaffold"
)

// languages returns the languages of generated comments.
func languages() []scaffold.Language {
	return []scaffold.Language{scaffold.English, scaffold.Japanese}
}

// runningApps returns the apps to run: combinations of runtimes, secret types, access methods,
// languages, names, hosts, values and Cortex.
func runningApps() map[string]scaffold.App {
	apps := map[string]scaffold.App{}
	add := func(name string, a scaffold.App) {
		if a.App.Database == "" {
			a.App.Database, a.App.Schema = fmt.Sprintf("db%d", len(apps)), "public_apps"
		}
		apps[name] = a
	}
	for _, facts := range scaffold.Runtimes() {
		for kind, ways := range facts.Access {
			for _, way := range ways {
				for _, language := range languages() {
					add(fmt.Sprintf("%s %s by %s in %s", facts.Runtime, kind, way, language), scaffold.App{
						Folder:  "my_app",
						App:     scaffold.Identity{Runtime: facts.Runtime, Language: language},
						Secrets: []scaffold.SecretDecl{{Key: "the_key", Type: kind, Access: way}},
					})
				}
			}
		}
		addNames(facts.Runtime, add)
		addParts(facts, add)
	}
	add("container in a subfolder", scaffold.App{
		Folder: "my_app", App: scaffold.Identity{MainFile: "src/pages of mine/app.py"}, Secrets: everySecret(),
	})
	add("warehouse before st.connection", scaffold.App{
		Folder:  "my_app",
		App:     scaffold.Identity{Runtime: scaffold.Warehouse},
		Python:  scaffold.Python{Version: "3.9", Streamlit: "1.26.0"},
		Secrets: everySecret(),
	})
	return apps
}

// addNames adds apps with names that SQL or Python must quote, and with keys that mean something
// else in Python.
func addNames(runtime scaffold.Runtime, add func(string, scaffold.App)) {
	for i, n := range []struct{ app, database, schema string }{
		{"売上アプリ", "売上", "店 舗"},
		// fakesnow cannot create a database whose name is a keyword or contains a space or a double
		// quote.
		{`the "app"`, `"small"`, "my schema-1"},
		{"select", "names", "select"},
		{strings.Repeat("n", 255), strings.Repeat("d", 255), strings.Repeat("s", 255)},
	} {
		add(fmt.Sprintf("%s name %d", runtime, i), scaffold.App{
			App: scaffold.Identity{
				Runtime: runtime, Name: n.app,
				Database: n.database, Schema: n.schema,
			},
			Secrets: everySecret(),
		})
	}
	for i, title := range titles() {
		add(fmt.Sprintf("%s title %d", runtime, i), scaffold.App{
			Folder: "my_app", App: scaffold.Identity{Runtime: runtime, Title: title},
		})
	}
	a := scaffold.App{Folder: "my_app", App: scaffold.Identity{Runtime: runtime, Language: scaffold.Japanese}}
	for _, key := range strings.Fields("st json print main session Any SECRETS error key value match type _ __init__ " +
		"_snowflake secret_ str api_KEY x9 os requests fetch parts call_function local_secret " + strings.Repeat("k", 120)) {
		a.Secrets = append(a.Secrets, scaffold.SecretDecl{Key: key})
	}
	add(string(runtime)+" keys", a)
}

// titles returns texts that are hard to write as a Python string literal.
func titles() []string {
	return []string{
		`it's "so" """`, "C:\\new\\table\r\n\t\x00{TITLE} %s $$", "雪だるま ☃️　👩‍🔬 \u202eb\u200bc",
	}
}

// addParts adds apps with each choice of hosts, values and Cortex.
func addParts(facts scaffold.RuntimeFacts, add func(string, scaffold.App)) {
	hosts := map[string][]string{
		"no host": nil,
		"hosts":   {"api.example.com", "API.example.com", "files.example.com:8443", "plain.example.com:80"},
		"patterns": {
			"*.example.com", "api.example.com", "0.0.0.0:443", "range.example.com:8000-8100", "ports.example.com:0",
		},
	}
	values := map[string]map[string]any{"no value": nil}
	if facts.SecretsFile {
		values["values"] = map[string]any{
			"api_endpoint": "https://x.example.com", "max_results": int64(10), "ratio": 0.5, "on": true,
			"list": []any{"a", "b"}, "table": map[string]any{"a": int64(1), "inner": map[string]any{"b": "c"}},
			"class": "a keyword", "日本": "Japanese", "with space": "x", "_private": "y", "1st": "z", "str": "type",
			"value_class": "taken",
		}
	}
	for host := range hosts {
		for value := range values {
			for i, language := range languages() {
				var cortex scaffold.Cortex
				if i == len(value)%2 {
					cortex = []scaffold.Cortex{scaffold.CortexAnalyst, scaffold.CortexAgent}[len(host)%2]
				}
				add(fmt.Sprintf("%s %s, %s, cortex %q, %s", facts.Runtime, host, value, cortex, language), scaffold.App{
					Folder:  "my_app",
					App:     scaffold.Identity{Runtime: facts.Runtime, Language: language, Cortex: cortex},
					Network: scaffold.Network{Hosts: hosts[host]},
					Values:  values[value],
					Secrets: everySecret()[:len(host)%3],
				})
			}
		}
	}
}

// layoutApps returns apps with names of every length up to more than a line.
func layoutApps() map[string]scaffold.App {
	apps := map[string]scaffold.App{}
	for n := 1; n <= 130; n++ {
		for _, facts := range scaffold.Runtimes() {
			key := strings.Repeat("k", n)
			a := scaffold.App{
				Folder: "a",
				App: scaffold.Identity{
					Runtime: facts.Runtime, Title: strings.Repeat("雪", n/2) + strings.Repeat("t", n%2),
					Database: strings.Repeat("d", 1+n%7*13), Schema: "s",
				},
				Network: scaffold.Network{Hosts: []string{strings.Repeat("a", 1+n%60) + ".example.com"}},
				Secrets: []scaffold.SecretDecl{
					{Key: key}, {Key: key + "p", Type: scaffold.Password}, {Key: key + "c", Type: scaffold.CloudProviderToken},
				},
			}
			if facts.SecretsFile {
				a.Secrets = append(a.Secrets,
					scaffold.SecretDecl{Key: key + "s", Access: scaffold.AccessSecrets},
					scaffold.SecretDecl{Key: key + "l", Type: scaffold.Password, Access: scaffold.AccessSecrets})
				a.Values = map[string]any{key + "v": "x", key + "t": map[string]any{"a": "b"}}
			}
			apps[fmt.Sprintf("layout %s %d", facts.Runtime, n)] = a
		}
	}
	return apps
}
