package manifest

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"sleet/scaffold/generate"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/resources"
	"sleet/ui/message"
)

// Deployment describes the migrated app for snowflake.yml.
type Deployment struct {
	// Key is the entity's key, because version 1 has none.
	Key string
	// Runtime is the app's RUNTIME_NAME.
	Runtime string
	// Pool is the compute pool; empty for the account's default.
	Pool string
	// Files are the app's files as artifacts name them: relative to the file's folder.
	Files []string
	// Base is the folder whose files the artifacts copy to the root of the app, "" for the file's own folder.
	Base string
	// Removed are the files that were removed.
	Removed []string
	// Integrations are to attach besides the existing ones.
	Integrations []string
	// Secrets are the bindings; any other binding is removed.
	Secrets []resources.SecretBinding
	// Name is the app's new name; empty keeps the name.
	Name string
}

const (
	// RuleProject is the rule about snowflake.yml.
	RuleProject = "SL402"
	// RuleImports replaces the rule id in notes about files that snowflake.yml imports.
	RuleImports  = "imports"
	runtimeWhy   = "a container app names its runtime"
	poolWhy      = "a container app runs in a compute pool"
	artifactsWhy = "the CLI uploads what is listed and nothing else"
)

// Edits returns the edits of a snowflake.yml that make it deploy the container app, and notes about manual work.
// Comments and all other keys stay. In version 1, the app's part is rewritten with its order and comments.
func (p *Project) Edits(name string, data []byte, d Deployment) ([]change.Edit, []change.Note) {
	y := NewYAMLLines(name, data)
	notes := p.importNotes(name)
	if flow(p.Entity) {
		return nil, append(notes, change.Note{
			Rule: RuleProject, Path: name, Line: p.node.Key.GetToken().Position.Line, Manual: true,
			Message: message.New("manual.project-line"), Fix: message.New("manual.project-line.fix", "runtime", d.Runtime),
		})
	}
	if strings.HasPrefix(p.Version, "2") {
		edits := p.version2(y, d)
		return edits, notes
	}
	if len(p.others) > 0 {
		return nil, append(notes, change.Note{
			Rule: RuleProject, Path: name, Line: 1, Manual: true,
			Message: message.New("manual.project-v1", "others", strings.Join(p.others, ", ")), Fix: message.New("manual.project-v1.fix"),
		})
	}
	return []change.Edit{p.version1(y, d)}, notes
}

// importNotes returns a note about imports, which only a warehouse app supports.
// https://docs.snowflake.com/en/release-notes/bcr-bundles/2026_06/bcr-2342
func (p *Project) importNotes(name string) []change.Note {
	if len(p.Imports) == 0 {
		return nil
	}
	return []change.Note{{
		Rule: RuleImports, Symbol: "imports", Path: name, Line: p.node.Key.GetToken().Position.Line, Manual: true,
		Message: message.New("manual.project-imports", "files", strings.Join(p.Imports, ", ")), Fix: message.New("manual.project-imports.fix"),
	}}
}

// version2 edits an entity of version 2.
func (p *Project) version2(y *YAMLLines, d Deployment) []change.Edit {
	var edits []change.Edit
	var added []string
	first := Entries(p.Entity)[0].Key.GetToken().Position
	indent := strings.Repeat(" ", first.Column-1)
	below, end := first.Line, first.Line
	for _, v := range Entries(p.Entity) {
		end = max(end, y.Last(v))
		if key := Scalar(v.Key); key == "main_file" || key == "query_warehouse" && below == first.Line {
			below = y.Last(v)
		}
	}
	set := func(key, have, want string, why message.Message) {
		if have == want || want == "" || slices.Contains(p.templated, key) {
			return
		}
		if v := Entry(p.Entity, key); v != nil {
			if e, ok := y.value(v, generate.ProjectText(want), why); ok {
				edits = append(edits, e)
			}
			return
		}
		added = append(added, indent+key+": "+generate.ProjectText(want))
	}
	edits = append(edits, p.renamed(y, d.Name)...)
	set("runtime_name", p.Runtime, d.Runtime, message.New("change.runtime"))
	set("compute_pool", p.Pool, d.Pool, message.New("change.pool"))
	if len(added) > 0 {
		edits = append(edits, y.insert(below, added, message.New("change.runtime")))
	}
	edits = append(edits, p.secretEdits(y, d, indent, end)...)
	edits = append(edits, y.extend(p.Entity, "external_access_integrations", p.Integrations, d.Integrations, indent, end)...)
	if v := Entry(p.Entity, "imports"); v != nil {
		edits = append(edits, y.remove(v.Key.GetToken().Position.Line, y.Last(v), RuleProject, "imports", message.New("change.imports")))
	}
	edits = append(edits, p.ArtifactEdits(y, d, indent, end)...)
	return mergeInserts(edits)
}

