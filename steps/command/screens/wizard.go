// Package screens connects the wizard and the accessible mode to this machine: its folders, drafts, editor and
// connections.
package screens

import (
	"context"
	"os"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/workspace"
	"sleet/steps"
	"sleet/steps/accessible"
	"sleet/steps/command/crash"
	"sleet/steps/command/git"
	"sleet/steps/command/machine"
	"sleet/steps/statestore"
	"sleet/steps/uv"
	"sleet/steps/wizard"
)

// Ask is the Wizard: screens on a terminal, or line by line.
func Ask(ctx context.Context, o machine.WizardOptions) error {
	session, stop := newSession(ctx, o)
	defer stop()
	way := onScreen
	if o.Accessible || o.Host.IsDumbTerminal() {
		way = accessible.Ask
	}
	return way(ctx, session)
}

// newSession returns the state and the effects of a run of the wizard. stop cancels work that is still running.
func newSession(ctx context.Context, o machine.WizardOptions) (session wizard.Session, stop func()) {
	stop = func() {}
	session = wizard.Session{
		State: steps.State{App: o.App, Folder: o.Folder, Shown: o.Shown},
		Words: o.Host.Catalogue(o.Lang), Environ: o.Host.Environ, In: o.Host.In, Out: o.Host.Out, Terminal: o.Host.Terminal,
	}
	drafts := statestore.Open(o.Host.Getenv)
	session.Effects = steps.Effects{
		Write: func(p steps.Plan, options workspace.Options) (workspace.Result, error) {
			if o.Overwrite {
				options.Overwrite = func(string) bool { return true }
			}
			var result workspace.Result
			err := o.Host.WithLock(p.Folder.Dir, func() (err error) { result, err = p.Write(options); return err })
			if err == nil {
				_ = drafts.SaveLast(o.Dir, p.App) // only an offer to the next app depends on it
			}
			return result, err
		},
	}
	if !o.NoLock && o.Host.Uv.Path != "" {
		locking, skip := context.WithCancel(ctx)
		stop = skip
		session.Effects.Lock = func(p steps.Plan) (string, error) { return o.Host.Uv.Lock(locking, p.Folder.Dir) }
		session.Effects.SkipLock = skip
		session.Effects.List = func(p steps.Plan, result workspace.Result, merged []byte) error {
			return o.Host.WithLock(p.Folder.Dir, func() error {
				_, err := p.ListLock(result.Kept, merged)
				return err
			})
		}
	}
	if in, ok := o.Host.In.(*os.File); ok && o.Host.Terminal && !o.NoLock && o.Host.Uv.Path != "" { // uv may use the network
		out, _ := o.Host.Out.(*os.File)
		session.Effects.RunLocally = func(ctx context.Context, dir string, args []string) error {
			return o.Host.Uv.Run(ctx, dir, args, uv.Terminal{In: in, Out: out, Err: out})
		}
	}
	if draft, ok := drafts.Load(o.Dir); ok {
		session.State.Draft = &draft.App
	}
	if last, ok := drafts.LoadLast(o.Dir); ok {
		session.State.Last = &last.App
	}
	session.Effects.Account = accountEffects(o.Host, o.Lang)
	session.Edit, session.Effects.EditHere = editor(o.Host), editorHere(o.Host)
	session.Effects.Scan, session.Effects.WriteMigration = moveEffects(o.Host, o.Dir, func() []string { return git.Uncommitted(ctx, o.Host.Environ, o.Dir) })
	session.Effects.Glance = func() (*existing.Folder, error) { return existing.Read(o.Dir) }
	session.Effects.Reread = func() (workspace.Folder, error) { return workspace.Read(o.Dir) }
	session.Effects.Keep, session.Effects.Drop = draftEffects(drafts, o.Dir)
	return session, stop
}

// onScreen runs the wizard on screens, with the terminal restored after a crash.
func onScreen(ctx context.Context, s wizard.Session) error {
	if s.Terminal {
		defer crash.WatchTerminal(s.In, s.Words.T("run.crashed"))()
	}
	return wizard.Ask(ctx, s)
}

// draftEffects returns functions that save and delete a folder's draft. The wizard runs them concurrently: a late save
// must not restore a deleted draft.
func draftEffects(drafts statestore.Store, dir string) (save func(scaffold.App) error, forget func() error) {
	var mu sync.Mutex
	forgotten := false
	save = func(app scaffold.App) error {
		mu.Lock()
		defer mu.Unlock()
		if forgotten {
			return nil
		}
		return drafts.Save(dir, app)
	}
	forget = func() error {
		mu.Lock()
		defer mu.Unlock()
		forgotten = true
		return drafts.Drop(dir)
	}
	return save, forget
}
