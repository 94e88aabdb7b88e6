package migrate

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/generate"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/migrate/manifest"
	"sleet/scaffold/migrate/rewrite"
	"sleet/scaffold/pep508"
	"sleet/scaffold/resources"
	"sleet/scaffold/upload"
	"sleet/snowflake"
	"sleet/ui/message"
)

// besideName returns the name of a container app next to an old one.
func besideName(old string) string {
	const suffix = "_container"
	if inner, ok := strings.CutSuffix(old, `"`); ok && strings.HasPrefix(old, `"`) {
		return inner + suffix + `"`
	}
	if old == strings.ToUpper(old) {
		return old + strings.ToUpper(suffix)
	}
	return old + suffix
}

// packages writes pyproject.toml, or adds to an existing one, and removes the files whose packages it then contains. If
// requirements.txt stays the app's list, no pyproject.toml is added.
func (p *planner) packages(app *existing.App, found Inspection, answers scaffold.App) error {
	var text string
	for _, f := range generate.Files(answers) {
		if f.Path == scaffold.PyprojectFile {
			text = found.packages.Annotate(string(f.Data))
			if found.native != nil {
				text = withoutSource(text)
			}
		}
	}
	name := app.RootPath(scaffold.PyprojectFile)
	data, there := p.content(name)
	switch {
	case !there && app.HasFile(name): // it is broken
		p.notes = append(p.notes, change.Note{
			Rule: manifest.RulePackages, Path: name, Line: 1, Manual: true, Message: message.New("manual.pyproject-broken"),
			Fix: message.New("manual.pyproject-broken.fix"),
		})
		return nil
	case !there && answers.PipList:
	case !there:
		p.add(name, []byte(text))
	default:
		edits, notes := manifest.JoinProject(name, data, text, found.packages.Dynamic...)
		p.notes = append(p.notes, notes...)
		if err := p.edit(grouped(edits, change.KindPackages)); err != nil {
			return err
		}
	}
	for _, n := range found.packages.Notes {
		if n.Manual {
			p.notes = append(p.notes, n)
		} else {
			p.m.Notes = append(p.m.Notes, n)
		}
	}
	if err := p.pythonVersion(app, found.App.Resolve().Python.Version); err != nil {
		return err
	}
	for _, gone := range found.packages.Removed {
		// The Snowflake CLI fails if a remaining snowflake.yml names a removed file.
		switch name := found.listPath(app, gone); {
		case found.project == nil && app.UploadedElsewhere(name):
		case p.listedByOthers(app, found, name):
			p.notes = append(p.notes, change.Note{Rule: RuleStays, Path: name, Message: message.New("moved.list-stays")})
		default:
			p.remove(name)
		}
	}
	return nil
}

// pythonVersion sets .python-version, from which uv takes the Python version, to that of a container.
func (p *planner) pythonVersion(app *existing.App, want string) error {
	name := app.RootPath(".python-version")
	data, there := p.content(name)
	version := strings.TrimSpace(string(data))
	if !there || version == want || strings.HasPrefix(version, want+".") {
		return nil
	}
	e := manifest.ProjectEdit(name, 0, len(bytes.TrimRight(data, " \t\r\n")), want, message.New("change.python-version", "version", want))
	e.Line = 1
	return p.edit(grouped([]change.Edit{e}, change.KindPackages))
}

// projectNotes adds notes about the manual work left in pyproject.toml of a previously migrated app.
func (p *planner) projectNotes(app *existing.App, answers scaffold.App) {
	name := app.RootPath(scaffold.PyprojectFile)
	data, there := p.content(name)
	if !there {
		return
	}
	for _, f := range generate.Files(answers) {
		if f.Path != scaffold.PyprojectFile {
			continue
		}
		_, notes := manifest.JoinProject(name, data, string(f.Data))
		if manifest.PoetryAddsPackages(name, data) {
			notes = append(notes, manifest.PoetryNote(name))
		}
		for _, n := range notes {
			if n.Manual {
				p.notes = append(p.notes, n)
			}
		}
	}
}

