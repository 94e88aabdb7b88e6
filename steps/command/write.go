package command

import (
	"context"
	"errors"
	"fmt"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/steps"
)

// outcome is what became of a run, for the report.
type outcome struct {
	dir      string
	result   scaffold.Result
	problems []scaffold.Problem
	err      error
}

// write carries out a plan, or with --dry-run finds out what it would do.
func (o *newOptions) write(ctx context.Context, shown string, p steps.Plan) error {
	end := outcome{dir: p.Folder.Dir, problems: p.Problems}
	o.warn(p.Problems)
	if ctx.Err() != nil {
		return steps.Failed(context.Cause(ctx), "new.stopped")
	}
	end.result, end.err = p.Write(scaffold.Options{
		DryRun:    o.dryRun,
		Overwrite: func(string) bool { return o.overwrite },
	})
	if end.err != nil {
		return o.report(end)
	}
	o.add(&end, stale(end.result.Stale)...)
	locked := o.lock(ctx, p, &end)
	if kept := end.result.Kept; end.err == nil && len(kept) > 0 {
		end.err = &steps.KeptError{Paths: kept}
	}
	if err := o.report(end); err != nil || o.json || o.dryRun {
		return err
	}
	o.next(p.App, shown, locked)
	return nil
}

// add says problems that turned up on the way and puts them into the report.
func (o *newOptions) add(end *outcome, problems ...scaffold.Problem) {
	o.warn(problems)
	end.problems = append(end.problems, problems...)
}

// stale warns of files that the answers no longer call for.
func stale(paths []string) []scaffold.Problem {
	problems := make([]scaffold.Problem, 0, len(paths))
	for _, path := range paths {
		problems = append(problems, scaffold.Problem{
			ID: "file-stale", Severity: scaffold.Warning, Path: path,
			Message: "the app no longer has this file, and you edited it, so it stays",
			Fix:     "delete it unless you need it",
			Said:    snowflake.Said("new.stale.message", "the app no longer has this file, and you edited it, so it stays"),
			FixSaid: snowflake.Said("new.stale.fix", "delete it unless you need it"),
		})
	}
	return problems
}

// lockFix is what to do about a lock that did not come about.
const lockFix = "the app is whole without the lock; mend what uv names and run uv lock in its folder"

// lock runs uv where the plan calls for it and says whether the packages are pinned, or need not
// be. A failure is a warning: the app is whole without the lock.
func (o *newOptions) lock(ctx context.Context, p steps.Plan, end *outcome) bool {
	uv := o.host.Uv
	switch {
	case o.dryRun:
		return false
	case !steps.WantsLock(p, end.result):
		return true
	case o.noLock, uv.Path == "":
		return false
	}
	t := o.words()
	o.say("%s", t("new.lock.runs"))
	words, err := uv.Lock(ctx, p.Folder.Dir)
	switch {
	case err == nil:
		o.say("%s", words)
	case errors.Is(err, context.Canceled):
		end.err = fmt.Errorf("the files are written, but %w", err)
	default:
		o.add(end, scaffold.Problem{
			ID: "uv-lock", Severity: scaffold.Warning, Path: scaffold.LockFile, Message: err.Error(),
			Fix:     lockFix,
			Said:    snowflake.TextOf(err),
			FixSaid: snowflake.Said("new.lock.fix", lockFix),
			Page:    "https://docs.astral.sh/uv/concepts/projects/sync/",
		})
	}
	return err == nil
}

// next says what to do with the app.
func (o *newOptions) next(app scaffold.App, shown string, locked bool) {
	t := o.words()
	o.say("\n%s", t("new.next"))
	for _, n := range steps.NextSteps(app, shown, locked) {
		o.say("  # %s", t("new.next."+n.ID))
		if n.Command != "" {
			o.say("  %s", n.Command)
		}
	}
}
