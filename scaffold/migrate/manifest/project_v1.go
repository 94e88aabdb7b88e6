package manifest

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"sleet/scaffold/generate"
	"sleet/scaffold/migrate/change"
	"sleet/ui/message"
)

// version1 returns the one edit that converts a file of version 1 to version 2.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/project-definitions/migrate-definition
func (p *Project) version1(y *YAMLLines, d Deployment) change.Edit {
	w := v1Writer{y: y, p: p}
	head := p.node.Key.GetToken().Position.Line
	end := y.Last(p.node)
	from := 1
	if p.versionNode != nil {
		line := p.versionNode.Key.GetToken().Position.Line
		w.copy(1, line-1, 0)
		w.add("definition_version: 2" + behind(y.Line(line), "definition_version"))
		from = line + 1
	} else {
		w.add("definition_version: 2")
	}
	if head < from { // the version is below the app
		w = v1Writer{y: y, p: p}
		w.add("definition_version: 2")
		w.copy(1, head-1, 0)
		from = head
	}
	w.copy(from, head-1, 0)
	w.add("entities:"+behind(y.Line(head), "streamlit"), "  "+d.Key+":", "    type: streamlit")
	w.entity(head+1, d)
	tail := end + 1
	if p.versionNode != nil && p.versionNode.Key.GetToken().Position.Line > end {
		line := p.versionNode.Key.GetToken().Position.Line
		w.copy(tail, line-1, 0)
		tail = line + 1
	}
	w.copy(tail, y.count(), 0)
	return change.Edit{
		Path: y.path, Start: 0, End: len(y.data), New: strings.Join(w.lines, y.end) + y.end,
		Rule: RuleProject, Why: message.New("change.version"), Automatic: true,
	}
}

// v1Writer collects the lines of version 2.
type v1Writer struct {
	y     *YAMLLines
	p     *Project
	lines []string
}

func (w *v1Writer) add(lines ...string) { w.lines = append(w.lines, lines...) }

// copy copies lines, indented or dedented by a number of spaces.
func (w *v1Writer) copy(from, to, by int) {
	for n := max(from, 1); n <= to && n <= w.y.count(); n++ {
		line := w.y.Line(n)
		if strings.TrimSpace(line) == "" {
			w.add("")
			continue
		}
		if by > 0 {
			line = strings.Repeat(" ", by) + line
		}
		for i := by; i < 0 && strings.HasPrefix(line, " "); i++ {
			line = line[1:]
		}
		w.add(line)
	}
}

// entity writes the keys of the app in their order, each below its comments.
func (w *v1Writer) entity(line int, d Deployment) {
	keys := Entries(w.p.Entity)
	by := 4 - (keys[0].Key.GetToken().Position.Column - 1)
	named := false
	for _, v := range keys {
		start, end := v.Key.GetToken().Position.Line, w.y.Last(v)
		switch Scalar(v.Key) {
		case nameKey, "schema", "database":
			w.copy(line, start-1, by)
			if !named {
				w.identifier(keys, d.Name)
			}
			named = true
		case "env_file":
			w.comments(line, start-1, by)
		case "additional_source_files":
			w.copy(line, start-1, by)
		case "compute_pool", "runtime_name":
		default:
			w.copy(line, end, by)
		}
		line = end + 1
	}
	w.add("    runtime_name: " + generate.ProjectText(d.Runtime))
	if d.Pool != "" {
		w.add("    compute_pool: " + generate.ProjectText(d.Pool))
	}
	if len(d.Integrations) > 0 {
		w.add("    external_access_integrations:")
		for _, name := range d.Integrations {
			w.add("      - " + generate.ProjectText(name))
		}
	}
	if len(d.Secrets) > 0 {
		w.add("    secrets:")
		for _, s := range d.Secrets {
			w.add("      " + generate.ProjectText(s.Key) + ": " + generate.ProjectText(s.Object))
		}
	}
	w.artifacts(d)
}

// comments copies lines, except those about the environment file.
func (w *v1Writer) comments(from, to, by int) {
	for n := from; n <= to; n++ {
		if text := strings.TrimLeft(strings.TrimSpace(w.y.Line(n)), "# "); text == "" || telling(text) {
			w.copy(n, n, by)
		}
	}
}

// identifier writes the app's name with its schema and database.
func (w *v1Writer) identifier(keys []*ast.MappingValueNode, name string) {
	w.add("    identifier:")
	for _, part := range []string{nameKey, "schema", "database"} {
		for _, v := range keys {
			switch {
			case Scalar(v.Key) == part && part == nameKey && name != "":
				w.add("      name: " + generate.ProjectText(name))
			case Scalar(v.Key) == part:
				w.add("      " + strings.TrimSpace(w.y.Line(v.Key.GetToken().Position.Line)))
			}
		}
	}
}

// artifacts writes every file that stays: first those that version 1 listed, with their comments.
func (w *v1Writer) artifacts(d Deployment) {
	w.add("    artifacts:")
	if w.p.artifact != nil {
		if list, ok := bare(w.p.artifact.Value).(*ast.SequenceNode); ok && !list.IsFlowStyle {
			w.artifactLines(list, d)
		} else {
			w.artifactValues(d)
		}
	}
	for _, file := range w.p.Uncovered(d.Files) {
		w.add("      - " + generate.ProjectArtifact(file))
	}
}

// artifactLines copies the lines of a block list, comments included, without those of removed files.
func (w *v1Writer) artifactLines(list *ast.SequenceNode, d Deployment) {
	last := w.p.artifact.Key.GetToken().Position.Line
	for i, span := range w.y.items(list) {
		removed := slices.Contains(d.Removed, w.p.Artifacts[i])
		for n := last + 1; n <= span[1]; n++ {
			if !removed || n < span[0] && !w.y.aboutConda(n) {
				w.add("      " + strings.TrimSpace(w.y.Line(n)))
			}
		}
		last = span[1]
	}
}

// artifactValues writes the files of a flow list or a single value as a block list, without removed files.
func (w *v1Writer) artifactValues(d Deployment) {
	for _, a := range w.p.Artifacts {
		if !slices.Contains(d.Removed, a) {
			w.add("      - " + generate.ProjectText(a))
		}
	}
}

// behind returns the comment after a key and its value, with the space before it.
func behind(line, key string) string {
	at := strings.Index(line, key)
	if at < 0 {
		return ""
	}
	if i := strings.Index(line[at:], " #"); i >= 0 {
		return "  " + strings.TrimSpace(line[at+i:])
	}
	return ""
}
