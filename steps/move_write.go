package steps

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/migrate"
	"sleet/ui"
)

// isMove says whether a step is one of moving an app alone.
func isMove(id StepID) bool {
	return slices.Contains([]StepID{MoveReport, MoveChanges, MoveManual}, id)
}

// moving gives the effects with a writing that moves the State's app, where one is moved.
func (e Effects) moving(s State) Effects {
	if s.Move == nil {
		return e
	}
	if root := s.Move.Root; root != "" && root != "." { // the app lies in a folder below
		dir, lock := filepath.Join(s.Folder.Dir, filepath.FromSlash(root)), e.Lock
		if lock != nil {
			e.Lock = func(p Plan) (string, error) { p.Folder.Dir = dir; return lock(p) }
		}
		if e.Reread != nil {
			e.Reread = func() (scaffold.Folder, error) { return scaffold.Read(dir) }
		}
	}
	if lock := e.Lock; lock != nil && e.LockLeft != nil {
		e.Lock = func(p Plan) (string, error) {
			words, err := lock(p)
			if plan, planned := s.Move.Plan(s.App); planned == nil {
				err = errors.Join(err, e.LockLeft(plan, err))
			}
			return words, err
		}
	}
	e.List = nil // LockLeft does that
	write := e.WriteMove
	e.Write = func(Plan, scaffold.Options) (scaffold.Result, error) {
		plan, err := s.Move.Plan(s.App)
		if err != nil {
			return scaffold.Result{}, fmt.Errorf("cannot move the app: %w", err)
		}
		changes := s.Move.changes(plan)
		var result scaffold.Result
		for _, c := range changes {
			switch {
			case c.New == nil:
				result.Removed = append(result.Removed, c.Path)
			case c.Old == nil:
				result.Changes = append(result.Changes, scaffold.Change{Path: c.Path, State: scaffold.FileNew, New: c.New})
			default:
				result.Changes = append(result.Changes, scaffold.Change{Path: c.Path, State: scaffold.FileChanged, Old: c.Old, New: c.New})
			}
		}
		return result, write(changes)
	}
	return e
}

// moveEnd words the end of a move: what is left, and the ways on and back.
func moveEnd(k *ui.Kit, s State) []string {
	lines := []string{"", k.Title.Render(k.T("done.next"))}
	say := func(id, command string) {
		lines = append(lines, "", k.Muted.Render(k.T(id)))
		if command != "" {
			lines = append(lines, "  "+k.Code.Render(ui.Clean(command)))
		}
	}
	dir := shellWord(filepath.ToSlash(filepath.Join(s.Shown, filepath.FromSlash(s.Move.Root))))
	if slices.ContainsFunc(s.Outcome.Wrote, func(name string) bool { return path.Base(name) == migrate.ManualFile }) {
		say("move.end_manual", "")
	}
	say("move.end_check", "sleet check "+dir)
	if !s.Outcome.Locked {
		say("next.lock", "uv lock")
	}
	if !s.Move.Native {
		say("move.end_apply", "sleet apply "+dir+" --plan")
		say("move.end_sql", "")
	}
	say("move.end_undo", "sleet migrate --undo "+shellWord(s.Shown))
	return lines
}
