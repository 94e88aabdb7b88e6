package manifest

import (
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/resources"
)

// nameKey is the key of an app's name.
const nameKey = "name"

// Project is the definition of one app in a snowflake.yml.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/project-definitions/about
type Project struct {
	// Version is definition_version: "1", "1.1" or "2".
	Version string
	// Key is the entity's key in version 2.
	Key                    string
	Name, Schema, Database string
	Title, Comment         string
	Warehouse, MainFile    string
	Stage, PagesDir        string
	Runtime, Pool          string
	Artifacts              []string
	Imports, Integrations  []string
	Secrets                []resources.SecretBinding
	Grants                 []resources.AppGrant
	// Env are the project's variables. Open are the answers with a template whose value the file does not have.
	Env                         map[string]string
	Open                        []UnresolvedAnswer
	others                      []string
	templated                   []string // the properties whose value is unknown
	Entity                      ast.Node
	versionNode, node, artifact *ast.MappingValueNode
}

// ReadProject reads the definition of the app with a main file, whose path is relative to the file's folder, from a
// snowflake.yml. It returns nil if there is no such app. An error is a *FileError.
func ReadProject(name string, data []byte, main string) (*Project, error) {
	return readProject(name, data, func(entities ast.Node) *ast.MappingValueNode { return entityFor(entities, main) })
}

// ReadEntity reads the entity with a key from a snowflake.yml of version 2. It returns nil if there is no such entity,
// or if the entity merges properties of another by a merge key, because then its properties are in the other one.
func ReadEntity(name string, data []byte, key string) (*Project, error) {
	p, err := readProject(name, data, func(entities ast.Node) *ast.MappingValueNode { return Entry(entities, key) })
	if p == nil || p.Key != key {
		return nil, err
	}
	for _, v := range Entries(p.Entity) {
		if _, merged := v.Key.(*ast.MergeKeyNode); merged {
			return nil, nil //nolint:nilnil // An app without an entity of its own is not an error.
		}
	}
	return p, nil
}

// readProject reads the app of a snowflake.yml of version 1, or the entity that choose selects in version 2.
func readProject(name string, data []byte, choose func(entities ast.Node) *ast.MappingValueNode) (*Project, error) {
	root, err := ParseYAML(name, data)
	if err != nil {
		return nil, err
	}
	p := &Project{versionNode: Entry(root, "definition_version")}
	if p.versionNode != nil {
		p.Version = Scalar(p.versionNode.Value)
	}
	if v := Entry(root, scaffold.StreamlitPackage); v != nil && !strings.HasPrefix(p.Version, "2") {
		p.node, p.Entity = v, bare(v.Value)
	} else if v := Entry(root, "entities"); v != nil {
		p.node = choose(v.Value)
		if p.node != nil {
			p.Key, p.Entity = Scalar(p.node.Key), bare(p.node.Value)
		}
	}
	if p.Entity == nil || Entries(p.Entity) == nil {
		return nil, nil //nolint:nilnil // no app is not an error
	}
	for _, v := range Entries(root) {
		switch key := Scalar(v.Key); key {
		case "definition_version", scaffold.StreamlitPackage, "entities", "env", "mixins":
		default:
			p.others = append(p.others, key)
		}
	}
	p.Env = map[string]string{}
	if v := Entry(root, "env"); v != nil {
		for _, each := range Entries(v.Value) {
			p.Env[Scalar(each.Key)] = Scalar(each.Value)
		}
	}
	p.read()
	p.fill(name)
	return p, nil
}

// fill replaces templates with the project's variables. Other templates have a value only on the machine that deploys.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/project-definitions/use-templates
func (p *Project) fill(name string) {
	values := SQLValues{Env: p.Env}
	for _, row := range []struct {
		key, property string
		to            *string
	}{
		{"app.name", "identifier", &p.Name},
		{"app.schema", "identifier", &p.Schema},
		{"app.database", "identifier", &p.Database},
		{"app.title", "title", &p.Title},
		{"app.comment", "comment", &p.Comment},
		{"app.query_warehouse", "query_warehouse", &p.Warehouse},
		{"app.stage", "stage", &p.Stage},
		{"app.compute_pool", "compute_pool", &p.Pool},
		{"app.main_file", "main_file", &p.MainFile},
	} {
		text, known := values.Text(*row.to)
		if !known {
			p.Open = append(p.Open, UnresolvedAnswer{Key: row.key, Text: *row.to, Path: name, Line: p.lineOf(row.property)})
			p.templated = append(p.templated, row.property)
			text = ""
		}
		*row.to = text
	}
	fill := func(list []string) []string {
		var all []string
		for _, text := range list {
			if filled, known := values.Text(text); known {
				all = append(all, filled)
			}
		}
		return all
	}
	p.Integrations = fill(p.Integrations)
	for i, s := range p.Secrets {
		if text, known := values.Text(s.Object); known {
			p.Secrets[i].Object = text
		}
	}
}

