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

// Effects is what the wizard may do to the world. Each function may wait: the wizard calls them
// in commands, never while it draws.
type Effects struct {
	// Write writes a plan.
	Write func(Plan, workspace.Options) (workspace.Result, error)
	// Lock pins the packages in the plan's folder and returns uv's last words; nil where uv is not
	// installed or not wanted.
	Lock func(Plan) (string, error)
	// List has snowflake.yml list the lock after Lock made it; result is that of Write. nil lists nothing.
	List func(p Plan, result workspace.Result, merged []byte) error
	// LockLeft hears how the pinning of a migrated app ended: it lists the packages that cannot be pinned among what
	// is left to the person, or the lock in snowflake.yml.
	LockLeft func(migrate.Migration, error) error
	// RunLocally runs an app on this machine, on the person's terminal, after the wizard has left; nil
	// where uv is not installed.
	RunLocally func(ctx context.Context, dir string, args []string) error
	// SkipLock stops the pinning under way; nil where it cannot be stopped.
	SkipLock func()
	// Keep saves the answers for the next time, Drop forgets them.
	Keep func(scaffold.App) error
	Drop func() error
	// Reread reads the app's folder again after a writing; nil leaves what was read before.
	Reread func() (workspace.Folder, error)
	// Scan reads the folder of an app to be moved, and names its files that git has no commit of. What
	// it is given hears, file by file, how many were read.
	Scan func(seen func(files int)) (folder *existing.Folder, uncommitted []string, err error)
	// Glance reads such a folder and changes nothing in it, not even what a stopped run left half done;
	// nil shows nothing of the app before it is scanned.
	Glance func() (*existing.Folder, error)
	// WriteMigration writes the files of a moved app, all or none.
	WriteMigration func([]migrate.Change) error
	// EditHere edits a copy of a text named like name where no screen is in the way; nil without
	// a terminal.
	EditHere func(name string, text []byte) ([]byte, error)
	// Account is what the steps in an account may do; without it they are not offered.
	Account Account
}

// NewOutcome tells what the writing did.
func NewOutcome(r workspace.Result) Outcome {
	return Outcome{Wrote: WrittenPaths(r), Kept: r.Kept, Removed: r.Removed, Stale: r.Stale, Foreign: r.Foreign}
}

// WrittenPaths lists the paths that were written.
func WrittenPaths(r workspace.Result) []string {
	var paths []string
	for _, c := range r.Changes {
		if c.State != workspace.FileSame && !slices.Contains(r.Kept, c.Path) {
			paths = append(paths, c.Path)
		}
	}
	return paths
}

// WantsLock reports whether an App just written has packages that are not pinned yet: a container
// app whose pyproject.toml is new or changed, or which has no lock.
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

// LockStays reports whether the lock beside pyproject.toml is that of the files written.
func LockStays(s State, r workspace.Result) bool {
	return s.App.PackageFile() == scaffold.PyprojectFile && !uv.KeptManifest(r)
}
