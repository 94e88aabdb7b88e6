package migrate

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/migrate/manifest"
	"sleet/scaffold/migrate/rewrite"
	"sleet/scaffold/resources"
	"sleet/scaffold/validate"
	"sleet/scaffold/workspace"
	"sleet/snowflake"
	"sleet/ui/message"
)

// Inspection is what the files of an app reveal about it.
type Inspection struct {
	// App is the app after the migration: the answers that the files contain. The others are left unanswered.
	App scaffold.App
	// From is the app in the account, as far as the files show.
	From resources.Deployed
	// Fresh reports whether the app has not been migrated yet, that is, whether there is no sleet.toml for a container
	// app.
	Fresh bool
	// Named reports whether a file contains the name of the app in the account.
	Named bool
	// Container reports whether the files already use a container, and sleet did not write them.
	Container bool
	// Open are the answers that a file sets by a variable or template without a value.
	Open []manifest.UnresolvedAnswer
	// Notes are about problems found while reading the files.
	Notes []change.Note

	created     []creation
	native      *native // nil if no Native App deploys the app
	project     *manifest.Project
	projectPath string // "" without a snowflake.yml
	conda       string // the environment.yml beside a snowflake.yml above the app, which uploads it; "" otherwise
	packages    manifest.Packages
	values      manifest.Values
	hasValues   bool
	config      []change.Edit
	own         ownFiles
	bound       []rewrite.Secret // the secrets that the app has in the warehouse
}

// Inspect reads the files of an app. It does so once per app. Choices.App starts from its App.
func Inspect(folder *existing.Folder, app *existing.App) Inspection {
	return app.Cached(inspectionKey{}, func() any { return inspect(folder, app) }).(Inspection)
}

// inspectionKey is the key under which an app caches its Inspection.
type inspectionKey struct{}

func inspect(folder *existing.Folder, app *existing.App) Inspection {
	f := Inspection{Fresh: true, own: newOwnFiles(app)}
	if app.Answers != nil {
		f.App = app.Answers.Clone()
		f.Fresh = f.App.App.Runtime == scaffold.Warehouse
	}
	f.App.Folder = folderName(folder.Dir, app.Root)
	f.readProject(folder, app)
	f.readFiles(folder, app)
	f.App.PipList = f.staysPip(app)
	known, env := f.nameAndEnv(app)
	sql := readSQL(f.sqlFiles(app), path.Base(app.Main), known, env, otherMains(app)...)
	f.created = sql.created
	f.deployedBy(folder, app, sql)
	f.imports(app, sql)
	if !f.Fresh {
		f.unnamedSecrets(app)
		f.moreValues(app)
		return f
	}
	was := f.App.Resolve()
	f.App.App.Runtime = scaffold.Container
	f.App.Written = nil
	f.identity(app, sql)
	f.readDeployed(app, sql, was)
	f.secrets(app, sql)
	f.network(sql)
	f.dropInvalid(app)
	f.opened(sql)
	return f
}

// nameAndEnv returns the app's name according to files other than SQL, and the project's variables.
func (f *Inspection) nameAndEnv(app *existing.App) (name string, env map[string]string) {
	if p := f.project; p != nil {
		return joinedName(p.Database, p.Schema, p.Name), p.Env
	}
	if app.Answers == nil {
		return "", nil
	}
	a := app.Answers.Resolve().App
	return joinedName(a.Database, a.Schema, a.Name), nil
}

// joinedName qualifies a name as far as its database and schema are known.
func joinedName(database, schema, name string) string {
	if name == "" {
		return ""
	}
	if schema == "" {
		database = ""
	}
	return snowflake.LenientJoin(database, schema, name)
}

// opened adds the open answers that no other file contains.
func (f *Inspection) opened(sql appSQL) {
	all := sql.open
	if f.project != nil {
		all = append(slices.Clone(f.project.Open), all...)
	}
	for _, o := range all {
		same := func(have manifest.UnresolvedAnswer) bool { return have.Key == o.Key }
		if !answered(f.App, o.Key) && !slices.ContainsFunc(f.Open, same) {
			f.Open = append(f.Open, o)
		}
	}
}

