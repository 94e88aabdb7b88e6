package command

import (
	"cmp"
	"context"
	"time"

	"github.com/spf13/cobra"

	"sleet/scaffold/workspace"
	"sleet/steps"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/steps/command/screens"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// destroyOptions are the options of `sleet destroy`.
type destroyOptions struct {
	liveOptions

	plain bool
}

// newDestroy returns the command `sleet destroy`.
func newDestroy(host machine.Host, global *globals) *cobra.Command {
	o := &destroyOptions{liveOptions: liveOptions{host: host, globals: global}}
	cmd := &cobra.Command{
		Use:   "destroy [DIR]",
		Short: "Remove what apply created in the account",
		Long: `Lists what apply created in the account for the app in DIR, asks for
confirmation, and removes it in reverse order. Objects that existed before, or
that something else uses now, are kept. The files in DIR are kept as well.

Exit codes: 0 done; 1 something failed; 2 wrong command line or answers, nothing
removed; 130 stopped.`,
		Example: `  sleet destroy                 show the list, ask, remove it
  sleet destroy weather --yes   ask nothing
  sleet destroy --env prod      remove an environment's objects
  sleet destroy --yes --json    JSON, one event per line`,
		Args: cobra.MaximumNArgs(1),
	}
	o.addFlags(cmd)
	cmd.Flags().BoolVar(&o.plain, "plain", false, "print text on a terminal too")
	cmd.RunE = ran(func(ctx context.Context, args []string) error {
		o.speak()
		return o.run(ctx, args)
	})
	return cmd
}

// run removes the app from the account.
func (o *destroyOptions) run(ctx context.Context, args []string) error {
	started := time.Now()
	shown, err := shownFolder(args)
	if err != nil {
		return err
	}
	if !o.yes && !o.asks() {
		return o.fail(exit.Usage(nil, "destroy.nobody", "dir", shown))
	}
	screens := o.onScreens(o.plain)
	if !screens { // the screens lock the folder only while they remove
		release, err := o.host.Lock(o.host.Path(shown))
		if err != nil {
			return o.fail(err)
		}
		defer release()
	}
	folder, err := workspace.Read(o.host.Path(shown))
	if err != nil {
		return o.fail(exit.Usage(err, "run.folder"))
	}
	if !folder.Saved {
		return o.fail(exit.Usage(nil, "destroy.no_answers", "dir", shown))
	}
	if plan := steps.NewPlan(folder.App, folder); plan.Err() != nil {
		for _, p := range plan.Problems {
			o.say(output.Problem(o.t, p))
		}
		return o.fail(plan.Err())
	}
	env, err := folder.InEnvironment(o.env)
	if err != nil {
		return o.fail(exit.Usage(err, "run.env"))
	}
	d := deploy.Deployment{App: env.App, Dir: folder.Dir, Env: o.env, Values: deploy.SecretValues{}}
	if screens {
		return o.host.Apply(ctx, machine.ApplyOptions{
			Folder: folder, Shown: shown, Deployment: d, Connection: o.connection, Demo: o.demo, Removes: true, Lang: o.globals.lang, Host: o.host,
		})
	}
	cloud, err := o.open(ctx, d)
	if err != nil {
		return o.fail(err)
	}
	defer cloud.Close() //nolint:errcheck // The account ends idle sessions itself.
	reading, read := o.reading(ctx)
	assessment, err := cloud.AssessDestroy(reading, d)
	read()
	if err != nil {
		return o.fail(err)
	}
	return o.carryOut(ctx, cloud, d, assessment, started)
}

// carryOut lists what will be removed, asks for confirmation, and removes it.
func (o *destroyOptions) carryOut(ctx context.Context, cloud deploy.Deployer, d deploy.Deployment, s deploy.Assessment, started time.Time) error {
	o.head(s)
	if !s.Changes() {
		o.tell("destroy.nothing")
		return o.summary(d, deploy.Applied{}, nil, time.Since(started))
	}
	if !o.json {
		o.showChanges(s)
	}
	if o.asks() {
		yes, err := o.person().Yes(ctx, o.t("destroy.ask"))
		if err != nil {
			return err
		}
		if !yes {
			return message.Wrap(context.Canceled, "destroy.unchanged")
		}
	}
	report := o.newLiveReport(s.Plan)
	done, err := cloud.Destroy(ctx, d, s, o.hands(report))
	report.close()
	err = cmp.Or(err, o.summary(d, done, err, time.Since(started)))
	if text := deploy.UndropMessage(s.Plan); !text.IsZero() && err == nil && done.Failed == 0 {
		o.say(o.words(text))
	}
	if err == nil && !done.Complete() {
		err = exit.Found("destroy.left", "why", screens.DescribeIncomplete(done))
	}
	return err
}
