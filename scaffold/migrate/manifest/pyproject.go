package manifest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/pep508"
	"sleet/ui/message"
)

// RulePackages is the rule about the files that list packages.
const RulePackages = "SL201"

// JoinProject returns the edits that add to an existing pyproject.toml what a container needs, which made contains: a
// file generated from the answers. Everything else in the file stays. read are the files of dynamic dependencies whose
// packages made includes.
func JoinProject(name string, data []byte, made string, read ...string) ([]change.Edit, []change.Note) {
	edits, notes := joinedProject(name, data, made, read)
	out, err := change.ApplyEdits(data, edits)
	if err == nil {
		_, _, err = parseTOML(name, out)
	}
	if err != nil {
		return nil, append(notes, change.Note{
			Rule: RulePackages, Path: name, Line: 1, Manual: true, Message: message.New("manual.pyproject-odd"), Fix: message.New("manual.pyproject-odd.fix"),
		})
	}
	return edits, notes
}

// PoetryNote returns a note that the person must migrate Poetry's dependencies.
func PoetryNote(name string) change.Note {
	return change.Note{Rule: RulePackages, Path: name, Line: 1, Manual: true, Message: message.New("manual.poetry"), Fix: message.New("manual.poetry.fix")}
}

// PoetryAddsPackages reports whether Poetry's own table requires a package that [project] does not.
func PoetryAddsPackages(name string, data []byte) bool {
	_, values, err := parseTOML(name, data)
	if err != nil {
		return false
	}
	project, _ := values["project"].(map[string]any)
	packages, left := poetryPackages(values)
	return slices.ContainsFunc(append(packages, left...), func(text string) bool {
		asked, err := pep508.ParseRequirement(text)
		return err == nil && !slices.ContainsFunc(textsOf(project["dependencies"]), func(text string) bool {
			r, err := pep508.ParseRequirement(text)
			return err == nil && r.Normal == asked.Normal
		})
	})
}

func joinedProject(name string, data []byte, made string, read []string) ([]change.Edit, []change.Note) {
	parts, values, err := parseTOML(name, data)
	if err != nil {
		return nil, nil // the folder's report has the error
	}
	project, _ := values["project"].(map[string]any)
	if project == nil {
		text := made
		if len(data) > 0 {
			text = "\n" + made
		}
		if len(data) > 0 && data[len(data)-1] != '\n' {
			text = "\n" + text
		}
		var notes []change.Note
		if _, left := poetryPackages(values); len(left) > 0 {
			notes = append(notes, PoetryNote(name))
		}
		return []change.Edit{ProjectEdit(name, len(data), len(data), text, message.New("change.uv-reads"))}, notes
	}
	_, wanted, err := parseTOML(name, []byte(made))
	if err != nil {
		return nil, nil
	}
	want, _ := wanted["project"].(map[string]any)
	j := projectJoin{name: name, data: data, parts: parts, project: project}
	if files := dynamicFiles(values); len(files) > 0 && !slices.ContainsFunc(files, func(f string) bool { return !slices.Contains(read, f) }) {
		j.written(textsOf(want["dependencies"]))
	} else {
		j.dependencies(textsOf(want["dependencies"]))
	}
	python, _ := want["requires-python"].(string)
	j.python(python)
	return j.edits, j.notes
}

// ProjectEdit returns an edit of pyproject.toml.
func ProjectEdit(name string, start, end int, text string, why message.Message) change.Edit {
	return change.Edit{Path: name, Start: start, End: end, New: text, Rule: RulePackages, Why: why, Automatic: true}
}

// textsOf returns the strings of a TOML list.
func textsOf(v any) []string {
	list, _ := v.([]any)
	var all []string
	for _, item := range list {
		if text, ok := item.(string); ok {
			all = append(all, text)
		}
	}
	return all
}

// projectJoin edits one pyproject.toml.
type projectJoin struct {
	name    string
	data    []byte
	parts   []tomlPart
	project map[string]any
	edits   []change.Edit
	notes   []change.Note
}

// part returns a key of [project], or nil if it has no line of its own.
func (j *projectJoin) part(key string) *tomlPart {
	i := slices.IndexFunc(j.parts, func(p tomlPart) bool { return !p.head && slices.Equal(p.path, []string{"project", key}) })
	if i < 0 {
		return nil
	}
	return &j.parts[i]
}

// set adds a key below the header of [project].
func (j *projectJoin) set(text string, why message.Message) {
	i := slices.IndexFunc(j.parts, func(p tomlPart) bool { return p.head && slices.Equal(p.path, []string{"project"}) })
	if i < 0 {
		j.notes = append(j.notes, change.Note{
			Rule: RulePackages, Path: j.name, Line: 1, Manual: true, Message: message.New("manual.no-project"), Fix: message.New("manual.no-project.fix", "text", text),
		})
		return
	}
	if end := j.parts[i].end; end > 0 && j.data[end-1] != '\n' {
		text = "\n" + text
	}
	j.edits = append(j.edits, ProjectEdit(j.name, j.parts[i].end, j.parts[i].end, text+"\n", why))
}