// project edits snowflake.yml.
func (p *planner) project(app *existing.App, found Inspection, moved movedApp, skip func(string, change.Kind) bool) error {
	if _, again := p.now[found.projectPath]; again || found.project == nil || skip(found.projectPath, change.KindProject) {
		return nil
	}
	dir := path.Dir(found.projectPath)
	data, ok := p.content(found.projectPath)
	if !ok {
		return nil
	}
	main := change.Relative(dir, app.Main)
	project, err := manifest.ReadProject(found.projectPath, data, main)
	if err != nil || project == nil {
		return nil //nolint:nilerr // it was read before
	}
	resolved := moved.app.Resolve()
	d := manifest.Deployment{Key: generate.ProjectKey(moved.app), Runtime: moved.app.RuntimeName(), Pool: *resolved.App.ComputePool}
	if d.Pool != "" {
		d.Pool = snowflake.LenientIdent(d.Pool)
	}
	if project.MainFile != "" && path.Clean(project.MainFile) != main && dir != app.Root {
		d.Base = change.Relative(dir, app.Root)
	}
	if moved.from.Legacy {
		d.Name = snowflake.LenientIdent(resolved.App.Name)
	}
	for _, file := range p.uploads(app, moved.app) {
		if file == scaffold.LockFile && !app.HasFile(app.RootPath(file)) {
			continue // the CLI fails for a missing file; AddLockToProject adds it later
		}
		d.Files = append(d.Files, change.Relative(dir, app.RootPath(file)))
	}
	for _, gone := range found.packages.Removed {
		d.Removed = append(d.Removed, change.Relative(dir, found.listPath(app, gone)))
	}
	d.Integrations, d.Secrets = resources.Attached(moved.app, moved.from)
	all := d.Files
	d.Files = ownFilesOf(app, project, dir, all)
	edits, notes := project.Edits(found.projectPath, data, d)
	d.Files = all
	p.notes = append(p.notes, notes...)
	if !readsBack(found.projectPath, data, edits, main, d.Runtime) {
		p.notes = append(p.notes, change.Note{
			Rule: manifest.RuleProject, Path: found.projectPath, Line: 1, Manual: true,
			Message: message.New("manual.project-odd"), Fix: message.New("manual.project-odd.fix", "runtime", d.Runtime),
		})
		return nil
	}
	more, left := p.siblings(app, found, project.Key, moved, d)
	p.notes = append(p.notes, left...)
	return p.edit(grouped(append(edits, more...), change.KindProject))
}

// siblings edits the other entities of snowflake.yml for the same app, for example one for each environment or for each
// main file of a folder: they share the migrated code and packages. Their attachments stay, except secrets that the
// code now reads in another way.
func (p *planner) siblings(app *existing.App, found Inspection, own string, moved movedApp, d manifest.Deployment) ([]change.Edit, []change.Note) {
	name := found.projectPath
	data, _ := p.content(name)
	var edits []change.Edit
	var notes []change.Note
	for _, key := range app.Projects[name].Entities {
		other, err := manifest.ReadEntity(name, data, key)
		if key == own || err != nil || other == nil {
			continue
		}
		to := d
		to.Name, to.Integrations = "", nil
		if other.Pool != "" {
			to.Pool = ""
		}
		if scaffold.RuntimeNamed(other.Runtime) == scaffold.Container {
			to.Runtime = other.Runtime
		}
		from := moved.from
		from.Integrations, from.Secrets = other.Integrations, other.Secrets
		_, to.Secrets = resources.Attached(moved.app, from)
		to.Secrets = slices.DeleteFunc(to.Secrets, func(b resources.SecretBinding) bool {
			return !slices.ContainsFunc(other.Secrets, func(have resources.SecretBinding) bool { return strings.EqualFold(have.Key, b.Key) })
		})
		to.Files = ownFilesOf(app, other, path.Dir(name), d.Files)
		more, left := other.Edits(name, data, to)
		notes = append(notes, left...)
		made, err := change.ApplyEdits(data, change.EditsOf(name, more))
		if err != nil {
			continue
		}
		if after, err := manifest.ReadEntity(name, made, key); err == nil && after != nil && (after.Runtime == to.Runtime || len(more) == 0) {
			edits = append(edits, more...)
		}
	}
	return edits, notes
}

