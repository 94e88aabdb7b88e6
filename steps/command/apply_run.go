package command

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/steps"
	"sleet/ui"
)

// foundError is a command that ran and found, or failed, something: exit code 1.
type foundError struct{ text string }

func (e *foundError) Error() string { return e.text }

// found makes a foundError.
func found(format string, args ...any) error { return &foundError{fmt.Sprintf(format, args...)} }

// asks says whether a person can be asked.
func (o *liveOptions) asks() bool { return o.host.Terminal && !o.json && !o.yes }

// say prints prose on standard error.
func (o *liveOptions) say(format string, args ...any) { say(o.host.Err, fmt.Sprintf(format, args...)) }

// fail reports an error that came before the first event, for a program as well.
func (o *liveOptions) fail(err error) error {
	if err != nil && o.json {
		(&jsonReport{out: o.host.Out}).event(steps.LiveEvent{Event: steps.LiveFailed, Message: clean(err.Error())})
	}
	return err
}

// app reads the app of a folder, which must be whole.
func (o *liveOptions) app(shown string) (scaffold.Folder, error) {
	folder, err := scaffold.Read(o.host.path(shown))
	if err != nil {
		return folder, wrong("cannot use the folder: %w", err)
	}
	problems, behind, err := steps.Deployable(folder, shown)
	for _, p := range problems {
		o.say("%s", problemText(o.globals.words(o.host), p))
	}
	if err == nil && len(behind) > 0 {
		o.say("warning: %s is not as sleet.toml calls for by now; sleet new %s writes it anew", strings.Join(behind, ", "), shown)
	}
	return folder, err
}

// run brings the app to the account.
func (o *applyOptions) run(ctx context.Context, args []string) error {
	started := time.Now()
	shown, err := shownFolder(args)
	if err != nil {
		return err
	}
	if !o.plan && !o.yes && !o.asks() {
		return o.fail(wrong(`nobody is there to ask: give --yes to carry the plan out, or --plan to only see it, e.g.
  sleet apply %s --yes`, shown))
	}
	folder, err := o.app(shown)
	if err != nil {
		return o.fail(err)
	}
	parts := steps.ValueParts(folder.App)
	values, err := gatherValues(ctx, o.host, o.secretsFrom, parts)
	if err != nil {
		return o.fail(err)
	}
	d := steps.Deployment{App: folder.App, Dir: folder.Dir, Values: values, Shared: o.shared, Overwrite: o.overwrite, Prune: o.prune}
	cloud, err := o.open(ctx, d)
	if err != nil {
		return o.fail(err)
	}
	defer cloud.Close() //nolint:errcheck // The account ends a session by itself.
	survey, err := cloud.Look(ctx, d)
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

// showPlan is --plan: it prints the plan and says whether there is something to do.
func (o *applyOptions) showPlan(s steps.Survey) error {
	o.head(s)
	var err error
	if o.json {
		err = printPlanJSON(o.host.Out, s.Plan)
	} else {
		_, err = fmt.Fprint(o.host.Out, clean(planText(s.Plan, ui.UTF8(o.host.getenv))))
		err = wrapErr("cannot print the plan", err)
	}
	switch {
	case err != nil:
		return err
	case !s.Changes():
		o.say("Nothing is to do.")
		return nil
	default:
		return found("something is to do: %s", planCounts(s.Plan))
	}
}

// head says where the plan is for, and what the account did not show.
func (o *liveOptions) head(s steps.Survey) {
	c := s.Context
	o.say("Account %s, user %s, role %s", c.Account, c.User, c.Role)
	if s.Resumes != "" {
		o.say("%s", s.Resumes)
	}
	for _, note := range s.Account.Notes {
		o.say("note: %s", note)
	}
}

// carryOut shows the plan, asks, executes it and says what came of it.
func (o *applyOptions) carryOut(ctx context.Context, cloud steps.Cloud, d steps.Deployment, s steps.Survey, started time.Time) error {
	o.head(s)
	if !o.json {
		o.say("\n%s", strings.TrimRight(planText(s.Plan, ui.UTF8(o.host.getenv)), "\n"))
	}
	o.say("%s", planCounts(s.Plan))
	if o.asks() && s.Changes() {
		if err := o.confirm(ctx); err != nil {
			return err
		}
	}
	report := o.newLiveReport()
	done, err := cloud.Apply(ctx, d, s, o.hands(report))
	report.close()
	if err == nil && len(done.AdminSQL) > 0 {
		err = o.writeAdmin(d.Dir, done)
	}
	o.summary(d, done, err, time.Since(started))
	if err != nil {
		return err
	}
	if done.URL != "" && !o.json {
		if _, err := fmt.Fprintln(o.host.Out, clean(done.URL)); err != nil {
			return wrap("cannot print the address", err)
		}
		if err := o.offerBrowser(ctx, done); err != nil {
			return err
		}
	}
	if len(s.Edited) > 0 && !d.Overwrite {
		return found("kept as edited in Snowsight: %s; --overwrite replaces what was edited there", strings.Join(s.Edited, ", "))
	}
	if !done.Whole() {
		return found("the app is not whole yet: %s", unfinished(done))
	}
	return nil
}

// writeAdmin writes the script for an administrator beside the others, and says how to send it.
func (o *applyOptions) writeAdmin(dir string, done steps.Applied) error {
	path := filepath.Join(dir, "sql", "admin.sql")
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return wrap("cannot write the statements for an administrator", err)
	}
	if err := os.WriteFile(path, done.AdminSQL, 0o600); err != nil {
		return wrap("cannot write the statements for an administrator", err)
	}
	o.say("\nWhat you may not do is in %s, for an administrator. A text to send with it:\n", path)
	o.say("%s\n", strings.TrimSpace(done.Letter))
	return nil
}

// summary says what a run came to.
func (o *liveOptions) summary(d steps.Deployment, done steps.Applied, err error, took time.Duration) {
	text := fmt.Sprintf("%d done, %d failed, %d skipped, %d for an administrator, in %.1f s",
		done.Done, done.Failed, done.Skipped, done.Cannot, took.Seconds())
	if err != nil {
		text = clean(err.Error())
	}
	if o.json {
		if done.URL != "" {
			text += "; " + done.URL
		}
		(&jsonReport{out: o.host.Out}).event(steps.LiveEvent{
			Event: steps.LiveSummary, Ref: snowflake.Ref{Kind: snowflake.KindStreamlit, Name: d.App.Resolve().App.Name},
			Took: took, Message: text,
		})
		return
	}
	if err == nil {
		o.say("\n%s", text)
	}
}

// unfinished says what keeps an app from being whole.
func unfinished(done steps.Applied) string {
	parts := []string{}
	for _, c := range []struct {
		n    int
		what string
	}{{done.Failed, "failed"}, {done.Skipped, "skipped"}, {done.Cannot, "for an administrator (sql/admin.sql)"}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	if len(done.Unverified) > 0 {
		parts = append(parts, "not found afterwards as it should be: "+strings.Join(done.Unverified, ", "))
	}
	return strings.Join(slices.Clip(parts), ", ")
}
