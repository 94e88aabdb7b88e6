package generate

import (
	"bytes"
	"embed"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/pep508"
	"sleet/scaffold/template"
	"sleet/ui/message"
)

//go:embed templates/*.py.tmpl
var pythonFiles embed.FS

// pythonTemplates returns the templates of the generated Python, parsed once: the preview makes every
// file at each key. Their comments, and what the app itself shows, are texts of the catalogues:
// {{.Text "file.app.main"}}, and {{.Remark "file.app.model"}} where it is a comment of several lines.
var pythonTemplates = sync.OnceValue(func() *template.Set {
	set, err := template.Parse(pythonFiles, "templates/*.py.tmpl", template.Options{})
	if err != nil {
		panic(err) // the templates are ours
	}
	return set
})

// pythonFile fills in a template. What an App holds cannot make it fail.
func pythonFile(name string, data map[string]any) []byte {
	text, err := pythonTemplates().Fill(name, data)
	if err != nil {
		panic(err)
	}
	return []byte(text)
}

// pythonApp is what the template of the app reads, by way of values.
type pythonApp struct {
	// language is that of the comments.
	language  scaffold.Language
	runtime   scaffold.Runtime
	Container bool
	// Caller says that queries run with the rights of the viewer.
	Caller bool
	Cortex bool
	// Agent says that Cortex Agents are asked, not Cortex Analyst.
	Agent bool
	// HasConnection reports whether this version of Streamlit has st.connection.
	HasConnection bool
	// Title, and the other constants, are whole assignments.
	Title   string
	Secrets []pythonSecret
	// URLs are the hosts to call as they are; Patterns stand for many, so the viewer names one.
	URLs, Patterns []string
	Values         []pythonValue
}

// AppPython is the app's main file.
func AppPython(r scaffold.App) []byte {
	p := newPythonApp(r)
	return pythonFile("app.py.tmpl", p.values())
}

// IsAppPython reports whether a text begins as a main file of sleet's does, for any runtime and in any language.
func IsAppPython(text []byte) bool {
	for _, lang := range message.Languages() {
		for _, f := range scaffold.Runtimes() {
			if bytes.HasPrefix(text, []byte(pythonHead(f.Runtime, scaffold.Language(lang))+"\n")) {
				return true
			}
		}
	}
	return false
}

// pythonHead is the first line of the main file.
func pythonHead(r scaffold.Runtime, l scaffold.Language) string {
	return `"""` + l.Text("file.app.about."+message.ID(r)) + `"""`
}

func newPythonApp(r scaffold.App) pythonApp {
	p := pythonApp{
		language:      r.App.Language,
		runtime:       scaffold.Facts(r.App.Runtime).Runtime,
		Container:     r.App.Runtime == scaffold.Container,
		Caller:        r.CallersRights(),
		Cortex:        r.App.Cortex != "",
		Agent:         r.App.Cortex == scaffold.CortexAgent,
		HasConnection: hasConnection(r),
		Title:         pyAssign("TITLE", pyString(r.App.Title)),
		Values:        pythonValues(r.Values),
	}
	for _, s := range r.Secrets {
		p.Secrets = append(p.Secrets, newPythonSecret(r, s))
	}
	p.URLs, p.Patterns = callable(r.Network.Hosts)
	return p
}

// values are the names that the templates use.
func (p pythonApp) values() map[string]any {
	return map[string]any{
		"Text": p.text, "Remark": p.remark, "Head": pythonHead(p.runtime, p.language),
		"Container": p.Container, "Caller": p.Caller, "Cortex": p.Cortex, "Agent": p.Agent,
		"HasConnection": p.HasConnection, "OwnerSession": p.ownerSession(), "NeedsModule": p.needsModule(),
		"Title": p.Title, "Standard": p.standard(), "Packages": p.packages(),
		"Asked": p.asked(), "AskedError": p.askedError(), "AskedName": p.askedName(), "AskedPath": p.askedPath(),
		"HasHosts": p.hasHosts(), "URLs": p.URLs, "Patterns": p.Patterns,
		"Secrets": p.Secrets, "HasFallback": p.hasFallback(), "SecretClasses": p.secretClasses(), "Readers": secretReaders(),
		"Functions": p.functions(), "FunctionParts": p.functionParts(), "Example": p.example(), "ReadErrors": p.readErrors(),
		"Values": p.Values, "EnvironmentExample": p.environmentExample(),
	}
}

