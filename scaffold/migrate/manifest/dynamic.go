package manifest

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/ui/message"
)

// SymbolDynamic is the symbol of notes and findings about dynamic dependencies.
const SymbolDynamic = "dependencies"

// dynamicFiles returns the files from which setuptools, or Hatch with hatch-requirements-txt, reads the dependencies of
// a pyproject.toml. It returns none if the dependencies are not dynamic or come from elsewhere.
// https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#dynamic-metadata
// https://github.com/repo-helper/hatch-requirements-txt
func dynamicFiles(values map[string]any) []string {
	project, _ := values["project"].(map[string]any)
	if !slices.Contains(textsOf(project["dynamic"]), SymbolDynamic) {
		return nil
	}
	table := func(names ...string) map[string]any {
		at := values
		for _, name := range names {
			at, _ = at[name].(map[string]any)
		}
		return at
	}
	var files []string
	for _, listed := range []any{
		table("tool", "setuptools", "dynamic", SymbolDynamic)["file"],
		table("tool", "hatch", "metadata", "hooks", "requirements_txt")["files"],
	} {
		if one, ok := listed.(string); ok {
			files = append(files, path.Clean(one))
		}
		for _, name := range textsOf(listed) {
			files = append(files, path.Clean(name))
		}
	}
	return files
}

// addDynamic adds the packages of the files that a pyproject.toml names for its dependencies, except requirements.txt,
// which is read separately. If a file is missing or has lines other than requirements, all of them stay.
func (p *Packages) addDynamic(files map[string][]byte) {
	_, values, err := parseTOML(scaffold.PyprojectFile, files[scaffold.PyprojectFile])
	if err != nil {
		return
	}
	p.Dynamic = dynamicFiles(values)
	var read []string
	for _, name := range p.Dynamic {
		data, there := files[name]
		if !there || name != scaffold.PipFile && p.addPipLines(name, data, files, &read).line > 0 {
			p.unread = true
			return
		}
	}
}

// keepDynamic keeps requirements.txt if a pyproject.toml that stays dynamic names it.
func (p *Packages) keepDynamic() {
	if slices.Contains(p.Dynamic, scaffold.PipFile) && !slices.Contains(p.Removed, scaffold.PipFile) {
		p.unread = true
	}
	if p.unread {
		p.Removed = slices.DeleteFunc(p.Removed, func(name string) bool { return slices.Contains(p.Dynamic, name) })
		p.Dynamic = nil
	}
}

// written writes the dependencies into a file in which they were dynamic, and removes the settings that named their
// files.
func (j *projectJoin) written(want []string) {
	why := message.New("change.dynamic")
	text := "dependencies = [\n"
	for _, w := range want {
		text += "    \"" + w + "\",\n"
	}
	text += "]\n"
	if rest := slices.DeleteFunc(textsOf(j.project["dynamic"]), func(name string) bool { return name == SymbolDynamic }); len(rest) > 0 {
		text = "dynamic = [\"" + strings.Join(rest, "\", \"") + "\"]\n" + text
	}
	p := j.part("dynamic")
	if p == nil {
		return
	}
	j.edits = append(j.edits, ProjectEdit(j.name, p.start, p.end, text, why))
	j.drop([]string{"tool", "setuptools", "dynamic", SymbolDynamic}, why)
	j.drop([]string{"tool", "hatch", "metadata", "hooks", "requirements_txt", "files"}, why)
}

// drop removes a key, and the header of its table if the table has no other key.
func (j *projectJoin) drop(key []string, why message.Message) {
	in := func(p tomlPart, key []string) bool {
		return len(p.path) >= len(key) && slices.Equal(p.path[:len(key)], key)
	}
	if !slices.ContainsFunc(j.parts, func(p tomlPart) bool { return in(p, key) }) {
		return
	}
	table := key[:len(key)-1]
	alone := !slices.ContainsFunc(j.parts, func(p tomlPart) bool {
		return in(p, table) && !in(p, key) && !(p.head && slices.Equal(p.path, table))
	})
	for _, p := range j.parts {
		if !in(p, key) && !(alone && p.head && slices.Equal(p.path, table)) {
			continue
		}
		start := p.start
		if p.head {
			for start > 0 && strings.TrimSpace(string(j.data[lineStart(j.data, start-1):start])) == "" {
				start = lineStart(j.data, start-1)
			}
		}
		j.edits = append(j.edits, ProjectEdit(j.name, start, p.end, "", why))
	}
}
