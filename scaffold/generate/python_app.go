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

// pythonTemplates returns the templates of the generated Python, parsed once because the preview
// renders every file on each key press. Comments and the app's own texts come from the catalogues:
// {{.Text "file.app.main"}}, or {{.Remark "file.app.model"}} for a comment of several lines.
var pythonTemplates = sync.OnceValue(func() *template.Set {
	set, err := template.Parse(pythonFiles, "templates/*.py.tmpl", template.Options{})
	if err != nil {
		panic(err) // the templates are embedded
	}
	return set
})

// pythonFile fills in a template. It panics on failure, which no App can cause.
func pythonFile(name string, data map[string]any) []byte {
	text, err := pythonTemplates().Fill(name, data)
	if err != nil {
		panic(err)
	}
	return []byte(text)
}

// pythonApp is the data of the app's template, which reads it through values.
type pythonApp struct {
	// language is the language of the comments.
	language  scaffold.Language
	runtime   scaffold.Runtime
	Container bool
	// Caller reports whether queries run with the viewer's rights.
	Caller bool
	Cortex bool
	// Agent reports whether the app uses Cortex Agents instead of Cortex Analyst.
	Agent bool
	// HasConnection reports whether this version of Streamlit has st.connection.
	HasConnection bool
	// Title is a complete assignment.
	Title   string
	Secrets []pythonSecret
	// URLs are hosts that can be called directly. Patterns match several hosts, so the viewer
	// chooses one.
	URLs, Patterns []string
	Values         []pythonValue
}

// AppPython returns the app's main file.
func AppPython(r scaffold.App) []byte {
	p := newPythonApp(r)
	return pythonFile("app.py.tmpl", p.values())
}

// IsAppPython reports whether text begins like a main file that sleet generates, for any runtime
// and in any language.
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

// pythonHead returns the first line of the main file.
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

// values returns the names that the templates use.
func (p pythonApp) values() map[string]any {
	return map[string]any{
		"Text": p.text, "Remark": p.remark, "Head": pythonHead(p.runtime, p.language),
		"Container": p.Container, "Caller": p.Caller, "Cortex": p.Cortex, "Agent": p.Agent,
		"HasConnection": p.HasConnection, "OwnerSession": p.ownerSession(), "NeedsModule": p.needsModule(),
		"Title": p.Title, "Standard": p.standard(), "Packages": p.packages(),
		"Service": p.service(), "ServiceError": p.serviceError(), "ServiceName": p.serviceName(), "ServicePath": p.servicePath(),
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

// remark returns a text as a comment, one comment line for each line.
func (p pythonApp) remark(id string) string { return strings.TrimSuffix(remark(p.text(id)), "\n") }

// connectionSince is the first version of Streamlit with st.connection.
// https://docs.streamlit.io/develop/quick-reference/release-notes/2023
const connectionSince = "1.28.0"

// hasConnection reports whether the app's version of Streamlit has st.connection. Only a fixed
// version for the warehouse may be older; a range is not.
func hasConnection(r scaffold.App) bool {
	_, err := pep508.ParseVersion(r.Python.Streamlit)
	return err != nil || pep508.AtLeast(r.Python.Streamlit, connectionSince)
}

// callable splits hosts into URLs that can be called directly, and patterns for several hosts or
// ports, spelled as in the answers. Invalid hosts are skipped.
func callable(hosts []string) (urls, patterns []string) {
	for _, text := range hosts {
		h, err := scaffold.ParseHost(text)
		if err != nil {
			continue
		}
		list, entry := &urls, h.URL()
		if h.IsWildcard() || h.From != h.To || h.From == 0 {
			list, entry = &patterns, h.String()
		}
		if literal := pyString(entry); !slices.Contains(*list, literal) {
			*list = append(*list, literal)
		}
	}
	return urls, patterns
}

// needsModule reports whether the app uses the _snowflake module.
func (p pythonApp) needsModule() bool { return !p.Container && (p.Cortex || len(p.Secrets) > 0) }

// ownerSession reports whether any of the app's queries run with owner's rights.
func (p pythonApp) ownerSession() bool { return !p.Caller || p.functions() }

// service returns the Cortex service that the app calls, as it appears in names of functions.
func (p pythonApp) service() string {
	if p.Agent {
		return string(scaffold.CortexAgent)
	}
	return string(scaffold.CortexAnalyst)
}

// serviceError returns the name of the exception for a failed answer.
func (p pythonApp) serviceError() string {
	if p.Agent {
		return "AgentError"
	}
	return "AnalystError"
}

// serviceName returns Snowflake's name for the Cortex service that the app calls.
func (p pythonApp) serviceName() string {
	if p.Agent {
		return "Cortex Agents"
	}
	return "Cortex Analyst"
}

// servicePath returns the path of the service's REST API.
// https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-analyst/rest-api
// https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents-run
func (p pythonApp) servicePath() string {
	if p.Agent {
		return "/api/v2/cortex/agent:run"
	}
	return "/api/v2/cortex/analyst/message"
}

// hasHosts reports whether there are hosts to call.
func (p pythonApp) hasHosts() bool { return len(p.URLs)+len(p.Patterns) > 0 }

// standard returns the imports from the standard library.
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

// packages returns the imports of packages.
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

// importFrom returns an import of the names that are wanted.
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
