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

// mostName is the longest quoted text, in bytes, that may be a path.
const mostName = 1024

// fileNames are the quoted texts in an app's code, which may name files and folders.
type fileNames map[string]bool

// namesIn collects texts between two quotes, or between a quote and a placeholder. It does not
// parse Python, so it also collects the text between two strings, which adds a few names too many.
func namesIn(texts [][]byte) fileNames {
	names := fileNames{}
	for _, text := range texts {
		for piece := range bytes.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("\"'\n{}*?=,;", r) }) {
			if len(piece) > mostName {
				continue
			}
			name := strings.ReplaceAll(string(bytes.TrimSpace(piece)), `\\`, "/")
			// In a requirement, the path follows the package name: tool @ file:wheels/tool.whl.
			for _, each := range []string{name, strings.TrimPrefix(name[strings.LastIndexAny(name, " @")+1:], "file:")} {
				if each = strings.Trim(path.Clean(each), "/"); each != "." && each != "" {
					names[each] = true
				}
			}
		}
	}
	return names
}

// file reports whether a file is named by its path or by the end of it.
func (n fileNames) file(file string) bool {
	for rest, found := file, true; found; _, rest, found = strings.Cut(rest, "/") {
		if n[rest] {
			return true
		}
	}
	return false
}

// folder reports whether a folder of a file is named, so that the code may find the file there.
func (n fileNames) folder(file string) bool {
	for at := range ancestors(file) {
		if at != file && n.file(at) {
			return true
		}
	}
	return false
}

// artifactList is the list in snowflake.yml: paths of files and folders, and patterns.
type artifactList struct {
	paths    map[string]bool
	patterns [][]string
}

// mostPatterns limits the number of patterns, since each is matched with each file.
const mostPatterns = 1000

// add adds an entry to the list.
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

// artifacts returns the files that the apps in a snowflake.yml list, in either version of the
// format. It returns an empty list if the file does not parse.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/streamlit-apps/manage-apps/initialize-app
func artifacts(text []byte) (list artifactList) {
	list.paths = map[string]bool{}
	defer func() { _ = recover() }() // The library panics on some invalid YAML.
	if safely.CheckYAML(text) != nil {
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

// addAll adds the files that an app lists.
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

// has reports whether a file, or a folder that contains it, is listed. A pattern that matches
// everything does not include the working folders.
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

// ancestors returns a path and the folders above it, except the root.
func ancestors(file string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for at := file; at != path.Dir(at); at = path.Dir(at) {
			if !yield(at) {
				return
			}
		}
	}
}

// matchParts reports whether a pattern matches a path or a prefix of it, both split at slashes. **
// matches any number of elements. It makes one pass over the pattern and tracks all possible
// positions in the path.
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

// yamlKey returns the value of a key in a mapping, nil if it is missing.
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

// bareYAML removes tags and anchors from a node.
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

// yamlText returns the text of a string scalar, "" for any other node.
func yamlText(node ast.Node) string {
	switch t := bareYAML(node).(type) {
	case *ast.StringNode:
		return t.Value
	case *ast.LiteralNode:
		return t.Value.Value
	}
	return ""
}