// renamed returns the edit that renames the app.
func (p *Project) renamed(y *YAMLLines, name string) []change.Edit {
	v := Entry(p.Entity, "identifier")
	if v == nil || name == "" {
		return nil
	}
	if inner := Entry(v.Value, nameKey); inner != nil {
		v = inner
	}
	e, ok := y.value(v, generate.ProjectText(name), message.New("change.beside"))
	if !ok {
		return nil
	}
	return []change.Edit{e}
}

// isItem reports whether lines begin with a list item.
func isItem(lines string) bool { return strings.HasPrefix(strings.TrimSpace(lines), "- ") }

// mergeInserts joins edits that insert at the same position, in order. Items of a list that ends there come before a
// following key.
func mergeInserts(edits []change.Edit) []change.Edit {
	var merged []change.Edit
	for _, e := range edits {
		same := func(m change.Edit) bool { return m.Start == m.End && e.Start == e.End && m.Start == e.Start }
		if i := slices.IndexFunc(merged, same); i >= 0 {
			before, after := merged[i].New, e.New
			if isItem(after) && !isItem(before) {
				before, after = after, before
			}
			merged[i].New = joinLines(before, after)
			continue
		}
		merged = append(merged, e)
	}
	return merged
}

// joinLines joins two texts of whole lines. The line ending may be at the end of the first or at the start of the
// second.
func joinLines(a, b string) string {
	if strings.HasSuffix(a, "\n") || strings.HasPrefix(b, "\n") || strings.HasPrefix(b, "\r\n") {
		return a + b
	}
	return a + "\n" + b
}

// secretEdits removes the bindings of secrets that the app now reads in another way, and adds those that Snowflake
// injects.
func (p *Project) secretEdits(y *YAMLLines, d Deployment, indent string, end int) []change.Edit {
	why := message.New("change.secret-function")
	var lines []string
	for _, b := range d.Secrets {
		if !slices.ContainsFunc(p.Secrets, func(have resources.SecretBinding) bool { return strings.EqualFold(b.Key, have.Key) }) {
			lines = append(lines, indent+"  "+generate.ProjectText(b.Key)+": "+generate.ProjectText(b.Object))
		}
	}
	v := Entry(p.Entity, "secrets")
	if v == nil {
		if len(lines) == 0 {
			return nil
		}
		return []change.Edit{y.insert(end, append([]string{indent + "secrets:"}, lines...), message.New("change.secret-handed"))}
	}
	var edits []change.Edit
	first, last := v.Key.GetToken().Position.Line, y.Last(v)
	kept := 0
	for _, s := range Entries(v.Value) {
		line := indent + "  " + generate.ProjectText(Scalar(s.Key)) + ": " + generate.ProjectText(Scalar(s.Value))
		if !slices.ContainsFunc(d.Secrets, func(b resources.SecretBinding) bool { return strings.EqualFold(b.Key, Scalar(s.Key)) }) {
			edits = append(edits, y.remove(s.Key.GetToken().Position.Line, y.Last(s), "SL104", Scalar(s.Key), why))
			continue
		}
		kept++
		if flow(v.Value) {
			lines = append(lines, line)
		}
	}
	switch {
	case len(lines) == 0 && len(edits) == 0, flow(v.Value) && len(edits) == 0 && len(lines) == kept:
		return nil
	case flow(v.Value) || kept == 0:
		whole := y.remove(first, last, "SL104", "", why)
		if len(lines) > 0 {
			whole.New = strings.Join(append([]string{indent + "secrets:"}, lines...), y.end) + y.end
		}
		return []change.Edit{whole}
	case len(lines) > 0:
		edits = append(edits, y.insert(last, lines, message.New("change.secret-handed")))
	}
	return edits
}