// ownFilesOf returns the files of an app that the entity in a snowflake.yml in dir needs. Where several apps share a
// folder, the main files of the others are not the entity's, unless its own main file names them.
func ownFilesOf(app *existing.App, entity *manifest.Project, dir string, files []string) []string {
	if len(app.Mains) < 2 {
		return files
	}
	main := path.Join(dir, cmp.Or(entity.MainFile, scaffold.DefaultMainFile))
	return slices.DeleteFunc(slices.Clone(files), func(file string) bool {
		p := path.Join(dir, file)
		module := strings.TrimSuffix(path.Base(p), path.Ext(p))
		return p != main && slices.Contains(app.Mains, p) && !rewrite.HasWord(string(app.Files[main]), module)
	})
}

// RuleStays is the rule id if a package list stays for an entity that is not the app.
const RuleStays = "list-stays"

// listedByOthers reports whether an entity that is not the app uploads a file. The Snowflake CLI fails for a missing
// file.
func (p *planner) listedByOthers(app *existing.App, found Inspection, name string) bool {
	for _, file := range p.folder.Paths {
		data, read := p.content(file)
		if path.Base(file) != scaffold.ProjectYML || !read || !inFolder(path.Dir(file), name) {
			continue
		}
		rel := change.Relative(path.Dir(file), name)
		for _, e := range manifest.EntitiesListing(file, data, rel) {
			own := found.project != nil && file == found.projectPath && e == found.project.Key
			if !own && !slices.Contains(app.Projects[file].Entities, e) {
				return true
			}
		}
	}
	return false
}

// readsBack reports whether an edited snowflake.yml still contains the app.
func readsBack(name string, data []byte, edits []change.Edit, main, runtime string) bool {
	made, err := change.ApplyEdits(data, change.EditsOf(name, edits))
	if err != nil {
		return false
	}
	p, err := manifest.ReadProject(name, made, main)
	return err == nil && p != nil && (p.Runtime == runtime || len(edits) == 0)
}

// uploads returns the app's files that belong on the stage after the migration, relative to its root: its sources, and
// other files that it may need.
func (p *planner) uploads(app *existing.App, answers scaffold.App) []string {
	var files []string
	added := map[string]bool{}
	add := func(name string, may func(file string) bool) {
		rel := change.Relative(app.Root, name)
		if !added[rel] && inFolder(app.Root, name) && may(rel) && app.Keys[name] == "" && !upload.CredentialFile(rel) {
			files, added[rel] = append(files, rel), true
		}
	}
	after := appAt(p.folder.With(p.now), app.Root)
	if after == nil {
		return nil
	}
	if main := app.RootPath(answers.Resolve().App.MainFile); main != after.Main {
		after = after.WithMain(main)
	}
	for _, name := range after.Sources(scaffold.Container) {
		add(name, func(file string) bool { return upload.UploadsIfNamed(answers, file) })
	}
	code := after.Code()
	var codeText strings.Builder
	for _, p := range code {
		codeText.Write(after.Python[p].Text)
	}
	for _, name := range after.Paths {
		if needed(after, name, code, codeText.String()) {
			add(name, func(file string) bool { return upload.Uploads(answers, file) })
		}
	}
	if answers.LocksPackages() && path.Base(after.PipManifestBeside(app.Root)) != scaffold.PipFile {
		add(app.RootPath(scaffold.LockFile), func(file string) bool { return upload.Uploads(answers, file) })
	}
	main := answers.Resolve().App.MainFile
	slices.SortStableFunc(files, func(a, b string) int { return rank(a, main) - rank(b, main) })
	return files
}

// sent returns the files to upload: all files of a new app, or the new and changed files of an existing one, and
// requirements.txt, which the warehouse did not need.
func (p *planner) sent(app *existing.App, moved movedApp) []string {
	files := p.uploads(app, moved.app)
	if moved.from.Legacy {
		return files
	}
	return slices.DeleteFunc(files, func(file string) bool {
		now, changes := p.now[app.RootPath(file)]
		old, there := p.folder.Content(app.RootPath(file))
		return file != scaffold.LockFile && file != scaffold.PipFile && (!changes || there && bytes.Equal(old, now))
	})
}

