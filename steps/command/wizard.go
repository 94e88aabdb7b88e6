package command

import (
	"context"

	"sleet/scaffold"
	"sleet/steps"
	"sleet/steps/accessible"
	"sleet/ui/words"
)

// ask is the Wizard: screens on a terminal, or line by line.
func ask(ctx context.Context, o WizardOptions) error {
	session := steps.Session{
		State: steps.State{App: o.App, Folder: o.Folder, Shown: o.Shown},
		Words: words.For(words.Language(o.Lang, o.Host.getenv)), Environ: o.Host.Environ, In: o.Host.In, Out: o.Host.Out,
	}
	session.Effects = steps.Effects{
		Write: func(p steps.Plan, options scaffold.Options) (scaffold.Result, error) {
			if o.Overwrite {
				options.Overwrite = func(string) bool { return true }
			}
			return p.Write(options)
		},
	}
	if !o.NoLock && o.Host.Uv.Path != "" {
		session.Effects.Lock = func(p steps.Plan) (string, error) { return o.Host.Uv.Lock(ctx, p.Folder.Dir) }
	}
	way := steps.Ask
	if o.Accessible {
		way = accessible.Ask
	}
	return way(ctx, session)
}
