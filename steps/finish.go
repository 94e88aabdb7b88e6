package steps

import (
	"context"
	"errors"

	"sleet/scaffold/workspace"
	"sleet/steps/uv"
	"sleet/ui/message"
)

// Finish writes the State's files and locks the packages; it waits for both. It calls locking before uv starts and
// returns the State with its Outcome. The error does not report a failed lock, which is in the Outcome: an app works
// without its lock.
func Finish(s State, e Effects, locking func()) (State, error) {
	e = e.ForMigration(s)
	plan := NewPlan(s.App, s.Folder)
	options := s.WriteOptions(plan.Changes)
	result, err := e.Write(plan, options)
	if err != nil {
		return s, err
	}
	s.Outcome = NewOutcome(result)
	s = s.reread(e)
	lock := WantsLock(plan, result) && !uv.KeptPyproject(result)
	s.Outcome.Locked = !lock && LockIsCurrent(s, result)
	if lock && e.Lock != nil {
		locking()
		err := e.LockPackages(plan, result, options)
		s = s.reread(e)
		s.Outcome.Locked = err == nil
		if err != nil && !errors.Is(err, context.Canceled) {
			s.Outcome.LockError = message.Of(err)
		}
	}
	if e.Drop != nil {
		if err := e.Drop(); err != nil {
			return s, message.Wrap(err, "new.draft_kept")
		}
	}
	return s, nil
}

// LockPackages locks the packages of what was written and adds the lock to snowflake.yml.
func (e Effects) LockPackages(p Plan, result workspace.Result, options workspace.Options) error {
	_, err := e.Lock(p)
	if err == nil && e.List != nil {
		err = e.List(p, result, options.Content[projectFile])
	}
	return err
}

// ReadFolder returns the folder as it is now, or nil if it cannot be read again.
func (e Effects) ReadFolder() *workspace.Folder {
	if e.Reread == nil {
		return nil
	}
	folder, err := e.Reread()
	if err != nil {
		return nil
	}
	return &folder
}

// reread returns the State with its folder as it is now.
func (s State) reread(e Effects) State {
	if folder := e.ReadFolder(); folder != nil {
		s.Folder, s.App.Written = *folder, folder.App.Written
	}
	return s
}
