package migrate

import (
	"os"
	"path"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/workspace"
	"sleet/ui/message"
)

// AddNotes adds notes that came up after Apply, such as packages that uv cannot lock, to the manual work of a migration
// and to MIGRATION.md. Undo removes that file as one of the migration's. A list that was edited since stays unchanged.
func AddNotes(dir string, m Migration, late []change.Note, o WriteOptions) (Migration, error) {
	m.Manual = append(slices.Clone(m.Manual), late...)
	slices.SortStableFunc(m.Manual, byPlace)
	if m.list == nil || len(late) == 0 {
		return m, nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return m, workspace.NewFolderError(dir, "folder.dir_not_opened", err)
	}
	defer root.Close() //nolint:errcheck // what is written through it is closed by then
	g, err := lastGeneration(root, o)
	if err != nil || g == nil {
		return m, err
	}
	name, text := path.Join(m.Root, scaffold.ManualFile), m.list(m)
	i := slices.IndexFunc(g.Files, func(f savedFile) bool { return f.Path == name })
	if i < 0 {
		i = len(g.Files)
		g.Files = append(g.Files, savedFile{Path: name, Mode: 0o644})
	}
	now, err := g.now(g.Files[i])
	if err != nil || hashOf(now) != g.Files[i].After {
		return m, err
	}
	if err := workspace.Replace(root, name, text, g.Files[i].Mode); err != nil {
		return m, err
	}
	g.Files[i].After = hashOf(text)
	return m, g.write(o)
}

// AwaitsLock reports whether the last migration of a folder expects a lock file from uv that does not exist yet.
func AwaitsLock(dir, name string, o WriteOptions) bool {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return false
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	g, err := lastGeneration(root, o)
	if err != nil || g == nil {
		return false
	}
	i := slices.IndexFunc(g.Files, func(f savedFile) bool { return f.Path == name && f.Generated })
	if i < 0 {
		return false
	}
	now, err := g.now(g.Files[i])
	return err == nil && now == nil
}

// LockFailure returns the note that uv cannot lock the packages of an app, with uv's message.
func (m Migration) LockFailure(reason string) change.Note {
	return change.Note{
		Rule: "SL202", Symbol: "uv lock", Path: path.Join(m.Root, scaffold.PyprojectFile), Line: 1, Manual: true,
		Message: message.New("manual.unlocked", "reason", reason), Fix: message.New("manual.unlocked.fix"),
	}
}
