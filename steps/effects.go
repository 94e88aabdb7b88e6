package steps

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate"
	"sleet/scaffold/workspace"
	"sleet/steps/uv"
)

// Effects holds the functions with which the wizard reads and changes the machine. Each may block: the wizard calls
// them in commands, never while it draws.
type Effects struct {
	// Write writes a plan.
	Write func(Plan, workspace.Options) (workspace.Result, error)
	// Lock locks the packages in the plan's folder and returns uv's last line; nil if uv is not installed, or with
	// --no-lock.
	Lock func(Plan) (string, error)
	// List adds the lock to snowflake.yml after Lock created it. result is what Write returned. nil lists nothing.
	List func(p Plan, result workspace.Result, merged []byte) error
	// LockLeft is called with the result of locking a migrated app's packages. It adds packages that cannot be locked
	// to the manual work, or the lock to snowflake.yml.
	LockLeft func(migrate.Migration, error) error
	// RunLocally runs an app on this machine in the person's terminal, after the wizard has ended; nil if uv is not
	// installed.
	RunLocally func(ctx context.Context, dir string, args []string) error
	// SkipLock stops the running Lock; nil if it cannot be stopped.
	SkipLock func()
	// Keep saves the answers for the next run, Drop deletes them.
	Keep func(scaffold.App) error
	Drop func() error
	// Reread reads the app's folder again after files were written; nil keeps what was read before.
	Reread func() (workspace.Folder, error)
	// Scan reads the folder of an app to be migrated, and names its files with uncommitted changes. It calls seen with
	// the number of files read so far.
	Scan func(seen func(files int)) (folder *existing.Folder, uncommitted []string, err error)
	// Glance reads such a folder without changing it: unlike Scan, it does not recover an interrupted migration. nil
	// shows nothing of the app before it is scanned.
	Glance func() (*existing.Folder, error)
	// WriteMigration writes the files of a migrated app, all or none.
	WriteMigration func([]migrate.Change) error
	// EditHere opens a copy of a text in an editor, named like name, where no screen is shown; nil without a terminal.
	EditHere func(name string, text []byte) ([]byte, error)
	// Account holds the functions of the steps in an account. Without them those steps are not offered.
	Account Account
}

// NewOutcome returns the Outcome of written files.
func NewOutcome(r workspace.Result) Outcome {
	return Outcome{Wrote: WrittenPaths(r), Kept: r.Kept, Removed: r.Removed, Stale: r.Stale, Foreign: r.Foreign}
}

// WrittenPaths returns the paths that were written.
func WrittenPaths(r workspace.Result) []string {
	var paths []string
	for _, c := range r.Changes {
		if c.State != workspace.FileSame && !slices.Contains(r.Kept, c.Path) {
			paths = append(paths, c.Path)
		}
	}
	return paths
}

// WantsLock reports whether an app that was just written has packages that are not locked yet: a container app whose
// pyproject.toml is new or changed, or which has no lock.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func WantsLock(p Plan, r workspace.Result) bool {
	if !p.App.LocksPackages() {
		return false
	}
	for _, c := range r.Changes {
		if c.Path == scaffold.PyprojectFile && c.State != workspace.FileSame {
			return true
		}
	}
	_, err := os.Stat(filepath.Join(p.Folder.Dir, scaffold.LockFile))
	return errors.Is(err, os.ErrNotExist)
}

// LockIsCurrent reports whether the lock beside pyproject.toml belongs to the files that were written.
func LockIsCurrent(s State, r workspace.Result) bool {
	return s.App.PackageFile() == scaffold.PyprojectFile && !uv.KeptPyproject(r)
}
