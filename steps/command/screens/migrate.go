package screens

import (
	"context"
	"errors"
	"path"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/workspace"
	"sleet/steps"
	"sleet/steps/accessible"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/steps/uv"
	"sleet/steps/wizard"
	"sleet/ui/message"
)

// Migrate migrates an app on screens that show each change.
func Migrate(ctx context.Context, o machine.MigrateOptions) error {
	session := wizard.Session{
		State: steps.State{
			Shown: o.Shown, Folder: workspace.Folder{Dir: o.Dir}, Migration: &steps.Migration{Streamlit: o.Streamlit, Legacy: o.Legacy, Answers: o.Answers},
		},
		Words: o.Host.Catalogue(o.Lang), Environ: o.Host.Environ, In: o.Host.In, Out: o.Host.Out, Terminal: o.Host.Terminal,
	}
	session.Effects = steps.Effects{Account: accountEffects(o.Host, o.Lang), EditHere: editorHere(o.Host)}
	session.Edit = editor(o.Host)
	session.Effects.Scan, session.Effects.WriteMigration = moveEffects(o.Host, o.Work, o.Uncommitted)
	if o.Place != nil {
		write := session.Effects.WriteMigration
		session.Effects.WriteMigration = func(changes []migrate.Change) error {
			if err := write(changes); err != nil {
				return err
			}
			return o.Place()
		}
		scan := session.Effects.Scan
		session.Effects.Scan = func(seen func(int)) (*existing.Folder, []string, error) {
			folder, names, err := scan(seen)
			if folder != nil {
				folder.Dir = o.Dir
			}
			return folder, names, err
		}
	}
	session.Effects.Reread = func() (workspace.Folder, error) { return workspace.Read(o.Dir) }
	if !o.NoLock && o.Host.Uv.Path != "" {
		locking, skip := context.WithCancel(ctx)
		defer skip()
		session.Effects.Lock = func(p steps.Plan) (string, error) { return o.Host.Uv.Lock(locking, p.Folder.Dir) }
		session.Effects.LockLeft = func(m migrate.Migration, err error) error {
			if err == nil {
				return exit.Failed(migrate.AddLockToProject(o.Dir, m, o.Host.MigrateWriteOptions()), "migrate.not_migrated")
			}
			reason := uv.IsUnresolvable(err)
			if reason == "" {
				return nil
			}
			_, err = migrate.AddNotes(o.Dir, m, []change.Note{m.LockFailure(reason)}, o.Host.MigrateWriteOptions())
			return exit.Failed(err, "migrate.not_migrated")
		}
		session.Effects.SkipLock = skip
	}
	if o.Accessible || o.Host.IsDumbTerminal() {
		return accessible.Ask(ctx, session)
	}
	return onScreen(ctx, session)
}

// MigrationError wraps the error of a failed migration; id is the message for an app that was not changed.
func MigrationError(err error, id message.ID) error {
	var half *migrate.PartialError
	if errors.As(err, &half) {
		return message.Wrap(half.Err, "migrate.half", "back", half.Back, "dir", half.Dir)
	}
	return exit.Failed(err, id)
}

// moveEffects returns functions that read a folder whose app will be migrated, and write the migrated files.
func moveEffects(host machine.Host, dir string, uncommitted func() []string) (scan func(func(int)) (*existing.Folder, []string, error), write func([]migrate.Change) error) {
	scan = func(seen func(int)) (*existing.Folder, []string, error) {
		err := host.WithLock(dir, func() error { _, err := migrate.Recover(dir, host.MigrateWriteOptions()); return err })
		var foreign *migrate.ForeignError
		if err != nil && !errors.As(err, &foreign) { // do not recover a migration of another machine
			return nil, nil, err
		}
		folder, err := existing.ReadWithProgress(dir, seen)
		if err == nil && foreign != nil && foreign.Half {
			left := message.New("migrate.foreign_half", "path", output.Clean(foreign.Path))
			folder.Skipped = existing.SortSkipped(append(folder.Skipped, existing.Skipped{Path: ".sleet", Reason: left}))
		}
		if err != nil || uncommitted == nil {
			return folder, nil, err
		}
		return folder, uncommitted(), nil
	}
	write = func(changes []migrate.Change) error {
		lock := scaffold.LockFile
		for _, c := range changes {
			if path.Base(c.Path) == scaffold.AnswersFile {
				lock = path.Join(path.Dir(c.Path), lock)
			}
		}
		options := host.MigrateWriteOptions()
		options.Generated = []string{lock}
		return host.WithLock(dir, func() error { return MigrationError(migrate.Apply(dir, changes, options), "migrate.as_it_was") })
	}
	return scan, write
}
