package steps

import (
	"errors"
	"path/filepath"

	"sleet/scaffold/workspace"
	"sleet/ui/message"
)

// ForMigration returns the effects with Write migrating the State's app, if there is one to migrate.
func (e Effects) ForMigration(s State) Effects {
	if s.Migration == nil {
		return e
	}
	if root := s.Migration.Root; root != "" && root != "." { // the app is in a folder below this one
		dir, lock := filepath.Join(s.Folder.Dir, filepath.FromSlash(root)), e.Lock
		if lock != nil {
			e.Lock = func(p Plan) (string, error) { p.Folder.Dir = dir; return lock(p) }
		}
		if e.Reread != nil {
			e.Reread = func() (workspace.Folder, error) { return workspace.Read(dir) }
		}
	}
	if lock := e.Lock; lock != nil && e.LockLeft != nil {
		e.Lock = func(p Plan) (string, error) {
			words, err := lock(p)
			if plan, planned := s.Migration.Plan(s.App); planned == nil {
				err = errors.Join(err, e.LockLeft(plan, err))
			}
			return words, err
		}
	}
	e.List = nil // LockLeft does that
	write := e.WriteMigration
	e.Write = func(Plan, workspace.Options) (workspace.Result, error) {
		plan, err := s.Migration.Plan(s.App)
		if err != nil {
			return workspace.Result{}, message.Wrap(err, "migrate.failed")
		}
		changes := s.Migration.changes(plan)
		var result workspace.Result
		for _, c := range changes {
			switch {
			case c.New == nil:
				result.Removed = append(result.Removed, c.Path)
			case c.Old == nil:
				result.Changes = append(result.Changes, workspace.Change{Path: c.Path, State: workspace.FileNew, New: c.New})
			default:
				result.Changes = append(result.Changes, workspace.Change{Path: c.Path, State: workspace.FileChanged, Old: c.Old, New: c.New})
			}
		}
		return result, write(changes)
	}
	return e
}
