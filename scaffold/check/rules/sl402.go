package rules

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/ui/message"
)

// sl402 returns the rule about incomplete snowflake.yml files.
func sl402() Rule {
	return Rule{
		ID: "SL402", Runtimes: everywhere(), Severity: facts.Warning, Automatic: true, Item: itemDeployment,
		Page: pageProject, Check: projectFile,
		Example: Example{
			Before: `import streamlit as st

import charts

## charts.py
TITLE = "Sales"

## snowflake.yml
definition_version: 2
entities:
  sales:
    type: streamlit
    main_file: streamlit_app.py
    runtime_name: SYSTEM$ST_CONTAINER_RUNTIME_PY3_11
    artifacts:
      - streamlit_app.py
`,
			After: `import streamlit as st

import charts

## charts.py
TITLE = "Sales"

## snowflake.yml
definition_version: 2
entities:
  sales:
    type: streamlit
    main_file: streamlit_app.py
    runtime_name: SYSTEM$ST_CONTAINER_RUNTIME_PY3_11
    artifacts:
      - streamlit_app.py
      - charts.py
`,
		},
	}
}

// projectFile returns the findings of SL402: what snowflake.yml lacks.
func projectFile(a *facts.App, o facts.Options) []facts.Finding {
	var list []facts.Finding
	for _, p := range a.ProjectFiles() {
		text, _ := a.Text(p)
		root := existing.YAML(text)
		if f, old := oldProject(root, o); old {
			if f.at.Node != nil {
				list = append(list, f.in(p, text))
			} else if f, found := missingSources(a, p, root, o); found {
				list = append(list, f.in(p, text))
			}
			continue
		}
		for _, entity := range a.Entities(p, root) {
			if f, found := missingArtifacts(a, p, entity, o); found {
				list = append(list, f.in(p, text))
			}
			for _, f := range entityFindings(root, entity, o) {
				list = append(list, f.in(p, text))
			}
		}
	}
	return list
}

// yamlFinding is a finding at a YAML node.
type yamlFinding struct {
	at        existing.YAMLNode
	what, fix message.Message
	// symbol is the key that the finding is about. manual reports whether a migration does not fix
	// it.
	symbol string
	manual bool
}

// in returns the finding at its position in a file, which may belong to another app too.
func (f yamlFinding) in(p string, text []byte) facts.Finding {
	start, end := f.at.Span()
	found := facts.NewFinding(p, text, start, end)
	found.Message, found.Fix, found.Symbol, found.Manual = f.what, f.fix, f.symbol, f.manual
	return found
}

// oldProject reports whether a file has version 1 of the format or no version, with the finding for
// that. Version 1 is valid for a warehouse.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/project-definitions/about
func oldProject(root existing.YAMLNode, o facts.Options) (yamlFinding, bool) {
	_, app := root.Get("streamlit")
	if _, entities := root.Get("entities"); !app && entities {
		app = true
	}
	version, given := root.Get("definition_version")
	all := root.Entries()
	switch {
	case !given && app:
		return yamlFinding{
			at: all[0].Key, what: message.New("finding.SL402.what.no_version"),
			fix: message.New("finding.SL402.fix.no_version"),
		}, true
	case given && (version.Value.Scalar() == "1" || strings.HasPrefix(version.Value.Scalar(), "1.")) && app:
		if o.Facts().OldProject {
			return yamlFinding{}, true
		}
		return yamlFinding{
			at: version.Value, what: message.New("finding.SL402.what.version"),
			fix: message.New("finding.SL402.fix.version"),
		}, true
	}
	return yamlFinding{}, false
}

// entityFindings returns the findings for keys of an app that are missing or not supported by its
// runtime.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/streamlit-apps/manage-apps/initialize-app
func entityFindings(root existing.YAMLNode, entity existing.YAMLEntry, o facts.Options) []yamlFinding {
	var list []yamlFinding
	key := func(name string) (existing.YAMLEntry, bool) { return entityKey(root, entity, name) }
	if _, given := key("runtime_name"); !given {
		list = append(list, yamlFinding{
			at: entity.Key, symbol: "runtime_name", what: message.New("finding.SL402.what.runtime", "app", entity.Name),
			fix: message.New("finding.SL402.fix.runtime", "runtime", scaffold.Facts(o.Runtime).SQLName),
		})
	}
	if secrets, given := key("secrets"); given {
		if _, integrations := key("external_access_integrations"); !integrations {
			list = append(list, yamlFinding{
				at: secrets.Key, symbol: "secrets", manual: true, what: message.New("finding.SL402.what.secrets"),
				fix: message.New("finding.SL402.fix.secrets"),
			})
		}
	}
	if imports, given := key("imports"); given && o.Facts().RejectsClause("IMPORTS") {
		list = append(list, yamlFinding{
			at: imports.Key, symbol: "imports", what: message.New("finding.SL402.what.imports"), fix: message.New("finding.SL402.fix.imports"),
		})
	}
	if main, given := key("main_file"); given && !o.Facts().Subfolders && strings.Contains(path.Clean(main.Value.Scalar()), "/") {
		list = append(list, yamlFinding{
			at: main.Key, symbol: "main_file", manual: true, what: message.New("finding.SL402.what.main_file", "file", main.Value.Scalar()),
			fix: message.New("finding.SL402.fix.main_file"),
		})
	}
	return list
}

