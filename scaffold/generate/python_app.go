package generate

import (
	"bytes"
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"text/template"

	"sleet/scaffold"
	"sleet/ui/message"

	pep440 "github.com/aquasecurity/go-pep440-version"
)

//go:embed templates/*.py.tmpl
var pythonFiles embed.FS

// pythonTemplates returns the templates of the generated Python, parsed once: the preview makes every
// file at each key. Their comments, and what the app itself shows, are texts of the catalogues:
// {{.Text "file.app.main"}}, and {{.Remark "file.app.model"}} where it is a comment of several lines.
var pythonTemplates = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(pythonFiles, "templates/*.py.tmpl"))
})

// pythonFile fills in a template. What an App holds cannot make it fail.
func pythonFile(name string, data any) []byte {
	var b bytes.Buffer
	if err := pythonTemplates().ExecuteTemplate(&b, name, data); err != nil {
		panic(fmt.Sprintf("fill in %s: %v", name, err))
	}
	return b.Bytes()
}

// pythonApp is what the template of the app reads.
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
	return pythonFile("app.py.tmpl", p)
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

// Head is the first line of the file.
func (p pythonApp) Head() string { return pythonHead(p.runtime, p.language) }

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

// Text returns a text of the catalogues in the language of the comments.
func (p pythonApp) Text(id message.ID, data ...any) string { return p.language.Text(id, data...) }

// Remark returns a text as a comment of as many lines as it has.
func (p pythonApp) Remark(id message.ID) string {
	return strings.TrimSuffix(remark(p.Text(id)), "\n")
}

// connectionSince is the first Streamlit with st.connection.
// https://docs.streamlit.io/develop/quick-reference/release-notes/2023
const connectionSince = "1.28.0"

// hasConnection reports whether the app's Streamlit has st.connection: that of the warehouse is an
// exact version and may be older.
func hasConnection(r scaffold.App) bool {
	if r.App.Runtime != scaffold.Warehouse {
		return true
	}
	version, err := pep440.Parse(r.Python.Streamlit)
	if err != nil {
		return true
	}
	return version.GreaterThanOrEqual(pep440.MustParse(connectionSince))
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

// NeedsModule reports whether the app reads from the _snowflake module.
func (p pythonApp) NeedsModule() bool { return !p.Container && (p.Cortex || len(p.Secrets) > 0) }

// OwnerSession reports whether the app asks Snowflake anything with its owner's rights.
func (p pythonApp) OwnerSession() bool { return !p.Caller || p.Functions() }

// Asked is what the app asks of Cortex, as names of functions have it.
func (p pythonApp) Asked() string {
	if p.Agent {
		return string(scaffold.CortexAgent)
	}
	return string(scaffold.CortexAnalyst)
}

// AskedError is the name of the exception for an answer that does not come.
func (p pythonApp) AskedError() string {
	if p.Agent {
		return "AgentError"
	}
	return "AnalystError"
}

// AskedName is what Snowflake calls the part of Cortex that the app asks.
func (p pythonApp) AskedName() string {
	if p.Agent {
		return "Cortex Agents"
	}
	return "Cortex Analyst"
}

// AskedPath is the path of its REST API.
// https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-analyst/rest-api
// https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents-run
func (p pythonApp) AskedPath() string {
	if p.Agent {
		return "/api/v2/cortex/agent:run"
	}
	return "/api/v2/cortex/analyst/message"
}

// HasHosts reports whether there is a host to call.
func (p pythonApp) HasHosts() bool { return len(p.URLs)+len(p.Patterns) > 0 }

// Standard are the imports of the standard library.
func (p pythonApp) Standard() []string {
	var list []string
	add := func(line string, wanted bool) {
		if wanted {
			list = append(list, line)
		}
	}
	records := p.Logins() || p.CloudTokens()
	add("import json", p.Cortex || p.FunctionParts())
	add("import os", p.Cortex && p.Container)
	add(importFrom("collections.abc", map[string]bool{"Callable": len(p.Secrets) > 0, "Mapping": p.FunctionParts()}),
		len(p.Secrets) > 0)
	add(importFrom("dataclasses", map[string]bool{"dataclass": true, "field": records}), records || len(p.Values) > 0)
	add("from typing import Any", p.HasFallback() || p.Cortex || slices.ContainsFunc(p.Values, pythonValue.usesAny))
	return list
}

// Packages are the imports of the packages.
func (p pythonApp) Packages() []string {
	list := []string{"import pandas as pd"}
	if p.HasHosts() || p.Cortex && p.Container {
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
