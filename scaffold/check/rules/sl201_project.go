package rules

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/pep508"

	"sleet/scaffold/existing"
	"sleet/ui/message"
)

// projectName matches the name of a package or an extra.
// https://packaging.python.org/en/latest/specifications/name-normalization/
var projectName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$`)
})

// unreadProjects returns the findings for each pyproject.toml that a container reads but uv
// rejects, or installs nothing from.
// https://packaging.python.org/en/latest/specifications/pyproject-toml/
func unreadProjects(a *facts.App) []facts.Finding {
	var list []facts.Finding
	for _, p := range a.FindFiles(scaffold.PyprojectFile) {
		text, read := a.Files[p]
		if !read || a.HasFile(path.Join(path.Dir(p), scaffold.PipFile)) {
			continue // an invalid file is reported separately, and the other list takes precedence
		}
		keys := existing.TOMLKeys(text)
		if slices.ContainsFunc(keys, func(k existing.TOMLKey) bool { return k.Names[0] == "project" }) {
			list = append(list, refusedProject(a, p, keys)...)
		} else if f, found := otherProject(a, p, keys); found {
			list = append(list, f)
		}
	}
	return list
}

// otherProject returns the finding for packages that only another tool reads, so that uv does not
// install them.
func otherProject(a *facts.App, p string, keys []existing.TOMLKey) (facts.Finding, bool) {
	for _, k := range keys {
		dotted := k.Dotted()
		for tool, table := range map[string]string{
			"Poetry": "tool.poetry.dependencies.", "Flit": "tool.flit.metadata.requires", "Hatch": "tool.hatch.envs.default.dependencies",
			"PDM": "tool.pdm.dependencies", "Pixi": "tool.pixi.", "Pipenv": "tool.pipenv.",
		} {
			if strings.HasPrefix(dotted, table) {
				f := a.TextFinding(p, k.Start, k.End, tool, message.New("finding.SL201.what.other", "tool", tool))
				f.Fix, f.Manual, f.Severity = message.New("finding.SL201.fix.other"), true, facts.Error
				return f, true
			}
		}
	}
	return facts.Finding{}, false
}

// refusedProject returns the findings for values in the [project] table that uv rejects.
func refusedProject(a *facts.App, p string, keys []existing.TOMLKey) []facts.Finding {
	var list []facts.Finding
	refuse := func(k existing.TOMLKey, what message.Message) {
		f := a.TextFinding(p, k.Start, k.End, k.Dotted(), what)
		f.Fix, f.Manual, f.Severity = message.New("finding.SL201.fix.refused"), true, facts.Error
		list = append(list, f)
	}
	var first, name, version *existing.TOMLKey
	dynamic := map[string]existing.TOMLKey{}
	for i, k := range keys {
		if k.Names[0] != "project" {
			continue
		}
		if first == nil {
			first = &keys[i]
		}
		switch k.Dotted() {
		case "project.name":
			name = &keys[i]
			if text, ok := k.Value.(string); !ok || !projectName().MatchString(text) {
				refuse(k, message.New("finding.SL201.what.name"))
			}
		case "project.version":
			version = &keys[i]
			if text, ok := k.Value.(string); !ok || !validVersion(text) {
				refuse(k, message.New("finding.SL201.what.version"))
			}
		case "project.requires-python":
			text, ok := k.Value.(string)
			if _, err := pep508.ParseSpecifier(text); !ok || err != nil || text == "" {
				refuse(k, message.New("finding.SL201.what.requires"))
			}
		case "project.dynamic":
			items, _ := k.Value.([]any)
			for _, item := range items {
				text, _ := item.(string)
				dynamic[text] = k
			}
		}
		if what := wrongList(k); !what.IsZero() {
			refuse(k, what)
		}
	}
	if _, later := dynamic["version"]; version == nil && !later {
		refuse(*first, message.New("finding.SL201.what.no_version"))
	}
	if name == nil {
		refuse(*first, message.New("finding.SL201.what.no_name"))
	}
	if k, later := dynamic["version"]; later {
		f := a.TextFinding(p, k.Start, k.End, "version", message.New("finding.SL201.what.built"))
		f.Fix, f.Manual, f.Severity = message.New("finding.SL201.fix.built"), true, facts.Warning
		list = append(list, f)
	}
	if k, later := dynamic["dependencies"]; later {
		f := a.TextFinding(p, k.Start, k.End, "dependencies", message.New("finding.SL201.what.dynamic"))
		f.Fix, f.Manual = message.New("finding.SL201.fix.dynamic"), true
		list = append(list, f)
	}
	return list
}

// wrongList returns what is wrong with packages that are not a list of strings.
func wrongList(k existing.TOMLKey) message.Message {
	inList := k.Dotted() == facts.ProjectDependencies ||
		len(k.Names) == 3 && k.Names[1] == "optional-dependencies"
	if len(k.Names) > 2 && k.Names[1] == "dependencies" {
		return message.New("finding.SL201.what.table")
	}
	if !inList {
		return message.Message{}
	}
	items, ok := k.Value.([]any)
	if !ok || slices.ContainsFunc(items, func(item any) bool { _, text := item.(string); return !text }) {
		return message.New("finding.SL201.what.table")
	}
	return message.Message{}
}

func validVersion(text string) bool {
	_, err := pep508.ParseVersion(text)
	return err == nil
}
