package command

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/validate"
	"sleet/scaffold/workspace"
	"sleet/steps"
	"sleet/steps/command/exit"
	"sleet/steps/command/output"
	"sleet/steps/uv"
	"sleet/ui"
	"sleet/ui/message"
)

// outcome is the result of a run, for the report.
type outcome struct {
	dir      string
	result   workspace.Result
	problems []validate.Problem
	err      error
}

// write writes a plan's files, or with --dry-run determines what it would write.
func (o *newOptions) write(ctx context.Context, shown string, p steps.Plan) error {
	end := outcome{dir: p.Folder.Dir, problems: p.Problems}
	o.warn(p.Problems)
	if ctx.Err() != nil {
		return message.Wrap(context.Cause(ctx), "new.stopped")
	}
	end.result, end.err = p.Write(workspace.Options{
		DryRun:    o.dryRun,
		Overwrite: func(string) bool { return o.overwrite },
	})
	if end.err != nil {
		return o.report(end)
	}
	o.add(&end, stale(end.result.Stale)...)
	o.add(&end, foreign(end.result.Foreign)...)
	locked := o.lock(ctx, p, shown, &end)
	if kept := end.result.Kept; end.err == nil && len(kept) > 0 {
		end.err = &steps.EditedFilesError{Paths: kept}
	}
	if err := o.report(end); err != nil || o.json || o.dryRun {
		return err
	}
	o.next(p.App, shown, locked)
	return nil
}

// add prints problems and adds them to the report.
func (o *newOptions) add(end *outcome, problems ...validate.Problem) {
	o.warn(problems)
	end.problems = append(end.problems, problems...)
}

// stale returns warnings about files that the answers no longer need.
func stale(paths []string) []validate.Problem {
	problems := make([]validate.Problem, 0, len(paths))
	for _, path := range paths {
		problems = append(problems, validate.Problem{
			ID: "file-stale", Severity: validate.Warning, Path: path,
			Message: message.New("new.stale.message"), Fix: message.New("new.stale.fix"),
		})
	}
	return problems
}

// foreign returns warnings about paths that sleet.toml lists as written by sleet, but that sleet never writes.
func foreign(paths []string) []validate.Problem {
	problems := make([]validate.Problem, 0, len(paths))
	for _, path := range paths {
		problems = append(problems, validate.Problem{
			ID: "file-foreign", Severity: validate.Warning, Path: path,
			Message: message.New("new.foreign.message"), Fix: message.New("new.foreign.fix"),
		})
	}
	return problems
}

// lock runs uv if the plan needs it, and reports whether the packages are locked or need not be. A failure is a
// warning: the app works without the lock.
func (o *newOptions) lock(ctx context.Context, p steps.Plan, shown string, end *outcome) bool {
	tool := o.host.Uv
	switch {
	case o.dryRun:
		return false
	case !steps.WantsLock(p, end.result):
		return true
	case o.noLock, tool.Path == "":
		return false
	case uv.KeptPyproject(end.result):
		o.add(end, unlocked(&uv.ManifestError{Why: message.New("new.lock.edited")}, scaffold.LockFile, shown))
		return false
	}
	t := o.words()
	o.say("%s", t("new.lock.runs"))
	words, err := tool.Lock(ctx, p.Folder.Dir)
	switch {
	case err == nil:
		o.say("%s", words)
		end.err = o.list(p, end)
	case errors.Is(err, context.Canceled):
		end.err = message.Wrap(err, "new.written_then")
	default:
		o.add(end, unlocked(err, scaffold.LockFile, shown))
	}
	return err == nil
}

// list adds the lock to snowflake.yml, and the change to the report.
func (o *newOptions) list(p steps.Plan, end *outcome) error {
	changes, err := p.ListLock(end.result.Kept, nil)
	for _, c := range changes {
		same := func(have workspace.Change) bool { return have.Path == c.Path && have.State == workspace.FileSame }
		if i := slices.IndexFunc(end.result.Changes, same); i >= 0 {
			end.result.Changes[i] = c
		}
	}
	return exit.Failed(err, "new.written_then")
}

// unlocked returns the warning that packages are not locked. lock is the missing file, dir is its folder as the person
// named it.
func unlocked(err error, lock, dir string) validate.Problem {
	fix := message.New("new.lock.fix")
	var manifest *uv.ManifestError
	if errors.As(err, &manifest) {
		fix = message.New("new.lock.by_hand", "command", "uv lock --project "+steps.ShellWord(dir))
	}
	return validate.Problem{
		ID: "uv-lock", Severity: validate.Warning, Path: lock, Message: message.Of(err), Fix: fix,
		Page: "https://docs.astral.sh/uv/concepts/projects/sync/",
	}
}

// next prints what to do with the app.
func (o *newOptions) next(app scaffold.App, shown string, locked bool) {
	t := o.words()
	o.say("\n%s", t("new.next"))
	for _, n := range steps.NextSteps(app, shown, locked) {
		o.say("  # %s", t(message.ID("new.next."+n.ID)))
		if n.Command != "" {
			o.say("  %s", n.Command)
		}
	}
}

// warn prints problems on standard error.
func (o *newOptions) warn(problems []validate.Problem) {
	for _, p := range problems {
		o.say("%s", output.Problem(o.words(), p))
	}
}

// words returns the messages in the person's language.
func (o *newOptions) words() ui.Translate { return o.globals.words(o.host) }

// say prints text on standard error.
func (o *newOptions) say(format string, args ...any) {
	output.Say(o.host.Err, fmt.Sprintf(format, args...))
}