// extend adds missing names to a list.
func (y *YAMLLines) extend(entity ast.Node, key string, have, want []string, indent string, end int) []change.Edit {
	var lacking []string
	for _, w := range want {
		if !slices.ContainsFunc(have, func(h string) bool { return strings.EqualFold(h, w) }) {
			lacking = append(lacking, w)
		}
	}
	if len(lacking) == 0 {
		return nil
	}
	lines := make([]string, 0, len(lacking))
	for _, w := range lacking {
		lines = append(lines, indent+"  - "+generate.ProjectText(w))
	}
	return y.lengthen(Entry(entity, key), key, have, lines, indent, end, message.New("change.integration"))
}

// lengthen adds lines to a block list. A flow list becomes a block list, and a missing list is added at the end of the
// entity.
func (y *YAMLLines) lengthen(v *ast.MappingValueNode, key string, have, lines []string, indent string, end int, why message.Message) []change.Edit {
	if v == nil {
		return []change.Edit{y.insert(end, append([]string{indent + key + ":"}, lines...), why)}
	}
	list, ok := bare(v.Value).(*ast.SequenceNode)
	line := v.Key.GetToken().Position.Line
	if !ok || list.IsFlowStyle || len(list.Values) == 0 {
		all := []string{indent + key + ":"}
		for _, h := range have {
			all = append(all, indent+"  - "+generate.ProjectText(h))
		}
		e := y.remove(line, y.Last(v), RuleProject, key, why)
		e.New = strings.Join(append(all, lines...), y.end) + y.end
		return []change.Edit{e}
	}
	text := y.Line(itemLine(list.Values[0]))
	deep := text[:len(text)-len(strings.TrimLeft(text, " "))]
	for i := range lines {
		lines[i] = deep + strings.TrimPrefix(lines[i], indent+"  ")
	}
	return []change.Edit{y.insert(y.Last(v), lines, why)}
}

// ArtifactEdits removes deleted files from the artifacts and adds missing ones.
func (p *Project) ArtifactEdits(y *YAMLLines, d Deployment, indent string, end int) []change.Edit {
	var edits []change.Edit
	kept := slices.DeleteFunc(slices.Clone(p.Artifacts), func(a string) bool { return slices.Contains(d.Removed, a) })
	lacking := p.Uncovered(d.Files)
	lines := make([]string, 0, len(lacking))
	for _, file := range lacking {
		if rest, moved := strings.CutPrefix(file, d.Base+"/"); moved && d.Base != "" {
			lines = append(lines, indent+"  - src: "+generate.ProjectArtifact(file), indent+"    dest: "+generate.ProjectText(rest))
			continue
		}
		lines = append(lines, indent+"  - "+generate.ProjectArtifact(file))
	}
	if p.artifact != nil && len(kept) < len(p.Artifacts) && !flow(p.artifact.Value) {
		if list, ok := bare(p.artifact.Value).(*ast.SequenceNode); ok {
			for i, span := range y.items(list) {
				if !slices.Contains(d.Removed, p.Artifacts[i]) {
					continue
				}
				from := span[0]
				for y.aboutConda(from - 1) {
					from--
				}
				edits = append(edits, y.remove(from, span[1], RuleProject, p.Artifacts[i], message.New("change.artifact-gone", "file", p.Artifacts[i])))
			}
		}
	}
	gone := len(kept) < len(p.Artifacts)
	if len(lines) > 0 || gone && p.artifact != nil && flow(p.artifact.Value) {
		edits = append(edits, y.lengthen(p.artifact, "artifacts", kept, lines, indent, end, message.New("change.artifacts"))...)
	}
	return edits
}