// lineOf returns the line of a property, or that of the app if the property is missing.
func (p *Project) lineOf(property string) int {
	if v := Entry(p.Entity, property); v != nil {
		return v.Key.GetToken().Position.Line
	}
	return p.node.Key.GetToken().Position.Line
}

// entityFor returns the entity of a main file, or the only entity that is an app.
func entityFor(list ast.Node, main string) *ast.MappingValueNode {
	var only *ast.MappingValueNode
	apps := 0
	for _, v := range Entries(list) {
		kind := Entry(v.Value, "type")
		if kind == nil || Scalar(kind.Value) != scaffold.StreamlitPackage {
			continue
		}
		file := Entry(v.Value, "main_file")
		if file == nil && main == "streamlit_app.py" || file != nil && path.Clean(Scalar(file.Value)) == main {
			return v
		}
		only = v
		apps++
	}
	if apps == 1 {
		return only
	}
	return nil
}

// read reads the entity's keys.
func (p *Project) read() {
	for _, v := range Entries(p.Entity) {
		text := Scalar(v.Value)
		switch Scalar(v.Key) {
		case nameKey:
			p.Name = text
		case "identifier":
			p.identifier(v.Value, text)
		case "schema":
			p.Schema = text
		case "database":
			p.Database = text
		case "title":
			p.Title = text
		case "comment":
			p.Comment = text
		case "query_warehouse":
			p.Warehouse = text
		case "main_file":
			p.MainFile = text
		case "stage":
			p.Stage = text
		case "pages_dir":
			p.PagesDir = text
		case "runtime_name":
			p.Runtime = text
		case "compute_pool":
			p.Pool = text
		case "imports":
			p.Imports = texts(v.Value)
		case "external_access_integrations":
			p.Integrations = texts(v.Value)
		case "secrets":
			for _, s := range Entries(v.Value) {
				p.Secrets = append(p.Secrets, resources.SecretBinding{Key: Scalar(s.Key), Object: Scalar(s.Value)})
			}
		case "grants":
			p.grants(v.Value)
		case "artifacts", "additional_source_files":
			p.artifact = v
			p.Artifacts = texts(v.Value)
		}
	}
}

func (p *Project) identifier(n ast.Node, text string) {
	p.Name = text
	for _, v := range Entries(n) {
		switch Scalar(v.Key) {
		case nameKey:
			p.Name = Scalar(v.Value)
		case "schema":
			p.Schema = Scalar(v.Value)
		case "database":
			p.Database = Scalar(v.Value)
		}
	}
}

func (p *Project) grants(n ast.Node) {
	list, ok := bare(n).(*ast.SequenceNode)
	if !ok {
		return
	}
	for _, item := range list.Values {
		var g resources.AppGrant
		for _, v := range Entries(item) {
			switch Scalar(v.Key) {
			case "privilege":
				g.Privilege = Scalar(v.Value)
			case "role":
				g.Role = Scalar(v.Value)
			}
		}
		if g.Privilege != "" && g.Role != "" {
			p.Grants = append(p.Grants, g)
		}
	}
}

// texts returns the entries of a list. An artifact with a destination is represented by its source.
func texts(n ast.Node) []string {
	list, ok := bare(n).(*ast.SequenceNode)
	if !ok {
		if text := Scalar(n); text != "" {
			return []string{text}
		}
		return nil
	}
	var all []string
	for _, item := range list.Values {
		text := Scalar(item)
		if src := Entry(item, "src"); src != nil {
			text = Scalar(src.Value)
		}
		all = append(all, text)
	}
	return all
}

// EntitiesListing returns the keys of the entities, of apps or anything else, in a snowflake.yml of version 2 that list
// a file by its path. Patterns do not count: the Snowflake CLI accepts a pattern that matches nothing.
func EntitiesListing(name string, data []byte, file string) []string {
	root, err := ParseYAML(name, data)
	if err != nil {
		return nil
	}
	all := Entry(root, "entities")
	if all == nil {
		return nil
	}
	var keys []string
	for _, e := range Entries(all.Value) {
		list := Entry(e.Value, "artifacts")
		if list != nil && slices.ContainsFunc(texts(list.Value), func(a string) bool { return a != "" && path.Clean(a) == file }) {
			keys = append(keys, Scalar(e.Key))
		}
	}
	return keys
}

// Uncovered returns the files that no artifact covers.
func (p *Project) Uncovered(files []string) []string {
	var list []string
	for _, file := range files {
		if !slices.ContainsFunc(p.Artifacts, func(pattern string) bool { return facts.Covers(pattern, file) }) {
			list = append(list, file)
		}
	}
	return list
}