// entityKey returns a key of an entity, its own or that of a mixin it uses.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/project-definitions/mixins
func entityKey(root existing.YAMLNode, entity existing.YAMLEntry, name string) (existing.YAMLEntry, bool) {
	if found, ok := entity.Value.Get(name); ok {
		return found, true
	}
	meta, _ := entity.Value.Get("meta")
	used, _ := meta.Value.Get("use_mixins")
	mixins, _ := root.Get("mixins")
	for _, mixin := range used.Value.Items() {
		shared, _ := mixins.Value.Get(mixin.Scalar())
		if found, ok := shared.Value.Get(name); ok {
			return found, true
		}
	}
	return existing.YAMLEntry{}, false
}

// missingArtifacts returns the finding for files of the app that the Snowflake CLI would not
// upload. It uploads the main file, environment.yml and the folder of the pages by default. The main
// files of other apps in the same folder are not the entity's.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/streamlit-apps/manage-apps/deploy-app
func missingArtifacts(a *facts.App, p string, entity existing.YAMLEntry, o facts.Options) (yamlFinding, bool) {
	artifacts, listed := entity.Value.Get("artifacts")
	patterns := []string{facts.EntityMain(entity), scaffold.CondaFile, "pages"}
	if pages, ok := entity.Value.Get("pages_dir"); ok {
		patterns = append(patterns, pages.Value.Scalar())
	}
	missing := notListed(a, p, append(patterns, facts.ArtifactSources(entity)...), o)
	missing = slices.DeleteFunc(missing, func(file string) bool { return slices.Contains(a.Mains, path.Join(path.Dir(p), file)) })
	if len(missing) == 0 {
		return yamlFinding{}, false
	}
	f := yamlFinding{at: artifacts.Key, what: message.New("finding.SL402.what.artifacts", "app", entity.Name, "files", some(missing))}
	f.fix = message.New("finding.SL402.fix.artifacts", "files", strings.Join(missing, ", "))
	if !listed {
		f.at, f.what = entity.Key, message.New("finding.SL402.what.no_artifacts", "app", entity.Name, "files", some(missing))
	}
	return f, true
}

// notListed returns the files of the app below a project file that no pattern includes.
func notListed(a *facts.App, p string, patterns []string, o facts.Options) []string {
	var missing []string
	for _, file := range a.Sources(o.Runtime) {
		if dir := path.Dir(p); dir != "." {
			if !existing.Inside(dir, file) {
				continue // the CLI cannot access files above the project file
			}
			file = strings.TrimPrefix(file, dir+"/")
		}
		if !slices.ContainsFunc(patterns, func(pattern string) bool { return facts.Covers(pattern, file) }) {
			missing = append(missing, file)
		}
	}
	return missing
}

// missingSources returns the finding for modules that version 1 of the format does not upload: it
// uploads the main file, the package list, the folder of the pages, and the additional source
// files.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli-v2/project-definitions/streamlit
func missingSources(a *facts.App, p string, root existing.YAMLNode, o facts.Options) (yamlFinding, bool) {
	app, ok := root.Get("streamlit")
	if !ok {
		return yamlFinding{}, false
	}
	patterns := []string{facts.EntityMain(app), scaffold.CondaFile, "pages"}
	for _, key := range []string{"env_file", "pages_dir"} {
		if entry, ok := app.Value.Get(key); ok && entry.Value.Scalar() != "" {
			patterns = append(patterns, entry.Value.Scalar())
		}
	}
	sources, listed := app.Value.Get("additional_source_files")
	for _, item := range sources.Value.Items() {
		if pattern := item.Scalar(); pattern != "" {
			patterns = append(patterns, pattern)
		}
	}
	missing := notListed(a, p, patterns, o)
	if len(missing) == 0 {
		return yamlFinding{}, false
	}
	f := yamlFinding{at: sources.Key, what: message.New("finding.SL402.what.sources", "files", some(missing)), fix: message.New("finding.SL402.fix.artifacts", "files", strings.Join(missing, ", "))}
	if !listed {
		f.at, f.what = app.Key, message.New("finding.SL402.what.no_sources", "files", some(missing))
	}
	return f, true
}

// some lists the first few of several files.
func some(list []string) message.Message {
	const most = 4
	if len(list) <= most {
		return message.Verbatim(strings.Join(list, ", "))
	}
	return message.New("finding.SL402.more", "files", strings.Join(list[:most], ", "), "count", len(list)-most)
}
