package generate

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/resources"
	"sleet/snowflake"
	"sleet/ui/message"
)

// snowflakeYML returns snowflake.yml, with which the Snowflake CLI can deploy the app too. Names
// are written as in SQL, because the CLI does not quote reserved words.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/streamlit-apps/manage-apps/initialize-app
func snowflakeYML(a scaffold.App, locked bool) []byte {
	p := projectFile{Parsed: resources.Parse(a), app: a, locked: locked && a.LocksPackages()}
	p.raw(remark(p.app.App.Language.Text("file.snowflake_yml.about")))
	p.raw("definition_version: 2\nentities:\n  " + yamlString(slug(a)) + ":\n    type: streamlit\n")
	p.identifier()
	p.put("title", a.App.Title)
	p.put("comment", a.App.Comment)
	p.put("query_warehouse", p.SQL(p.Warehouse))
	p.put("main_file", a.App.MainFile)
	p.put("stage", p.SQL(p.Stage))
	p.runtime()
	p.list("external_access_integrations", p.written(p.Integrations()))
	p.secrets()
	p.grants()
	p.artifacts()
	return []byte(p.b.String())
}

// projectFile writes the single entity of the file.
type projectFile struct {
	*resources.Parsed
	// app has its defaults filled in.
	app scaffold.App
	// locked reports whether uv.lock is in the folder.
	locked bool
	b      strings.Builder
}

// written returns names as the answers spell them.
func (p *projectFile) written(names []snowflake.Name) []string {
	list := make([]string, 0, len(names))
	for _, name := range names {
		list = append(list, p.SQL(name))
	}
	return list
}

func (p *projectFile) raw(text string) { p.b.WriteString(text) }

// put writes a key of the entity unless its value is empty.
func (p *projectFile) put(key, value string) {
	if value != "" {
		p.raw("    " + key + ": " + projectString(value) + "\n")
	}
}

func (p *projectFile) list(key string, values []string) {
	if len(values) == 0 {
		return
	}
	p.raw("    " + key + ":\n")
	for _, v := range values {
		p.raw("      - " + projectString(v) + "\n")
	}
}

// remark writes a comment at the indentation of the entity's keys.
func (p *projectFile) remark(id message.ID) {
	for line := range strings.Lines(remark(p.app.App.Language.Text(id))) {
		p.raw("    " + line)
	}
}

// projectString returns text for snowflake.yml, where "<%" starts a CLI variable and "{#" a
// comment. A filter on a variable that is always defined produces them literally.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/project-definitions/use-sql-variables
func projectString(s string) string {
	if !strings.Contains(s, "<%") && !strings.Contains(s, "{#") {
		return yamlString(s)
	}
	const version = "<% ctx.definition_version|replace('2','"
	return yamlString(strings.NewReplacer("<%", version+"<%') %>", "{#", version+"{#') %>").Replace(s))
}

func (p *projectFile) identifier() {
	a := p.app.App
	p.raw("    identifier:\n      name: " + projectString(snowflake.LenientIdent(a.Name)) + "\n")
	if a.Schema != "" {
		p.raw("      schema: " + projectString(snowflake.LenientIdent(a.Schema)) + "\n")
	}
	if a.Database != "" {
		p.raw("      database: " + projectString(snowflake.LenientIdent(a.Database)) + "\n")
	}
}

// runtime writes where the app runs. CLI versions before 3.27 omit the warehouse runtime's name
// from the statement, and the account then creates a container app.
// https://docs.snowflake.com/en/developer-guide/streamlit/migrations-and-upgrades/runtime-migration
func (p *projectFile) runtime() {
	p.put("runtime_name", p.Runtime)
	if scaffold.Facts(p.app.App.Runtime).ComputePool && p.Pool.IsZero() {
		p.remark("file.snowflake_yml.default_pool")
	}
	p.put("compute_pool", p.SQL(p.Pool))
	if repositories := p.written(p.Repositories); len(repositories) > 0 {
		p.remark("file.snowflake_yml.repositories")
		p.raw("    # artifact_repositories: [" + strings.Join(repositories, ", ") + "]\n")
		p.raw("    # ALTER STREAMLIT " + p.SQL(p.Streamlit) + " SET ARTIFACT_REPOSITORIES = " + snowflake.List(repositories...) + ";\n")
	}
}

// secrets writes the secrets that Snowflake injects into the app, by key.
func (p *projectFile) secrets() {
	head := "    secrets:\n"
	for _, b := range p.Bindings() {
		p.raw(head + "      " + projectString(b.Key) + ": " + projectString(p.SQL(b.Name)) + "\n")
		head = ""
	}
}

// grants writes the grants of the viewers. The CLI revokes grants that are not listed, so without
// viewers there is no list.
func (p *projectFile) grants() {
	if len(p.Viewers) == 0 {
		return
	}
	p.remark("file.snowflake_yml.grants")
	p.raw("    grants:\n")
	for i, v := range p.Viewers {
		if slices.Contains(p.Viewers[:i], v) {
			continue
		}
		p.raw("      - privilege: USAGE\n        role: " + projectString(p.SQL(v)) + "\n")
	}
}

// artifacts lists the files to upload. The CLI treats each as a pattern and fails if one matches
// nothing.
func (p *projectFile) artifacts() {
	p.remark("file.snowflake_yml.artifacts")
	p.raw("    artifacts:\n")
	files := scaffold.AppFiles(p.app)
	if p.locked {
		files = slices.Insert(files, 2, scaffold.LockFile) // after the package file
	}
	for _, path := range files {
		p.raw("      - " + projectString(globLiteral(path)) + "\n")
	}
	if main := p.app.App.MainFile; strings.HasSuffix(main, ".py") {
		p.raw("      - " + projectString(siblings(main)) + "\n")
	}
	if p.app.LocksPackages() && !p.locked {
		p.remark("file.snowflake_yml.lock")
	}
}

// siblings returns the pattern of the Python files beside a file.
func siblings(path string) string {
	return globLiteral(path[:strings.LastIndexByte(path, '/')+1]) + "*.py"
}

// globLiteral returns the pattern that matches only path.
func globLiteral(path string) string {
	if !strings.ContainsAny(path, "[*?") {
		return path
	}
	return strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(path)
}
