package migrate

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/existing"
	"sleet/scaffold/generate"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/migrate/manifest"
	"sleet/scaffold/workspace"
)

// lockListing is a snowflake.yml that is to list uv.lock. It does so once the file is there: the Snowflake CLI
// stops at one that is missing.
type lockListing struct {
	// path is that of snowflake.yml, main and lock are those of the main file and the lock as it names them; base is
	// Deployment.Base.
	path, main, lock, base string
	// entities are the keys of the app's entities.
	entities []string
	// answers is the sleet.toml of an app whose snowflake.yml sleet writes from it, otherwise empty.
	answers string
}

// listing is the app's snowflake.yml, nil where there is none or the app's packages are not locked.
func listing(app *existing.App, found Inspection, answers scaffold.App) *lockListing {
	switch {
	case !answers.LocksPackages():
		return nil
	case found.own.any() && (found.project == nil || found.ownProject(app) != ""):
		return &lockListing{path: app.InRoot(scaffold.ProjectYML), answers: app.InRoot(scaffold.AnswersFile)}
	case found.project == nil:
		return nil
	}
	dir := path.Dir(found.projectPath)
	l := &lockListing{
		path: found.projectPath, main: change.Relative(dir, app.Main), lock: change.Relative(dir, app.InRoot(scaffold.LockFile)),
		entities: app.Projects[found.projectPath].Entities,
	}
	if main := found.project.MainFile; main != "" && path.Clean(main) != l.main && dir != app.Root {
		l.base = change.Relative(dir, app.Root)
	}
	return l
}

// listed returns the text with the lock among the artifacts.
func (l lockListing) listed(data []byte) ([]byte, error) {
	if l.answers != "" { // an edited one that sleet wrote
		l.main, l.lock = "", scaffold.LockFile
	}
	project, err := manifest.ReadProject(l.path, data, l.main)
	if err != nil || project == nil {
		return data, err
	}
	edits := l.lacking(data, project)
	for _, key := range l.entities {
		if other, err := manifest.ReadEntity(l.path, data, key); err == nil && other != nil && key != project.Key {
			edits = append(edits, l.lacking(data, other)...)
		}
	}
	return change.ApplyEdits(data, edits)
}

// lacking returns the edits that list the lock where an entity does not.
func (l lockListing) lacking(data []byte, project *manifest.Project) []change.Edit {
	if len(project.Lacking([]string{l.lock})) == 0 {
		return nil
	}
	y := manifest.NewYAMLLines(l.path, data)
	first := manifest.Entries(project.Entity)[0].Key.GetToken().Position
	end := first.Line
	for _, v := range manifest.Entries(project.Entity) {
		end = max(end, y.Last(v))
	}
	d := manifest.Deployment{Files: []string{l.lock}, Base: l.base}
	return project.ArtifactEdits(y, d, strings.Repeat(" ", first.Column-1), end)
}

// ListLock adds uv.lock to the artifacts of the app's snowflake.yml after uv has written it; Undo takes that
// back with the migration. A file that somebody edited since stays.
func ListLock(dir string, m Migration, o WriteOptions) error {
	if m.lists == nil {
		return nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return workspace.Cannot(dir, "folder.dir_not_opened", err)
	}
	defer root.Close() //nolint:errcheck // what is written through it is closed by then
	g, err := lastGeneration(root, o)
	if err != nil || g == nil {
		return err
	}
	now, err := g.unedited(m.lists.path)
	if err != nil || now == nil {
		return err
	}
	texts, err := m.lists.texts(m.App, now, func() ([]byte, error) { return g.unedited(m.lists.answers) })
	if err != nil {
		return err
	}
	for name, text := range texts {
		if err := g.rewrite(name, text); err != nil {
			return err
		}
	}
	return g.write(o)
}

// texts are the files as they are with the lock listed, by path. One that sleet writes from the answers is written
// from them again, and sleet.toml has its hash.
func (l lockListing) texts(app scaffold.App, now []byte, read func() ([]byte, error)) (map[string][]byte, error) {
	if l.answers == "" || workspace.Hash(now) != app.Written[scaffold.ProjectYML] {
		text, err := l.listed(now)
		return map[string][]byte{l.path: text}, err
	}
	saved, err := read()
	if err != nil || saved == nil {
		return nil, err
	}
	have, err := answers.Parse(l.answers, saved)
	if err != nil {
		return nil, err
	}
	have.Folder, have.PipList = app.Folder, app.PipList
	texts, next := map[string][]byte{}, have.Clone()
	for _, f := range generate.FilesLocked(app, true) {
		if f.Path == scaffold.ProjectYML {
			next.Written[scaffold.ProjectYML] = workspace.Hash(f.Data)
			texts[l.path], texts[l.answers] = f.Data, answers.Edit(saved, have, next)
		}
	}
	return texts, nil
}

// unedited returns a file as the migration left it, nil where the migration did not write it or somebody edited it
// since.
func (g *generation) unedited(name string) ([]byte, error) {
	i := slices.IndexFunc(g.Files, func(f savedFile) bool { return f.Path == name })
	if i < 0 {
		return nil, nil
	}
	now, err := g.now(g.Files[i])
	if err != nil || hashOf(now) != g.Files[i].After {
		return nil, err
	}
	return now, nil
}

// rewrite replaces a file that the migration wrote, so that Undo knows it as one of the migration's.
func (g *generation) rewrite(name string, text []byte) error {
	i := slices.IndexFunc(g.Files, func(f savedFile) bool { return f.Path == name })
	if err := workspace.Replace(g.root, name, text, g.Files[i].Mode); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	g.Files[i].After = hashOf(text)
	return nil
}
