package upload

import (
	"bytes"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"sleet/snowflake/safely"
)

// mostName is how long a text between two quotes may be to be looked at as a path.
const mostName = 1024

// fileNames are the texts between quotes of an app's code, which may name files and folders.
type fileNames map[string]bool

// namesIn collects what is between two quotes, or between a quote and a placeholder, in texts. A string in Python cannot be told from what
// is between two strings in this way, which finds a few names too many.
func namesIn(texts [][]byte) fileNames {
	names := fileNames{}
	for _, text := range texts {
		for piece := range bytes.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("\"'\n{}*?=,;", r) }) {
			if len(piece) > mostName {
				continue
			}
			name := strings.ReplaceAll(string(bytes.TrimSpace(piece)), `\\`, "/")
			// A requirement names a file behind its own name: tool @ file:wheels/tool.whl.
			for _, each := range []string{name, strings.TrimPrefix(name[strings.LastIndexAny(name, " @")+1:], "file:")} {
				if each = strings.Trim(path.Clean(each), "/"); each != "." && each != "" {
					names[each] = true
				}
			}
		}
	}
	return names
}

// file reports whether a file is named: by its path, or by the end of it.
func (n fileNames) file(file string) bool {
	for rest, found := file, true; found; _, rest, found = strings.Cut(rest, "/") {
		if n[rest] {
			return true
		}
	}
	return false
}

// folder reports whether one of the folders of a file is named: the file may be one that the code finds there.
func (n fileNames) folder(file string) bool {
	for at := range ancestors(file) {
		if at != file && n.file(at) {
			return true
		}
	}
	return false
}

// artifactList is what snowflake.yml lists: paths of files and folders, and patterns of them.
type artifactList struct {
	paths    map[string]bool
	patterns [][]string
}

// mostPatterns is how many patterns are looked at; each of them is held against each file.
const mostPatterns = 1000

// add adds an entry of the list.
func (l *artifactList) add(entry string) {
	switch entry = path.Clean(entry); {
	case entry == ".":
		l.patterns = append(l.patterns, []string{"**"})
	case !strings.ContainsAny(entry, `*?[\`):
		l.paths[entry] = true
	case len(l.patterns) < mostPatterns:
		l.patterns = append(l.patterns, strings.Split(entry, "/"))
	}
}

// artifacts reads the files that the apps of a snowflake.yml have, in both of its versions. One that cannot be read lists nothing.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/streamlit-apps/manage-apps/initialize-app
func artifacts(text []byte) (list artifactList) {
	list.paths = map[string]bool{}
	defer func() { _ = recover() }() // The library panics on some texts that are not YAML.
	if safely.YAMLDepth(text) != nil {
		return list
	}
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return list
	}
	for _, doc := range file.Docs {
		for _, app := range yamlValues(yamlKey(doc.Body, "entities")) {
			if yamlText(yamlKey(app, "type")) == "streamlit" {
				list.addAll(app)
			}
		}
		list.addAll(yamlKey(doc.Body, "streamlit"))
	}
	return list
}

// addAll adds what an app lists.
func (l *artifactList) addAll(app ast.Node) {
	for _, key := range []string{"artifacts", "additional_source_files", "pages_dir", "main_file", "env_file"} {
		node := yamlKey(app, key)
		items := []ast.Node{node}
		if sequence, ok := node.(*ast.SequenceNode); ok {
			items = sequence.Values
		}
		for _, item := range items {
			if src := yamlKey(item, "src"); src != nil {
				item = src
			}
			if name := yamlText(item); name != "" {
				l.add(name)
			}
		}
	}
}

// has reports whether a file, or a folder that it is in, is listed. A pattern that names everything does not name what is in a
// folder for making the app.
func (l *artifactList) has(file string) bool {
	for at := range ancestors(file) {
		if l.paths[at] {
			return true
		}
	}
	parts := strings.Split(file, "/")
	for _, pattern := range l.patterns {
		if workingFolder(parts[:len(parts)-1]) && !strings.EqualFold(pattern[0], parts[0]) {
			continue
		}
		if matchParts(pattern, parts) {
			return true
		}
	}
	return false
}

// ancestors returns a path and the folders that it is in, without the folder that all is in.
func ancestors(file string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for at := file; at != path.Dir(at); at = path.Dir(at) {
			if !yield(at) {
				return
			}
		}
	}
}

// matchParts reports whether a pattern, in its parts, takes a path or the first parts of it; ** stands for any number of parts. It goes
// through the pattern once, with all the places in the path that it may have come to.
func matchParts(pattern, parts []string) bool {
	at := make([]bool, len(parts)+1)
	at[0] = true
	for _, wanted := range pattern {
		next := make([]bool, len(parts)+1)
		for i, here := range at {
			switch {
			case wanted == "**":
				next[i] = here || i > 0 && next[i-1]
			case here && i < len(parts):
				next[i+1], _ = path.Match(wanted, parts[i])
			}
		}
		at = next
	}
	return slices.Contains(at, true)
}

// yamlKey returns the value of a key of a mapping, nil where there is none.
func yamlKey(node ast.Node, name string) ast.Node {
	for _, v := range yamlPairs(node) {
		if yamlText(v.Key) == name {
			return bareYAML(v.Value)
		}
	}
	return nil
}

// yamlValues returns the values of a mapping.
func yamlValues(node ast.Node) []ast.Node {
	pairs := yamlPairs(node)
	list := make([]ast.Node, 0, len(pairs))
	for _, v := range pairs {
		list = append(list, bareYAML(v.Value))
	}
	return list
}

func yamlPairs(node ast.Node) []*ast.MappingValueNode {
	switch t := bareYAML(node).(type) {
	case *ast.MappingNode:
		return t.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{t}
	}
	return nil
}

// bareYAML takes tags and anchors off a node.
func bareYAML(node ast.Node) ast.Node {
	for {
		switch t := node.(type) {
		case *ast.TagNode:
			node = t.Value
		case *ast.AnchorNode:
			node = t.Value
		default:
			return node
		}
	}
}

// yamlText returns the text of a scalar, "" for any other node.
func yamlText(node ast.Node) string {
	switch t := bareYAML(node).(type) {
	case *ast.StringNode:
		return t.Value
	case *ast.LiteralNode:
		return t.Value.Value
	}
	return ""
}
