package machine

import (
	"errors"
	"slices"

	"sleet/scaffold/answers"
	"sleet/scaffold/migrate"
	"sleet/scaffold/workspace"
	"sleet/steps/command/output"
	"sleet/steps/deploy"
	"sleet/steps/statestore"
	"sleet/ui/message"
)

// Store returns the store of this person's state, outside the folders of apps.
func (h Host) Store() statestore.Store { return statestore.Open(h.Getenv) }

// Lock keeps other runs of sleet out of an app's folder until release is called.
func (h Host) Lock(dir string) (release func(), err error) {
	release, err = h.Store().Lock(dir)
	var held *statestore.LockedError
	switch {
	case errors.As(err, &held) && held.Process != 0:
		return nil, message.Wrap(err, "run.held_by", "dir", output.Clean(held.Dir), "process", held.Process)
	case errors.As(err, &held):
		return nil, message.Wrap(err, "run.held", "dir", output.Clean(held.Dir))
	case err != nil:
		return nil, message.Wrap(err, "run.not_locked")
	}
	return release, nil
}

// WithLock calls run while no other run of sleet works in a folder.
func (h Host) WithLock(dir string, run func() error) error {
	release, err := h.Lock(dir)
	if err != nil {
		return err
	}
	defer release()
	return run()
}

// MigrateWriteOptions returns the options for writing and undoing migrations on this machine.
func (h Host) MigrateWriteOptions() migrate.WriteOptions {
	return migrate.WriteOptions{Seal: h.Store().NewSealer()}
}

// Deployed reports whether the app of a folder was deployed from this machine, in any of its environments.
func (h Host) Deployed(dir string) bool {
	if h.Store().Deployed(dir) {
		return true
	}
	folder, err := workspace.Read(dir)
	return err == nil && slices.ContainsFunc(answers.Environments(folder.App), func(env string) bool {
		return h.Store().Deployed(deploy.RecordKey(dir, env))
	})
}

// MoveIntoPlace moves what was fetched and migrated to dir. If it is killed before the end, the next run undoes it.
func (h Host) MoveIntoPlace(aside *workspace.StagedFolder, dir string) error {
	store := h.Store()
	if err := aside.Commit(func(names []string) error { return store.BeginMove(dir, names) }); err != nil {
		return message.Wrap(err, "migrate.folder_not_created")
	}
	store.EndMove(dir)
	return nil
}
