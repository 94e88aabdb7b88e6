package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"sleet/scaffold"
	"sleet/scaffold/upload"
	"sleet/scaffold/workspace"
	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/steps/command/reports"
	"sleet/steps/command/screens"
	"sleet/steps/command/script"
	"sleet/steps/command/values"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// asks reports whether a person can be asked.
func (o *liveOptions) asks() bool { return o.host.Terminal && !o.json && !o.yes }

// showChanges prints a plan on standard error.
func (o *liveOptions) showChanges(s deploy.Assessment) {
	//nolint:errcheck // If standard error is closed, there is no place to report it.
	fmt.Fprint(o.host.Err, "\n"+o.planText(o.host.Err, s))
}

// say prints text on standard error.
func (o *liveOptions) say(words string) { output.Say(o.host.Err, words) }

// tell prints a message in the person's language.
func (o *liveOptions) tell(id message.ID, args ...any) { o.say(o.t(id, args...)) }

// words returns a message in the person's language.
func (o *liveOptions) words(text message.Message) string { return o.t.Say(text) }

// fail also reports an error before the first event as JSON, if a program reads the output.
func (o *liveOptions) fail(err error) error {
	if err != nil && o.json {
		(&jsonReport{out: o.host.Out}).event(deploy.Event{Event: deploy.EventFailed, Message: message.Verbatim(output.Clean(err.Error()))})
	}
	return err
}

// app reads the app of a folder in the selected environment. The app must be complete.
func (o *liveOptions) app(shown string) (workspace.Folder, workspace.Environment, error) {
	folder, err := workspace.Read(o.host.Path(shown))
	if err != nil {
		return folder, workspace.Environment{}, exit.Usage(err, "run.folder")
	}
	problems, behind, err := steps.Deployable(folder, shown)
	for _, p := range problems {
		o.say(output.Problem(o.t, p))
	}
	if err == nil && len(behind) > 0 {
		o.tell("run.behind", "files", strings.Join(behind, ", "), "dir", shown)
	}
	if err != nil {
		return folder, workspace.Environment{}, err
	}
	env, err := o.inEnvironment(folder)
	return folder, env, err
}

// inEnvironment returns the app of a folder in the environment that the command line names.
func (o *liveOptions) inEnvironment(folder workspace.Folder) (workspace.Environment, error) {
	env, err := folder.InEnvironment(o.env)
	if err != nil {
		return env, exit.Usage(err, "run.env")
	}
	if conflicts := slices.DeleteFunc(env.Conflicts, func(path string) bool { return !upload.Uploads(env.App, path) }); len(conflicts) > 0 {
		return env, exit.Usage(nil, "run.env_conflict", "files", strings.Join(conflicts, ", "), "env", o.env)
	}
	return env, nil
}

// run deploys the app to the account.
func (o *applyOptions) run(ctx context.Context, args []string) error {
	started := time.Now()
	shown, err := shownFolder(args)
	if err != nil {
		return err
	}
	if !o.plan && !o.yes && !o.asks() {
		return o.fail(exit.Usage(nil, "apply.nobody", "dir", shown))
	}
	if !o.plan && !o.onScreens(o.plain || o.plan) {
		release, err := o.host.Lock(o.host.Path(shown))
		if err != nil {
			return o.fail(err)
		}
		defer release()
	}
	folder, env, err := o.app(shown)
	if err != nil {
		return o.fail(err)
	}
	parts := deploy.ValueParts(env.App)
	values, err := values.Gather(ctx, o.host, o.secretsFrom, parts)
	if err != nil {
		return o.fail(err)
	}
	d := deploy.Deployment{
		App: env.App, Dir: folder.Dir, Env: o.env, Files: env.Files, Excluded: env.Excluded,
		Values: values, Shared: o.shared, Overwrite: o.overwrite, Prune: o.prune,
		ValuesFile: o.valuesFile(), Seal: o.host.Store().NewSealer(), New: !o.host.Store().Deployed(deploy.RecordKey(folder.Dir, o.env)),
	}
	if o.onScreens(o.plain || o.plan) {
		return o.host.Apply(ctx, machine.ApplyOptions{
			Folder: folder, Shown: shown, Deployment: d, Connection: o.connection, Demo: o.demo, NoWait: o.noWait, Lang: o.globals.lang, Host: o.host,
		})
	}
	cloud, err := o.open(ctx, d)
	if err != nil {
		return o.fail(err)
	}
	defer cloud.Close() //nolint:errcheck // The account ends idle sessions itself.
	reading, read := o.reading(ctx)
	survey, err := cloud.Assess(reading, d)
	read()
	var upload *deploy.UploadError
	if errors.As(err, &upload) && upload.Edited && o.asks() {
		if d.SendSecretsFile, err = o.person().Yes(ctx, o.t("apply.ask_secrets_file", "file", upload.Paths[0])); err == nil {
			survey, err = cloud.Assess(ctx, d)
		}
	}
	if err != nil {
		return o.fail(err)
	}
	if o.plan {
		return o.showPlan(survey)
	}
	if d, survey, err = o.complete(ctx, cloud, d, survey, parts); err != nil {
		return o.fail(err)
	}
	return o.carryOut(ctx, cloud, d, survey, started)
}

// onScreens reports whether to show the run on screens.
func (o *liveOptions) onScreens(plain bool) bool {
	return o.asks() && !plain && o.env == "" && !o.globals.accessible && !o.host.IsDumbTerminal() && o.host.Apply != nil
}