// answered reports whether a key of the table app has an answer.
func answered(app scaffold.App, key string) bool {
	a := app.App
	return map[string]bool{
		"app.name": a.Name != "", "app.title": a.Title != "", "app.database": a.Database != "", "app.schema": a.Schema != "",
		"app.query_warehouse": a.QueryWarehouse != "", "app.comment": a.Comment != "", "app.stage": a.Stage != "",
		"app.compute_pool": a.ComputePool != nil, "app.main_file": a.MainFile != "",
	}[key]
}

// deployedBy finds out whether a Native App deploys the app, and whether it already runs in a container.
func (f *Inspection) deployedBy(folder *existing.Folder, app *existing.App, sql appSQL) {
	if app.Answers != nil {
		return
	}
	f.native = nativeOf(folder, app, f.project)
	if f.native == nil {
		f.Container = app.Runtime == scaffold.Container
		return
	}
	f.native.container = app.Runtime == scaffold.Container
	if sql.file != "" {
		f.native.place = change.Place{Path: sql.file, Line: sql.line}
	}
}

const importsSymbol = "IMPORTS"

// imports notes the files that the warehouse app imports and that are missing from the folder.
func (f *Inspection) imports(app *existing.App, sql appSQL) {
	missing := slices.DeleteFunc(slices.Clone(sql.imports), func(name string) bool {
		base := path.Base(name)
		return slices.ContainsFunc(app.Paths, func(have string) bool { return path.Base(have) == base })
	})
	if len(missing) == 0 {
		return
	}
	for i := range f.created {
		f.created[i].keepImports = true
	}
	f.Notes = append(f.Notes, change.Note{
		Rule: "SL401", Symbol: importsSymbol, Path: sql.file, Line: sql.line, Manual: true,
		Message: message.New("manual.sql-imports", "files", strings.Join(missing, ", ")), Fix: message.New("manual.sql-imports.fix"),
	})
}

