package steps

import (
	"context"
	"errors"
	"fmt"
)

// Finish writes the State's files and pins the packages, waiting for both; locking is called
// before uv starts. It gives the State with its Outcome. An error is one of writing: an app is
// whole without its lock.
func Finish(s State, e Effects, locking func()) (State, error) {
	e = e.moving(s)
	plan := NewPlan(s.App, s.Folder)
	result, err := e.Write(plan, s.Review.options())
	if err != nil {
		return s, err
	}
	s.Outcome = outcomeOf(result)
	if e.Reread != nil {
		if folder, err := e.Reread(); err == nil { // what was read before does as well
			s.Folder, s.App.Written = folder, folder.App.Written
		}
	}
	lock := WantsLock(plan, result) && !KeptManifest(result)
	s.Outcome.Locked = !lock && s.facts().PackageFile == pyproject && !KeptManifest(result)
	if lock && e.Lock != nil {
		locking()
		_, err := e.Lock(plan)
		s.Outcome.Locked = err == nil
		if err != nil && !errors.Is(err, context.Canceled) {
			s.Outcome.LockError = err.Error()
		}
	}
	if e.Drop != nil {
		if err := e.Drop(); err != nil {
			return s, fmt.Errorf("the files are written, but the kept answers are not forgotten: %w", err)
		}
	}
	return s, nil
}
