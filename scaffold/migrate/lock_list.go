package migrate

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
)

// lockListing is a snowflake.yml that is to list uv.lock. It does so once the file is there: the Snowflake CLI
// stops at one that is missing.
type lockListing struct {
	// path is that of snowflake.yml, main and lock are those of the main file and the lock as it names them; base is
	// Deployment.Base.
	path, main, lock, base string
}

// listing is the app's snowflake.yml, nil where there is none or the app's packages are not locked.
func listing(app *existing.App, found Found, answers scaffold.App) *lockListing {
	if found.project == nil || !answers.LocksPackages() || found.ownProject(app) != "" {
		return nil
	}
	dir := path.Dir(found.projectPath)
	l := &lockListing{path: found.projectPath, main: relative(dir, app.Main), lock: relative(dir, app.InRoot(scaffold.LockFile))}
	if main := found.project.MainFile; main != "" && path.Clean(main) != l.main && dir != app.Root {
		l.base = relative(dir, app.Root)
	}
	return l
}

// listed returns the text with the lock among the artifacts.
func (l lockListing) listed(data []byte) ([]byte, error) {
	project, err := ReadProject(l.path, data, l.main)
	if err != nil || project == nil || len(project.lacking([]string{l.lock})) == 0 {
		return data, err
	}
	y := newYAMLLines(l.path, data)
	first := entries(project.entity)[0].Key.GetToken().Position
	end := first.Line
	for _, v := range entries(project.entity) {
		end = max(end, y.last(v))
	}
	d := Deployment{Files: []string{l.lock}, Base: l.base}
	return ApplyEdits(data, project.artifactEdits(y, d, strings.Repeat(" ", first.Column-1), end))
}

// ListLock adds uv.lock to the artifacts of the app's snowflake.yml after uv has written it; Undo takes that
// back with the migration. A file that somebody edited since stays.
func ListLock(dir string, m Migration, o WriteOptions) error {
	if m.lists == nil {
		return nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return scaffold.Cannot(dir, "the folder cannot be opened", err)
	}
	defer root.Close() //nolint:errcheck // what is written through it is closed by then
	g, err := lastGeneration(root, o)
	if err != nil || g == nil {
		return err
	}
	i := slices.IndexFunc(g.Files, func(f savedFile) bool { return f.Path == m.lists.path })
	if i < 0 {
		return nil
	}
	now, err := g.now(g.Files[i])
	if err != nil || hashOf(now) != g.Files[i].After {
		return err
	}
	text, err := m.lists.listed(now)
	if err != nil {
		return err
	}
	if err := scaffold.Replace(root, m.lists.path, text, g.Files[i].Mode); err != nil {
		return fmt.Errorf("write %s: %w", m.lists.path, err)
	}
	g.Files[i].After = hashOf(text)
	return g.write(o)
}
