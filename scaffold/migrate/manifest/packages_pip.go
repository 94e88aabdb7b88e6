package manifest

import (
	"maps"
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/pep508"
	"sleet/ui/message"
)

// RulePipLine is the rule id of a line in requirements.txt that pyproject.toml cannot express. No rule of the check has
// it.
const RulePipLine = "pip-line"

// addPip adds the packages of requirements.txt, and of the files in its folder that it includes with -r. A file with
// lines other than requirements stays, with a note: a container reads it instead of pyproject.toml.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func (p *Packages) addPip(name string, data []byte, files map[string][]byte) {
	before := *p
	kept, notes := slices.Clone(p.kept), slices.Clone(p.Notes)
	read := []string{name}
	if refused := p.addPipLines(name, data, files, &read); refused.line > 0 {
		*p = before
		p.kept, p.Notes = kept, notes
		n := change.Note{Rule: RulePipLine, Path: scaffold.PipFile, Line: refused.line, Manual: true, Message: message.New("manual.pip-line"), Fix: message.New("manual.pip-line.fix")}
		if files[scaffold.PyprojectFile] == nil && files[scaffold.CondaFile] == nil {
			n.Message, n.Fix = message.New("manual.pip-stays"), message.New("manual.pip-stays.fix")
		}
		p.Notes = append(p.Notes, n)
		return
	}
	p.Removed = append(p.Removed, p.unneeded(read, files)...)
}

// unneeded returns the read files that can be removed: those that no other file in the folder includes. The first is
// requirements.txt, which a container would read: it is removed anyway, with a note about the file that includes it.
func (p *Packages) unneeded(read []string, files map[string][]byte) []string {
	needed := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) != ".txt" || slices.Contains(read, name) {
			continue
		}
		number := 0
		for line := range strings.Lines(string(files[name])) {
			number++
			other, ok := included(name, strings.TrimSpace(line))
			if !ok {
				continue
			}
			if other == read[0] {
				p.note(name, listed{line: number}, "", false, message.New("moved.pip-included", "file", other), message.Message{})
			}
			needed[other] = other != read[0]
		}
	}
	return slices.DeleteFunc(slices.Clone(read), func(name string) bool { return needed[name] })
}

// addPipLines adds the lines of one file, and returns the first line that cannot be added.
func (p *Packages) addPipLines(name string, data []byte, files map[string][]byte, read *[]string) (refused listed) {
	var above []string
	for i, line := range strings.Split(strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n"), "\n") {
		text := strings.TrimSpace(line)
		if comment, ok := strings.CutPrefix(text, "#"); ok {
			above = append(above, strings.TrimSpace(comment))
			continue
		}
		l := listed{line: i + 1, above: above}
		text, l.beside, _ = strings.Cut(text, " #")
		l.text, l.beside = strings.TrimSpace(text), strings.TrimSpace(l.beside)
		if l.text == "" {
			continue
		}
		above = nil
		if other, ok := included(name, l.text); ok && files[other] != nil {
			if slices.Contains(*read, other) {
				continue
			}
			*read = append(*read, other)
			if inner := p.addPipLines(other, files[other], files, read); inner.line > 0 {
				return l
			}
			continue
		}
		if strings.HasPrefix(l.text, "-") || strings.HasSuffix(l.text, "\\") || !p.addRequirement(name, l) {
			return l
		}
	}
	for _, text := range above {
		if telling(text) {
			p.foot = append(p.foot, text)
		}
	}
	return listed{}
}

// included returns the file that a line includes, relative to the folder of requirements.txt; ok is false if the line
// includes no file, or one outside the folder.
// https://pip.pypa.io/en/stable/reference/requirements-file-format/
func included(from, line string) (string, bool) {
	line, _, _ = strings.Cut(line, " #")
	rest, long := strings.CutPrefix(line, "--requirement")
	if long && strings.TrimLeft(rest, " =\t") == rest {
		return "", false
	}
	if !long {
		short := false
		if rest, short = strings.CutPrefix(line, "-r"); !short {
			return "", false
		}
	}
	rest = strings.Trim(rest, " =\t")
	name := path.Join(path.Dir(from), rest)
	return name, rest != "" && !path.IsAbs(rest) && name != ".." && !strings.HasPrefix(name, "../")
}

// addRequirement adds a requirement in pip's syntax.
func (p *Packages) addRequirement(path string, l listed) bool {
	r, err := pep508.ParseRequirement(l.text)
	if err != nil {
		if path == scaffold.CondaFile {
			p.note(path, l, l.text, true, message.New("manual.package", "error", unread(l.text, err)), message.New("manual.package.fix"))
		}
		return false
	}
	if r.Normal == scaffold.StreamlitPackage && !slices.Contains(r.Extras, "snowflake") {
		r.Extras = append(r.Extras, "snowflake")
	}
	p.add(dependency{r, l, path})
	return true
}

// addProject adds the packages that pyproject.toml already lists. Errors in the file are reported elsewhere.
func (p *Packages) addProject(data []byte) {
	_, values, err := parseTOML(scaffold.PyprojectFile, data)
	if err != nil {
		return
	}
	project, _ := values["project"].(map[string]any)
	texts := textsOf(project["dependencies"])
	if project == nil {
		texts, _ = poetryPackages(values)
	}
	for _, text := range texts {
		line := 1
		if before, _, ok := strings.Cut(string(data), text); ok {
			line += strings.Count(before, "\n")
		}
		p.addRequirement(scaffold.PyprojectFile, listed{text: text, line: line})
	}
}