// text returns a text of the catalogues in the language of the comments.
func (p pythonApp) text(id string, data ...any) string {
	return p.language.Text(message.ID(id), data...)
}

// remark returns a text as a comment of as many lines as it has.
func (p pythonApp) remark(id string) string { return strings.TrimSuffix(remark(p.text(id)), "\n") }

// connectionSince is the first Streamlit with st.connection.
// https://docs.streamlit.io/develop/quick-reference/release-notes/2023
const connectionSince = "1.28.0"

// hasConnection reports whether the app's Streamlit has st.connection: one of the warehouse
// may be older. A range is not.
func hasConnection(r scaffold.App) bool {
	_, err := pep508.ParseVersion(r.Python.Streamlit)
	return err != nil || pep508.AtLeast(r.Python.Streamlit, connectionSince)
}

// callable parts hosts into those that can be called as they are, as URLs, and those that stand
// for many hosts or ports, in the words of the answers. What is no host is left out.
func callable(hosts []string) (urls, patterns []string) {
	for _, text := range hosts {
		h, err := scaffold.ParseHost(text)
		if err != nil {
			continue
		}
		list, entry := &urls, h.URL()
		if h.Wild() || h.From != h.To || h.From == 0 {
			list, entry = &patterns, h.String()
		}
		if literal := pyString(entry); !slices.Contains(*list, literal) {
			*list = append(*list, literal)
		}
	}
	return urls, patterns
}

// needsModule reports whether the app reads from the _snowflake module.
func (p pythonApp) needsModule() bool { return !p.Container && (p.Cortex || len(p.Secrets) > 0) }

// ownerSession reports whether the app asks Snowflake anything with its owner's rights.
func (p pythonApp) ownerSession() bool { return !p.Caller || p.functions() }

// asked is what the app asks of Cortex, as names of functions have it.
func (p pythonApp) asked() string {
	if p.Agent {
		return string(scaffold.CortexAgent)
	}
	return string(scaffold.CortexAnalyst)
}

// askedError is the name of the exception for an answer that does not come.
func (p pythonApp) askedError() string {
	if p.Agent {
		return "AgentError"
	}
	return "AnalystError"
}

// askedName is what Snowflake calls the part of Cortex that the app asks.
func (p pythonApp) askedName() string {
	if p.Agent {
		return "Cortex Agents"
	}
	return "Cortex Analyst"
}

// askedPath is the path of its REST API.
// https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-analyst/rest-api
// https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents-run
func (p pythonApp) askedPath() string {
	if p.Agent {
		return "/api/v2/cortex/agent:run"
	}
	return "/api/v2/cortex/analyst/message"
}

// hasHosts reports whether there is a host to call.
func (p pythonApp) hasHosts() bool { return len(p.URLs)+len(p.Patterns) > 0 }

// standard are the imports of the standard library.
func (p pythonApp) standard() []string {
	var list []string
	add := func(line string, wanted bool) {
		if wanted {
			list = append(list, line)
		}
	}
	records := len(p.secretClasses()) > 0
	add("import json", p.Cortex || p.functionParts())
	add("import os", p.Cortex && p.Container)
	add(importFrom("collections.abc", map[string]bool{"Callable": len(p.Secrets) > 0, "Mapping": p.functionParts()}),
		len(p.Secrets) > 0)
	add(importFrom("dataclasses", map[string]bool{"dataclass": true, "field": records}), records || len(p.Values) > 0)
	add("from typing import Any", p.hasFallback() || p.Cortex || slices.ContainsFunc(p.Values, pythonValue.usesAny))
	return list
}

// packages are the imports of the packages.
func (p pythonApp) packages() []string {
	list := []string{"import pandas as pd"}
	if p.hasHosts() || p.Cortex && p.Container {
		list = append(list, "import requests")
	}
	return append(list,
		"import streamlit as st",
		"from snowflake.connector.errors import Error as ConnectorError",
		"from snowflake.snowpark import Session",
		"from snowflake.snowpark.exceptions import SnowparkClientException",
		"from streamlit.errors import StreamlitAPIException",
	)
}

// importFrom writes an import of those names that are wanted.
func importFrom(module string, names map[string]bool) string {
	var wanted []string
	for name, want := range names {
		if want {
			wanted = append(wanted, name)
		}
	}
	slices.Sort(wanted)
	return "from " + module + " import " + strings.Join(wanted, ", ")
}
