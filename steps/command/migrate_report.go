package command

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/migrate"
	"sleet/scaffold/migrate/change"
	"sleet/steps/command/exit"
	"sleet/steps/command/output"
	"sleet/steps/command/reports"
	"sleet/steps/uv"
	"sleet/ui/message"
)

// leftError reports that manual work is left: exit code 1.
type leftError struct{ notes []change.Note }

func (e *leftError) Error() string { return e.Message().String() }

// Message returns the message.
func (e *leftError) Message() message.Message {
	places := make([]string, 0, len(e.notes))
	for _, n := range e.notes {
		places = append(places, n.Place(".")+" ("+n.Rule+")")
	}
	if len(places) == 1 {
		return message.New("migrate.left_one", "places", someOf(places))
	}
	return message.New("migrate.left_many", "things", len(places), "places", someOf(places))
}

// lock runs uv for each migrated app. Packages that uv cannot resolve become manual work. Any other failure is a
// warning: the app works without the lock.
func (o *migrateOptions) lock(ctx context.Context, dir string, end *reports.Migration) error {
	if o.noLock || o.host.Uv.Path == "" {
		for i, app := range end.Apps {
			if app.Fresh && app.App.LocksPackages() {
				end.Apps[i].Steps = append(untried(app, o.noLock), app.Steps...)
			}
		}
		return nil
	}
	for i, app := range end.Apps {
		lock := path.Join(app.Root, scaffold.LockFile)
		if !slices.Contains(end.LockFiles(), lock) && !migrate.AwaitsLock(dir, lock, o.host.MigrateWriteOptions()) {
			continue
		}
		output.Say(o.host.Err, o.t("migrate.pinning"))
		words, err := o.host.Uv.Lock(ctx, filepath.Join(dir, filepath.FromSlash(app.Root)))
		reason := uv.IsUnresolvable(err)
		switch {
		case err == nil:
			output.Say(o.host.Err, words)
			if err := migrate.AddLockToProject(dir, app, o.host.MigrateWriteOptions()); err != nil {
				return message.Wrap(err, "migrate.not_migrated")
			}
		case errors.Is(err, context.Canceled):
			return message.Wrap(err, "new.written_then")
		case reason != "":
			late := []change.Note{app.LockFailure(reason)}
			if end.Apps[i], err = migrate.AddNotes(dir, app, late, o.host.MigrateWriteOptions()); err != nil {
				return message.Wrap(err, "migrate.not_migrated")
			}
			if name := path.Join(app.Root, scaffold.ManualFile); app.Fresh && !slices.ContainsFunc(end.Changes, func(c migrate.Change) bool { return c.Path == name }) {
				end.Changes = append(end.Changes, migrate.Change{Path: name, New: []byte{}})
			}
		default:
			p := unlocked(err, lock, path.Join(filepath.ToSlash(end.Dir), app.Root))
			end.Problems = append(end.Problems, p)
			output.Say(o.host.Err, output.Problem(o.globals.words(o.host), p))
		}
	}
	return nil
}

// untried returns notes that the packages of an app were not resolved together, and which of them are pinned to one
// version and so most likely to conflict. If the lock was skipped, no package is pinned and no lock file is outdated, there
// is no note.
func untried(app migrate.Migration, skipped bool) []message.Message {
	pinned := someOf(app.Pinned())
	switch none := len(app.Pinned()) == 0; {
	case skipped && none && app.StaleLock():
		return []message.Message{message.New("migrate.lock_stale")}
	case skipped && none:
		return nil
	case skipped:
		return []message.Message{message.New("migrate.lock_skipped", "pinned", pinned)}
	case none:
		return []message.Message{message.New("migrate.untried")}
	default:
		return []message.Message{message.New("migrate.untried_pinned", "pinned", pinned)}
	}
}

// report prints the result of a run and returns the error about manual work that is left.
func (o *migrateOptions) report(end reports.Migration) error {
	var err error
	if o.json {
		err = output.JSON(o.host.Out, end.JSON())
	} else {
		err = o.print(end)
	}
	if left := end.Manual(); err == nil && len(left) > 0 {
		return &leftError{left}
	}
	return err
}

// print prints a migration as text.
func (o *migrateOptions) print(end reports.Migration) error {
	files, notes := end.Text(o.t, o.dryRun)
	if _, err := io.WriteString(o.host.Out, output.Clean(files)); err != nil {
		return message.Wrap(err, "run.unprinted")
	}
	if notes != "" {
		output.Say(o.host.Err, notes)
	}
	return nil
}

// printUndone lists the restored files.
func (o *migrateOptions) printUndone(dir string, paths []string) error {
	if o.json {
		return output.JSON(o.host.Out, map[string]any{"dir": dir, "restored": paths})
	}
	var lines strings.Builder
	for _, p := range paths {
		word := "restored"
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(p))); errors.Is(err, fs.ErrNotExist) {
			word = "removed"
		}
		lines.WriteString(reports.FileLine(o.t, word, p))
	}
	if _, err := io.WriteString(o.host.Out, output.Clean(lines.String())); err != nil {
		return exit.Failed(err, "run.unprinted")
	}
	if slices.Contains(paths, scaffold.AnswersFile) && o.host.Deployed(dir) {
		if _, err := os.Lstat(filepath.Join(dir, scaffold.AnswersFile)); err == nil {
			output.Say(o.host.Err, o.t("migrate.undone_applied"))
		}
	}
	return nil
}