// python requires the Python version of the container if the file requires another, or allows an older one. uv resolves
// for every version that the file allows, and Streamlit does not support the older ones.
func (j *projectJoin) python(want string) {
	version := strings.TrimSuffix(strings.TrimPrefix(want, "=="), ".*")
	why := message.New("change.python", "version", version)
	have, _ := j.project["requires-python"].(string)
	clauses, err := pep508.ParseSpecifier(have)
	p := j.part("requires-python")
	switch {
	case have == "" && p == nil:
		j.set("requires-python = \""+want+"\"", why)
	case p != nil && (err != nil || !pep508.Admits(clauses, version+".9") || admitsOlder(clauses, version)):
		if at := strings.Index(string(j.data[p.start:p.end]), have); at >= 0 {
			j.edits = append(j.edits, ProjectEdit(j.name, p.start+at, p.start+at+len(have), want, why))
		}
	}
}

// dependencies adds missing packages, and replaces those that are too old for a container.
func (j *projectJoin) dependencies(want []string) {
	why := message.New("change.packages")
	p := j.part("dependencies")
	if p == nil {
		if dynamic := textsOf(j.project["dynamic"]); slices.Contains(dynamic, "dependencies") {
			j.notes = append(j.notes, change.Note{
				Rule: RulePackages, Symbol: SymbolDynamic, Path: j.name, Line: 1, Manual: true, Message: message.New("manual.dynamic"),
				Fix: message.New("manual.dynamic.fix", "packages", strings.Join(want, ", ")),
			})
			return
		}
		text := "dependencies = [\n"
		for _, w := range want {
			text += "    \"" + w + "\",\n"
		}
		j.set(text+"]", why)
		return
	}
	list := newTOMLList(j.data, p.start, p.end)
	if list == nil {
		return
	}
	var added []string
	for _, w := range want {
		r, err := pep508.ParseRequirement(w)
		if err != nil {
			continue
		}
		i := slices.IndexFunc(list.items, func(it tomlItem) bool {
			have, err := pep508.ParseRequirement(it.text)
			return err == nil && have.Normal == r.Normal
		})
		switch {
		case i < 0:
			added = append(added, w)
		case r.Normal != scaffold.StreamlitPackage && tooOld(list.items[i].text) && w != list.items[i].text:
			it := list.items[i]
			j.edits = append(j.edits, ProjectEdit(j.name, it.start, it.end, `"`+w+`"`, message.New("change.floor")))
		case r.Normal == scaffold.StreamlitPackage && !goodStreamlit(list.items[i].text):
			it := list.items[i]
			j.edits = append(j.edits, ProjectEdit(j.name, it.start, it.end, `"`+w+`"`, message.New("change.streamlit")))
		}
	}
	if len(added) > 0 {
		j.edits = append(j.edits, list.insert(j.name, added, why))
	}
}

// admitsOlder reports whether clauses allow an older version of Python 3 than the container's.
func admitsOlder(clauses []pep508.Clause, version string) bool {
	_, minor, _ := strings.Cut(version, ".")
	most, _ := strconv.Atoi(minor)
	for n := range most {
		if pep508.Admits(clauses, fmt.Sprintf("3.%d.25", n)) { // no later patch release matters to Streamlit
			return true
		}
	}
	return false
}

// tooOld reports whether a requirement allows only versions that a container cannot use.
func tooOld(text string) bool {
	r, err := pep508.ParseRequirement(text)
	if err != nil || r.URL != "" {
		return false
	}
	f, ok := scaffold.MinimumVersionOf(r.Normal)
	if !ok {
		return false
	}
	_, forced := raise(r.Clauses, f.Version)
	return forced
}

// goodStreamlit reports whether a requirement is for a Streamlit version that a container supports, with Snowpark.
func goodStreamlit(text string) bool {
	r, err := pep508.ParseRequirement(text)
	if err != nil || !slices.Contains(r.Extras, "snowflake") {
		return false
	}
	least := scaffold.Facts(scaffold.Container).MinStreamlit
	for _, c := range r.Clauses {
		base, _ := strings.CutSuffix(c.Version, ".*")
		if (c.Op == ">=" || c.Op == "==" || c.Op == "~=" || c.Op == ">") && pep508.Admits([]pep508.Clause{{Op: ">=", Version: least}}, base) {
			return true
		}
	}
	return false
}