// valuesFile returns the path of the file with the secrets' values, "" if they come from elsewhere.
func (o *applyOptions) valuesFile() string {
	if values.IsStore(o.secretsFrom) || o.secretsFrom == "" || o.secretsFrom == "-" {
		return ""
	}
	return o.host.Path(o.secretsFrom)
}

// showPlan implements --plan: it prints the plan and returns an error if there are changes.
func (o *applyOptions) showPlan(s deploy.Assessment) error {
	o.head(s)
	var err error
	if o.json {
		err = output.JSON(o.host.Out, reports.PlanJSON(o.env, s.Plan))
	} else {
		_, err = fmt.Fprint(o.host.Out, o.planText(o.host.Out, s))
		err = exit.Failed(err, "run.unprinted")
	}
	switch {
	case err != nil:
		return err
	case !s.Changes():
		o.tell("apply.nothing")
		return nil
	default:
		return exit.Found("apply.something", "counts", deploy.CountsOf(s))
	}
}

// head prints where the plan applies, and what the account did not show.
func (o *liveOptions) head(s deploy.Assessment) {
	c := s.Context
	if o.env != "" {
		o.tell("run.env_head", "env", o.env)
	}
	o.tell("run.head", "account", c.Account, "user", c.User, "role", c.Role)
	if !s.Resumes.IsZero() {
		o.say(o.words(s.Resumes))
	}
	for _, left := range s.Withheld {
		o.say(o.words(left))
	}
	for _, note := range s.Account.Notes {
		o.tell("run.note", "note", o.words(note))
	}
}

// carryOut shows the plan, asks for confirmation, applies it and reports the result.
func (o *applyOptions) carryOut(ctx context.Context, cloud deploy.Deployer, d deploy.Deployment, s deploy.Assessment, started time.Time) error {
	o.head(s)
	if !o.json {
		o.showChanges(s)
	}
	o.say(o.words(deploy.CountsOf(s)))
	if o.asks() && s.Changes() {
		if err := o.confirm(ctx, s); err != nil {
			return err
		}
	}
	report := o.newLiveReport(s.Plan)
	hooks, starts := o.startHooks(report, d.App, s)
	done, err := cloud.Apply(ctx, d, s, hooks)
	report.close()
	if err == nil && len(done.AdminSQL) > 0 {
		err = o.writeAdmin(d, done)
	}
	wait := func() error {
		if err == nil && !o.noWait && done.Complete() && starts.Load() {
			return o.awaitStart(ctx, cloud, d, s, started)
		}
		return nil
	}
	var failed error
	if o.json { // the summary must be the last event
		failed = wait()
	}
	shown := o.summary(d, done, err, time.Since(started))
	if err != nil {
		return err
	}
	if shown != nil {
		return shown
	}
	if done.URL != "" && !o.json {
		if _, err := fmt.Fprintln(o.host.Out, strings.Join(steps.AddressLines(o.t, done), "\n")); err != nil {
			return message.Wrap(err, "run.unprinted")
		}
		if failed = wait(); failed == nil {
			failed = o.offerBrowser(ctx, done)
		}
	}
	if failed != nil {
		return failed
	}
	if len(s.Edited) > 0 && !d.Overwrite {
		return exit.Found("apply.kept", "files", strings.Join(s.Edited, ", "))
	}
	if !done.Complete() {
		return exit.Found("apply.not_whole", "why", screens.DescribeIncomplete(done))
	}
	return nil
}

// startHooks returns the hooks of a run. The flag becomes true if the run creates or restarts the app.
func (o *applyOptions) startHooks(report liveReport, app scaffold.App, s deploy.Assessment) (deploy.ApplyHooks, *atomic.Bool) {
	hooks, starts := o.hands(report), new(atomic.Bool)
	starts.Store(steps.StartsContainer(app, s))
	hooks.Event = func(e deploy.Event) {
		if steps.IsRestart(e) {
			starts.Store(true)
		}
		report.event(e)
	}
	return hooks, starts
}

// writeAdmin writes the script for an administrator beside the other scripts, and prints how to send it.
func (o *applyOptions) writeAdmin(d deploy.Deployment, done deploy.Applied) error {
	path, err := script.SaveAdmin(d.Dir, d.Env, done.AdminSQL)
	if err != nil {
		return err
	}
	o.say("\n" + o.t("apply.handover", "path", path) + "\n")
	o.say(o.words(done.CoverNote) + "\n")
	return nil
}

// summary prints the result of a run. It returns an error if a program that reads the output does not get it.
func (o *liveOptions) summary(d deploy.Deployment, done deploy.Applied, err error, took time.Duration) error {
	text := message.New("live.counts", "counts", done.Counts(), "time", fmt.Sprintf("%.1f s", took.Seconds()))
	if err != nil {
		text = message.Verbatim(output.Clean(err.Error()))
	}
	if o.json {
		if done.URL != "" {
			text = message.Verbatim(text.String() + "; " + strings.Join(steps.AddressLines(o.t, done), "; "))
		}
		return (&jsonReport{out: o.host.Out}).print(deploy.Event{
			Event: deploy.EventSummary, Ref: snowflake.Ref{Kind: snowflake.KindStreamlit, Name: snowflake.AccountObject(d.App.Resolve().App.Name)},
			Took: took, Message: text,
		})
	}
	if err == nil {
		o.say("\n" + o.words(text))
	}
	if len(done.NotShown) > 0 {
		o.say(o.t("live.not_shown", "names", o.t.Say(message.Join(", ", done.NotShown...))))
	}
	return nil
}
