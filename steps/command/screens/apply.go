package screens

import (
	"context"
	"slices"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/account/profile"
	"sleet/steps"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/steps/deploy"
	"sleet/steps/doctor"
	"sleet/ui/message"
)

// Apply deploys an app on the wizard's screens: login, missing values, plan, run. It returns the same error as the
// command without screens.
func Apply(ctx context.Context, o machine.ApplyOptions) error {
	profile, err := chosenProfile(o)
	if err != nil {
		return err
	}
	d := o.Deployment
	session, stop := newSession(ctx, machine.WizardOptions{
		Dir: o.Folder.Dir, Shown: o.Shown, Folder: o.Folder, App: o.Folder.App, Lang: o.Lang, Host: o.Host,
	})
	defer stop()
	session.State.Deploys, session.State.Existing, session.State.Draft = true, true, nil
	session.State.SecretValues = d.Values
	session.State.RunOptions = &steps.RunOptions{Profile: profile, Shared: d.Shared, Overwrite: d.Overwrite, Prune: d.Prune, ValuesFile: d.ValuesFile, Removes: o.Removes}
	session.Effects.Account.Connect = connectEffect(o.Host, o.Lang, d)
	if o.NoWait {
		session.Effects.Account.AwaitStart = nil
	}
	session.Ended = appliedError
	if !o.Removes {
		return onScreen(ctx, session)
	}
	var plan snowflake.Plan
	session.Effects.Account.Connect = removing(session.Effects.Account.Connect, &plan)
	session.Effects.Account.AwaitStart = nil
	session.Ended = removedError
	err = onScreen(ctx, session)
	if text := deploy.UndropMessage(plan); err == nil && !text.IsZero() {
		output.Say(o.Host.Err, session.Words.Say(text))
	}
	return err
}

// removingCloud is a Deployer whose plans remove the app. It stores the last plan.
type removingCloud struct {
	deploy.Deployer
	plan *snowflake.Plan
}

// removing returns a function that logs in to an account to remove the app there.
func removing(
	connect func(context.Context, steps.Profile, steps.AskSecret) (deploy.Deployer, error), plan *snowflake.Plan,
) func(context.Context, steps.Profile, steps.AskSecret) (deploy.Deployer, error) {
	return func(ctx context.Context, p steps.Profile, ask steps.AskSecret) (deploy.Deployer, error) {
		cloud, err := connect(ctx, p, ask)
		if err != nil {
			return nil, err
		}
		return removingCloud{cloud, plan}, nil
	}
}

// Unwrap returns the account.
func (c removingCloud) Unwrap() deploy.Deployer { return c.Deployer }

// Assess plans the removal, which does not depend on the app's files.
func (c removingCloud) Assess(ctx context.Context, d deploy.Deployment) (deploy.Assessment, error) {
	s, err := c.AssessDestroy(ctx, d)
	s.Edited, s.Gone, s.Uploads, s.Withheld = nil, nil, nil, nil
	*c.plan = s.Plan
	return s, err
}

// Apply removes the app.
func (c removingCloud) Apply(ctx context.Context, d deploy.Deployment, s deploy.Assessment, h deploy.ApplyHooks) (deploy.Applied, error) {
	return c.Destroy(ctx, d, s, h)
}

// removedError returns the error of a removal; nil if the app was removed.
func removedError(s steps.State) error {
	switch done, failure := s.Outcome.Applied, s.Outcome.Failure; {
	case failure != nil:
		return failure
	case done == nil:
		return message.Wrap(context.Canceled, "destroy.unchanged")
	case !done.Complete():
		return exit.Found("destroy.left", "why", DescribeIncomplete(*done))
	}
	return nil
}

// chosenProfile returns the connection that the command line names, or the default one. It returns nil if there is
// neither and the person must choose.
func chosenProfile(o machine.ApplyOptions) (*steps.Profile, error) {
	switch {
	case o.Demo && o.Connection != "":
		return nil, exit.Usage(nil, "run.demo_alone")
	case o.Demo:
		return &steps.Profile{Demo: true}, nil
	}
	if o.Connection != "" {
		if _, err := profile.Read(o.Host.ConnectionEnv()).Pick(o.Connection); err != nil {
			return nil, &exit.UsageError{Err: err}
		}
	}
	all := shownProfiles(o.Host)
	i := slices.IndexFunc(all, func(p steps.Profile) bool {
		return !p.Demo && (p.Name == o.Connection || o.Connection == "" && p.Default)
	})
	if i < 0 {
		return nil, nil //nolint:nilnil // nil means that the person chooses.
	}
	return &all[i], nil
}

// appliedError returns the error of a deployment; nil if the account is as sleet.toml says.
func appliedError(s steps.State) error {
	switch done, failure := s.Outcome.Applied, s.Outcome.Failure; {
	case failure != nil:
		return failure
	case done == nil:
		return message.Wrap(context.Canceled, "apply.unchanged")
	case done.Undone:
		return exit.Found("live.undone")
	case len(s.Outcome.KeptInSnowsight) > 0:
		return exit.Found("apply.kept", "files", strings.Join(s.Outcome.KeptInSnowsight, ", "))
	case !done.Complete():
		return exit.Found("apply.not_whole", "why", DescribeIncomplete(*done))
	}
	return StartError(s.Outcome.Startup)
}

// StartError returns the error of an app that failed to start; nil for any other outcome.
func StartError(seen doctor.Startup) error {
	if seen.Outcome != doctor.Failed {
		return nil
	}
	return exit.Found("apply.not_started", "meaning", seen.Failure.Meaning, "fix", seen.Failure.Fix)
}

// DescribeIncomplete describes what an incomplete deployment lacks.
func DescribeIncomplete(done deploy.Applied) message.Message {
	var parts []message.Message
	cannot := message.ID("apply.cannot")
	if len(done.AdminSQL) == 0 {
		cannot = "apply.blocked"
	}
	for _, c := range []struct {
		n  int
		id message.ID
	}{{done.Failed, "apply.failed"}, {done.Skipped, "apply.skipped"}, {done.Cannot, cannot}} {
		if c.n > 0 {
			parts = append(parts, message.New(c.id, "steps", c.n))
		}
	}
	if len(done.Unverified) > 0 {
		parts = append(parts, message.New("apply.unverified", "objects", message.Join(", ", done.Unverified...)))
	}
	return message.Join(", ", parts...)
}
