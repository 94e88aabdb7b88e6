package command

import (
	"context"
	"path"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate"
	"sleet/steps"
	"sleet/steps/accessible"
	"sleet/ui/words"
)

// askMigrate moves an app before the person's eyes, change by change.
func askMigrate(ctx context.Context, o MigrateOptions) error {
	session := steps.Session{
		State: steps.State{
			Shown: o.Shown, Folder: scaffold.Folder{Dir: o.Dir}, Move: &steps.Move{Streamlit: o.Streamlit, Legacy: o.Legacy, Answers: o.Answers},
		},
		Words: words.For(words.Language(o.Lang, o.Host.getenv)), Environ: o.Host.Environ, In: o.Host.In, Out: o.Host.Out, Terminal: o.Host.Terminal,
	}
	session.Effects = steps.Effects{Account: accountEffects(o.Host, o.Lang), Edit: editor(o.Host), EditHere: editorHere(o.Host)}
	session.Effects.Scan, session.Effects.WriteMove = moveEffects(o.Dir, o.Uncommitted)
	session.Effects.Reread = func() (scaffold.Folder, error) { return scaffold.Read(o.Dir) }
	if !o.NoLock && o.Host.Uv.Path != "" {
		locking, skip := context.WithCancel(ctx)
		defer skip()
		session.Effects.Lock = func(p steps.Plan) (string, error) { return o.Host.Uv.Lock(locking, p.Folder.Dir) }
		session.Effects.SkipLock = skip
	}
	if o.Accessible || o.Host.getenv("TERM") == "dumb" { // a dumb terminal cannot move its cursor
		return accessible.Ask(ctx, session)
	}
	return steps.Ask(ctx, session)
}

// moveEffects read a folder whose app is to be moved, and write what it becomes.
func moveEffects(dir string, uncommitted func() []string) (scan func(func(int)) (*existing.Folder, []string, error), write func([]migrate.Change) error) {
	scan = func(seen func(int)) (*existing.Folder, []string, error) {
		if _, err := migrate.Recover(dir, migrate.WriteOptions{}); err != nil {
			return nil, nil, err
		}
		folder, err := existing.ReadTelling(dir, seen)
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
		return failedIf(migrate.Apply(dir, changes, migrate.WriteOptions{Generated: []string{lock}}), "migrate.as_it_was")
	}
	return scan, write
}
