package rules

import (
	"path"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/scaffold/pep508"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/validate"
	"sleet/ui/message"
)

// sl115 returns the rule about caller's rights that are not supported.
func sl115() Rule {
	return Rule{
		ID: "SL115", Runtimes: everywhere(), Severity: facts.Error, Item: itemStreamlit,
		Page: pageRights, Check: unsupportedCallers,
		Example: Example{
			Before: `import streamlit as st

connection = st.connection("snowflake-callers-rights")

## requirements.txt
streamlit==1.52.2
`,
			After: `import streamlit as st

connection = st.connection("snowflake-callers-rights")

## requirements.txt
streamlit>=1.53.1
`,
		},
	}
}

// unsupportedCallers returns the findings of SL115: a connection with the viewer's rights in a
// warehouse, or with a Streamlit that does not support it.
func unsupportedCallers(a *facts.App, o facts.Options) []facts.Finding {
	what := message.Message{}
	switch pinned := pinnedStreamlit(a); {
	case !o.Facts().CallersRights:
		what = message.New("finding.SL115.what.warehouse")
	case pinned != "":
		what = message.New("finding.SL115.what.streamlit", "version", pinned)
	default:
		return nil
	}
	return facts.EachCode(a, func(u *facts.Unit, call *ast.Call) []facts.Finding {
		if !u.IsCallersConnection(call) {
			return nil
		}
		return []facts.Finding{u.Finding(call, facts.CallersConnection, what)}
	})
}

// pinnedStreamlit returns what pins Streamlit below the version with caller's rights: the lock file
// or the requirement; "" if nothing does.
func pinnedStreamlit(a *facts.App) string {
	for _, dir := range a.SearchFolders() {
		p := a.PipManifestBeside(dir)
		if p == "" {
			continue
		}
		var requirements []string
		if path.Base(p) == scaffold.PyprojectFile {
			for _, l := range facts.LockedVersions(a.Files[path.Join(path.Dir(p), scaffold.LockFile)]) {
				if clauses, err := pep508.ParseSpecifier(">=" + scaffold.MinCallersStreamlit); l.Name == streamlitPackage && err == nil && !pep508.Admits(clauses, l.Version) {
					return "uv.lock: " + l.Version
				}
			}
			for _, k := range existing.TOMLKeys(a.Files[p]) {
				if k.Dotted() == facts.ProjectDependencies {
					items, _ := k.Value.([]any)
					for _, item := range items {
						text, _ := item.(string)
						requirements = append(requirements, text)
					}
				}
			}
		} else {
			requirements = requirementLines(a.Files[p])
		}
		for _, text := range requirements {
			r, err := pep508.ParseRequirement(text)
			if err == nil && r.Normal == streamlitPackage && len(r.Clauses) > 0 && !validate.AdmitsFrom(r.Clauses, scaffold.MinCallersStreamlit) {
				return text
			}
		}
		return ""
	}
	return ""
}

// requirementLines returns the requirements in a requirements.txt.
func requirementLines(text []byte) []string {
	var list []string
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "#")
		line, _, _ = strings.Cut(line, " --")
		if line = strings.TrimSpace(line); line != "" && line[0] != '-' {
			list = append(list, line)
		}
	}
	return list
}
