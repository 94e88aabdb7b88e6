package facts

import (
	"maps"
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
)

// ProjectFiles returns the project files of the Snowflake CLI that describe the app.
func (a *App) ProjectFiles() []string {
	list := slices.Sorted(maps.Keys(a.Projects))
	for _, name := range []string{scaffold.ProjectYML, "snowflake.yaml"} {
		if p := a.RootPath(name); a.Files[p] != nil && !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}

// Entities returns the entities of a project that are this app.
func (a *App) Entities(p string, root existing.YAMLNode) []existing.YAMLEntry {
	all, _ := root.Get("entities")
	return slices.DeleteFunc(all.Value.Entries(), func(e existing.YAMLEntry) bool {
		kind, _ := e.Value.Get("type")
		return kind.Value.Scalar() != "streamlit" || !slices.Contains(a.Projects[p].Entities, e.Name)
	})
}

// BelongsToOtherEntity reports whether a package list belongs to another entity of a project: that entity uploads it,
// and the app has a list for a container beside it.
func (a *App) BelongsToOtherEntity(list string) bool {
	if a.PipManifestBeside(path.Dir(list)) == "" {
		return false
	}
	return slices.ContainsFunc(a.ProjectFiles(), func(p string) bool {
		text, _ := a.Text(p)
		all, _ := existing.YAML(text).Get("entities")
		return slices.ContainsFunc(all.Value.Entries(), func(e existing.YAMLEntry) bool {
			return !slices.Contains(a.Projects[p].Entities, e.Name) && slices.ContainsFunc(ArtifactSources(e), func(source string) bool {
				return path.Join(path.Dir(p), source) == list
			})
		})
	})
}

// ArtifactSources returns the patterns in the artifacts of an entity of snowflake.yml. An artifact with a destination
// has its pattern in src.
func ArtifactSources(e existing.YAMLEntry) []string {
	var list []string
	artifacts, _ := e.Value.Get("artifacts")
	for _, item := range artifacts.Value.Items() {
		if src, mapped := item.Get("src"); mapped {
			item = src.Value
		}
		if source := item.Scalar(); source != "" {
			list = append(list, source)
		}
	}
	return list
}

// EntityMain returns the main file of an entity of snowflake.yml.
func EntityMain(e existing.YAMLEntry) string {
	if main, ok := e.Value.Get("main_file"); ok && main.Value.Scalar() != "" {
		return main.Value.Scalar()
	}
	return scaffold.DefaultMainFile
}

// Covers reports whether a pattern of artifacts includes a file, whose path is relative to the
// project. A folder includes everything below it.
func Covers(pattern, file string) bool {
	pattern = strings.TrimPrefix(path.Clean(pattern), "./")
	if pattern == "." || pattern == file || strings.HasPrefix(file, pattern+"/") {
		return true
	}
	return coversParts(strings.Split(pattern, "/"), strings.Split(file, "/"))
}

func coversParts(pattern, file []string) bool {
	switch {
	case len(pattern) == 0:
		return true // a pattern that matches a folder includes its contents
	case len(file) == 0:
		return len(pattern) == 1 && pattern[0] == "**"
	case pattern[0] == "**":
		for i := range file {
			if coversParts(pattern[1:], file[i:]) {
				return true
			}
		}
		return len(pattern) == 1
	default:
		ok, err := path.Match(pattern[0], file[0])
		return err == nil && ok && coversParts(pattern[1:], file[1:])
	}
}