// folderName returns the name of an app's folder.
func folderName(dir, root string) string {
	name := path.Base(path.Clean(strings.ReplaceAll(path.Join(dir, root), `\`, "/")))
	if strings.Trim(name, "./") == "" {
		return ""
	}
	return name
}

// sqlFiles returns the app's SQL files, except those that sleet writes.
func (f *Inspection) sqlFiles(app *existing.App) map[string][]byte {
	files := map[string][]byte{}
	for p, data := range app.Files {
		if strings.HasSuffix(strings.ToLower(p), ".sql") && p != app.RootPath(scaffold.MigrateFile) && p != app.RootPath(scaffold.RollbackFile) &&
			!f.own.has(change.Relative(app.Root, p)) {
			files[p] = data
		}
	}
	return files
}

// readProject reads the snowflake.yml in the app's root or in a folder above it.
func (f *Inspection) readProject(folder *existing.Folder, app *existing.App) {
	for dir := app.Root; ; dir = path.Dir(dir) {
		p := path.Join(dir, scaffold.ProjectYML)
		if data, ok := folder.Content(p); ok {
			main := strings.TrimPrefix(app.Main, strings.TrimPrefix(dir+"/", "./"))
			project, err := manifest.ReadProject(p, data, main)
			if err == nil && project != nil {
				f.project, f.projectPath = project, p
				return
			}
		}
		if dir == "." || dir == "/" {
			return
		}
	}
}

// readFiles reads the files with packages, options and values. A broken file is in the folder's Skipped and is not
// changed.
func (f *Inspection) readFiles(folder *existing.Folder, app *existing.App) {
	lists := map[string][]byte{}
	if f.conda = f.condaAbove(folder, app); f.conda != "" {
		lists[scaffold.CondaFile], _ = folder.Content(f.conda)
	}
	for _, name := range []string{scaffold.CondaFile, scaffold.PipFile, scaffold.PyprojectFile} {
		if data, ok := app.Files[listPath(app, name)]; ok && (name != scaffold.PyprojectFile || f.Fresh && !f.own.has(name)) {
			lists[name] = data
		}
	}
	beside := path.Dir(listPath(app, scaffold.PipFile))
	for name, data := range app.Files { // files that requirements.txt may include
		if rel := change.Relative(beside, name); path.Ext(name) == ".txt" && inFolder(beside, name) && rel != scaffold.PipFile {
			lists[rel] = data
		}
	}
	var err error
	if f.packages, err = manifest.ReadPackages(lists); err != nil {
		f.broken(app, err, "SL202")
	}
	if f.packages.Empty() && f.Fresh {
		f.otherLists(app)
	}
	for i := range f.packages.Notes {
		f.packages.Notes[i].Path = f.listPath(app, f.packages.Notes[i].Path)
	}
	if data, ok := app.Files[app.RootPath(scaffold.ConfigFile)]; ok && !f.own.has(scaffold.ConfigFile) {
		var kept map[string]any
		if f.config, kept, err = manifest.ReadConfig(data); err != nil {
			f.broken(app, err, "SL301")
		} else if f.Fresh {
			f.App.Config = kept
		}
		for i := range f.config {
			f.config[i].Path = app.RootPath(scaffold.ConfigFile)
		}
	}
	if data, ok := app.Files[app.RootPath(scaffold.SecretsFile)]; ok {
		if f.values, err = manifest.ReadValues(data); err != nil {
			f.broken(app, err, "SL302")
			return
		}
		f.hasValues = true
	}
}

// staysPip reports whether requirements.txt stays the app's package list: there is no pyproject.toml, and none is
// written, because it could not express requirements.txt and no other file lists packages.
func (f *Inspection) staysPip(app *existing.App) bool {
	if !app.HasFile(app.RootPath(scaffold.PipFile)) || app.HasFile(app.RootPath(scaffold.PyprojectFile)) {
		return false
	}
	return !f.Fresh || len(f.packages.Removed) == 0
}

// condaAbove returns the environment.yml next to a snowflake.yml above the app, if the app's entity uploads it and the
// app has none of its own. Several entities may share it.
func (f *Inspection) condaAbove(folder *existing.Folder, app *existing.App) string {
	if f.project == nil || app.HasFile(listPath(app, scaffold.CondaFile)) {
		return ""
	}
	name := path.Join(path.Dir(f.projectPath), scaffold.CondaFile)
	data, read := folder.Content(f.projectPath)
	_, there := folder.Content(name)
	if !read || !there || !slices.Contains(manifest.EntitiesListing(f.projectPath, data, scaffold.CondaFile), f.project.Key) {
		return ""
	}
	return name
}

// listPath returns the path of a file that lists the app's packages, in its folder or above it.
func (f *Inspection) listPath(app *existing.App, name string) string {
	if name == scaffold.CondaFile && f.conda != "" {
		return f.conda
	}
	return listPath(app, name)
}

// listPath returns the path of a file that lists the app's packages: the file that snowflake.yml uploads under that
// name, otherwise the one in the root, otherwise the one nearest to the main file.
func listPath(app *existing.App, name string) string {
	all := app.FindFiles(name)
	if len(all) == 0 || all[0] != app.RootPath(name) && !app.UploadedElsewhere(all[0]) && app.HasFile(app.RootPath(name)) {
		return app.RootPath(name)
	}
	return all[0]
}

// broken adds a note about a file that cannot be parsed.
func (f *Inspection) broken(app *existing.App, err error, rule string) {
	if fault, ok := err.(*manifest.FileError); ok { //nolint:errorlint // the readers give nothing else
		f.Notes = append(f.Notes, change.Note{
			Rule: rule, Path: f.listPath(app, fault.Path), Line: fault.Line, Manual: true,
			Message: message.New("manual.fault", "reason", fault.Message), Fix: message.New("manual.fault.fix"),
		})
	}
}

// identity answers the app's name, location and description.
func (f *Inspection) identity(app *existing.App, sql appSQL) {
	a := &f.App.App
	if p := f.project; p != nil && f.projectPath != f.ownProject(app) {
		answer(&a.Name, qualifiedName(p.Name, &a.Database, &a.Schema))
		answer(&a.Database, p.Database)
		answer(&a.Schema, p.Schema)
		answer(&a.Title, p.Title)
		answer(&a.Comment, p.Comment)
		answer(&a.QueryWarehouse, p.Warehouse)
		answer(&a.Stage, p.Stage)
		if a.ComputePool == nil && p.Pool != "" {
			a.ComputePool = &p.Pool
		}
	}
	if p := f.project; p != nil {
		f.containerName(p.Runtime)
	}
	f.containerName(sql.runtime)
	answer(&a.Name, qualifiedName(sql.name, &a.Database, &a.Schema))
	answer(&a.QueryWarehouse, sql.warehouse)
	answer(&a.Title, sql.title)
	answer(&a.Comment, sql.comment)
	answer(&f.App.Roles.Owner, sql.owner)
	f.Named = a.Name != "" || f.own.any()
	if app.Main != "" {
		main := strings.TrimPrefix(app.Main, app.Root+"/")
		if main != scaffold.DefaultMainFile || a.MainFile != "" {
			a.MainFile = main
		}
	}
	f.python()
	f.App.Values = nil
	if f.hasValues && len(f.values.Credentials) == 0 {
		f.readValues(app)
	}
}

// readValues adds the values of secrets.toml that the app reads. The others are for runs on the developer's machine,
// such as the connection, which would replace Snowflake's own. A file without others is uploaded unchanged; a file with
// others is left to the person.
func (f *Inspection) readValues(app *existing.App) {
	name := app.RootPath(scaffold.SecretsFile)
	kept := map[string]any{}
	for key, value := range f.values.Plain {
		if key != "connections" && readsSecret(app, key) {
			kept[key] = value
		}
	}
	if len(kept) == 0 {
		return
	}
	f.App.Values = kept
	f.moreValues(app)
	if len(kept) == len(f.values.Plain) && !f.own.any() {
		f.App.Written = map[string]string{scaffold.SecretsFile: workspace.Hash(app.Files[name])}
	}
}

// moreValues adds a note about a secrets.toml with more than the app's values.
func (f *Inspection) moreValues(app *existing.App) {
	if !f.hasValues || len(f.App.Values) == 0 || len(f.values.Plain) == len(f.App.Values) || f.own.has(scaffold.SecretsFile) {
		return
	}
	f.Notes = append(f.Notes, change.Note{
		Rule: "SL302", Symbol: scaffold.SecretsFile, Path: app.RootPath(scaffold.SecretsFile), Line: 1, Manual: true,
		Message: message.New("manual.values-more"), Fix: message.New("manual.values-more.fix"),
	})
}

// readsSecret reports whether the code may read a key of st.secrets.
func readsSecret(app *existing.App, key string) bool {
	return slices.ContainsFunc(app.Code(), func(p string) bool {
		text := string(app.Python[p].Text)
		return strings.Contains(text, "secrets") && rewrite.HasWord(text, key)
	})
}

// containerName keeps the name of a container runtime that sleet does not know.
func (f *Inspection) containerName(name string) {
	if scaffold.RuntimeNamed(name) == scaffold.Container && scaffold.Facts(scaffold.Container).NewRuntimeName(name) {
		answer(&f.App.App.RuntimeName, name)
	}
}

// python answers which packages the container installs.
func (f *Inspection) python() {
	facts, p := scaffold.Facts(scaffold.Container), &f.App.Python
	if !slices.Contains(facts.Pythons, p.Version) && !facts.NewRuntimeName(f.App.App.RuntimeName) {
		p.Version = ""
	}
	if f.own.packages {
		f.packages.Notes = nil
		if p.Streamlit == "" {
			return
		}
	} else {
		p.Packages = f.packages.List
	}
	if p.Streamlit = f.packages.Streamlit; p.Streamlit == facts.DefaultStreamlit {
		p.Streamlit = ""
	}
}

// ownProject returns the path of the app's snowflake.yml if it is unchanged since sleet wrote it, otherwise "".
func (f *Inspection) ownProject(app *existing.App) string {
	if !f.own.has(scaffold.ProjectYML) {
		return ""
	}
	return app.RootPath(scaffold.ProjectYML)
}

// answer sets an answer that is still empty.
func answer(to *string, value string) {
	if *to == "" {
		*to = value
	}
}

// qualifiedName splits a qualified name. It returns the app's own name and answers the database and schema if they are
// open.
func qualifiedName(name string, database, schema *string) string {
	parts, err := snowflake.Qualified(name)
	if name == "" || err != nil {
		return ""
	}
	n := len(parts)
	if n > 1 {
		answer(schema, parts[n-2])
	}
	if n > 2 {
		answer(database, parts[n-3])
	}
	return parts[n-1]
}

// readDeployed describes the app in the account.
func (f *Inspection) readDeployed(app *existing.App, sql appSQL, was scaffold.App) {
	f.From = resources.Deployed{
		Legacy: sql.legacy, Warehouse: f.App.App.QueryWarehouse, Integrations: sql.integrations, Secrets: sql.secrets, Grants: sql.grants,
		Conda: f.conda != "" || app.HasFile(listPath(app, scaffold.CondaFile)),
	}
	f.From.Name = f.App.App.Name
	f.From.Runtime = cmp.Or(was.App.RuntimeName, sql.runtime)
	if f.project != nil {
		f.From.Runtime = cmp.Or(was.App.RuntimeName, f.project.Runtime, sql.runtime)
	}
	if p := f.project; p != nil && f.projectPath != f.ownProject(app) {
		if len(p.Integrations) > 0 {
			f.From.Integrations = p.Integrations
		}
		for _, b := range p.Secrets {
			known := func(have resources.SecretBinding) bool { return strings.EqualFold(have.Key, b.Key) }
			if !slices.ContainsFunc(f.From.Secrets, known) {
				f.From.Secrets = append(f.From.Secrets, b)
			}
		}
		for _, g := range p.Grants {
			if grant := g; !slices.Contains(f.From.Grants, grant) {
				f.From.Grants = append(f.From.Grants, grant)
			}
		}
	}
	if app.Answers != nil { // sleet created the warehouse app, so its declared secrets exist
		for _, s := range was.Secrets {
			f.From.Secrets = append(f.From.Secrets, resources.SecretBinding{Key: s.Key, Object: s.Object})
		}
		if len(was.Secrets) > 0 || len(was.Network.Hosts) > 0 || len(was.Network.Rules) > 0 {
			f.From.Integrations = append(f.From.Integrations, was.Network.Integration)
		}
		for i := range f.App.Secrets {
			f.App.Secrets[i].Access = ""
		}
	}
	for _, g := range f.From.Grants {
		if g.Privilege == "USAGE" && g.Of == "" && !slices.Contains(f.App.Roles.Viewers, g.Role) {
			f.App.Roles.Viewers = append(f.App.Roles.Viewers, g.Role)
		}
	}
}

// network uses the integration that provides the secrets, and its hosts, if the files contain them.
func (f *Inspection) network(sql appSQL) {
	n := &f.App.Network
	if n.Integration != "" || f.own.any() || len(f.From.Integrations) != 1 || len(n.Hosts) > 0 {
		return
	}
	n.Integration = f.From.Integrations[0]
	rules := sql.access[storedName(n.Integration)]
	if len(rules) == 1 && validHosts(sql.rules[storedName(rules[0])]) {
		n.Rule, n.Hosts = rules[0], sql.rules[storedName(rules[0])]
		return
	}
	n.Rules = slices.Clone(rules)
}

// validHosts reports whether there are hosts and sleet.toml accepts all of them.
func validHosts(hosts []string) bool {
	for _, h := range hosts {
		if _, err := scaffold.ParseHost(h); err != nil {
			return false
		}
	}
	return len(hosts) > 0
}

// dropInvalid removes answers from the files that sleet.toml does not accept. A person's own answers stay.
func (f *Inspection) dropInvalid(app *existing.App) {
	for _, p := range validate.Problems(f.App) {
		if p.Severity != validate.Error {
			continue
		}
		switch table, key, _ := strings.Cut(p.Path, "."); table {
		case "app", "roles":
			f.leaveOpen(app, p)
		case "config":
			maps.DeleteFunc(f.App.Config, func(k string, _ any) bool { return k == key || strings.HasPrefix(k, key+".") })
		case "values":
			f.App.Values = nil
		case "network":
			f.App.Network = scaffold.Network{Integration: f.App.Network.Integration}
		}
	}
}

// leaveOpen removes one answer, with a note. The main file stays: without it there is no app.
func (f *Inspection) leaveOpen(app *existing.App, p validate.Problem) {
	if app.Answers != nil || p.Path == "app.main_file" {
		return
	}
	for _, empty := range []string{`""`, "[]"} {
		if now, err := answers.Set(f.App, p.Path+"="+empty); err == nil {
			f.App = now
			break
		}
	}
	f.Notes = append(f.Notes, change.Note{
		Rule: "SL501", Symbol: p.Path, Path: app.RootPath(scaffold.AnswersFile), Message: message.New("moved.left-open", "key", p.Path, "reason", p.Message),
	})
}