// appAt returns the app with a root, or nil.
func appAt(folder *existing.Folder, root string) *existing.App {
	for _, app := range folder.Apps {
		if app.Root == root {
			return app
		}
	}
	return nil
}

// rank sorts the main file first, then other code, then other files.
func rank(file, main string) int {
	switch {
	case file == main:
		return 0
	case strings.HasSuffix(file, ".py"):
		return 1
	case strings.Contains(file, "/"):
		return 2
	default:
		return 3
	}
}

// needed reports whether the app may need a file at run time: its code, and files that the code names.
func needed(app *existing.App, name string, code []string, codeText string) bool {
	if strings.HasSuffix(name, ".py") {
		return slices.Contains(code, name) || path.Base(name) == "__init__.py" &&
			slices.ContainsFunc(code, func(p string) bool { return inFolder(path.Dir(name), p) })
	}
	base := path.Base(name)
	if base == scaffold.LockFile || strings.Contains(codeText, base) {
		return true
	}
	switch strings.ToLower(path.Ext(base)) {
	case ".md", ".rst", ".ipynb", ".sql", ".sh", ".ps1", ".bat", "":
		return false
	case ".yml", ".yaml", ".lock":
		return path.Dir(name) != app.Root && namesFolder(app, name, codeText)
	case ".txt":
		if strings.HasPrefix(strings.ToLower(base), "license") || strings.HasPrefix(base, "requirements") {
			return false
		}
	}
	ext := strings.ToLower(path.Ext(base))
	beside := path.Dir(name) == app.Root || path.Dir(name) == app.MainDir()
	picture := slices.Contains([]string{".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico"}, ext)
	return beside && (picture || strings.Contains(codeText, ext)) || namesFolder(app, name, codeText)
}

// namesFolder reports whether the code names a folder of the app that contains a file, or Streamlit serves the file
// (https://docs.streamlit.io/develop/concepts/configuration/serving-static-files).
func namesFolder(app *existing.App, name, codeText string) bool {
	for dir := path.Dir(name); dir != app.Root && inFolder(app.Root, dir) && dir != "."; dir = path.Dir(dir) {
		if strings.Contains(codeText, path.Base(dir)) || dir == path.Join(app.MainDir(), "static") {
			return true
		}
	}
	return false
}

func inFolder(dir, name string) bool { return dir == "." || strings.HasPrefix(name, dir+"/") }

// otherListNames are the package lists of other tools.
func otherListNames() []string {
	return []string{"Pipfile", "setup.cfg", "setup.py", "environment.yaml", "requirements.in"}
}

// otherLists adds notes about other tools' package lists if there is no file that uv or the warehouse reads.
func (f *Inspection) otherLists(app *existing.App) {
	for _, name := range otherListNames() {
		file := app.RootPath(name)
		if !app.HasFile(file) || name == "setup.py" && !bytes.Contains(app.Files[file], []byte("install_requires")) {
			continue
		}
		f.Notes = append(f.Notes, change.Note{
			Rule: manifest.RulePackages, Symbol: name, Path: file, Manual: true,
			Message: message.New("manual.other-list", "file", name), Fix: message.New("manual.other-list.fix"),
		})
	}
}

// StaleLock reports whether the app has a lock file that the migration made outdated, because it changed pyproject.toml.
func (m Migration) StaleLock() bool {
	return m.locked && slices.ContainsFunc(m.Changes, func(c Change) bool { return c.Path == path.Join(m.Root, scaffold.PyprojectFile) })
}

// Pinned returns the packages that the app requires in exactly one version.
func (m Migration) Pinned() []string {
	var pinned []string
	for _, text := range append([]string{"streamlit" + m.App.Python.Streamlit}, m.App.Python.Packages...) {
		r, err := pep508.ParseRequirement(text)
		if err == nil && slices.ContainsFunc(r.Clauses, func(c pep508.Clause) bool { return c.Op == "==" }) {
			pinned = append(pinned, r.String())
		}
	}
	return pinned
}
