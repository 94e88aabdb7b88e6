package command

import (
	"context"

	"sleet/scaffold"
	"sleet/scaffold/check"
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
		Words: words.For(words.Language(o.Lang, o.Host.getenv)), Environ: o.Host.Environ, In: o.Host.In, Out: o.Host.Out,
	}
	session.Effects = steps.Effects{
		Scan: func() (*check.Folder, []string, error) {
			if _, err := migrate.Recover(o.Dir, migrate.WriteOptions{}); err != nil {
				return nil, nil, err
			}
			folder, err := check.Read(o.Dir)
			if err != nil {
				return nil, nil, err
			}
			if o.Uncommitted == nil {
				return folder, nil, nil
			}
			return folder, o.Uncommitted(), nil
		},
		WriteMove: func(changes []migrate.Change) error {
			return wrapErr("the app is as it was", migrate.Apply(o.Dir, changes, migrate.WriteOptions{Generated: []string{scaffold.LockFile}}))
		},
		Account: accountEffects(o.Host),
		Edit:    editor(o.Host),
		Reread:  func() (scaffold.Folder, error) { return scaffold.Read(o.Dir) },
	}
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
