package deploy

import (
	"context"

	"sleet/snowflake"
	"sleet/snowflake/account/observe"
)

// Examiner is a Deployer that can read an app with everything that it depends on.
type Examiner interface {
	// Session returns the context of the session.
	Session(ctx context.Context) (snowflake.Context, error)
	// Examine reads an app. The error is a *Failure if the app does not exist or is not visible.
	Examine(ctx context.Context, o observe.Examination) (snowflake.Examined, error)
	// Describe reads only an app's properties and owner. owner is the role that should own it, or the zero Name.
	Describe(ctx context.Context, app, owner snowflake.Name) (snowflake.Examined, error)
	// NeedsRestart reports whether, according to the journal of a folder, files or secrets' values changed since the
	// running app was last restarted.
	NeedsRestart(ctx context.Context, dir string) bool
}

var _ Examiner = (*accountDeployer)(nil)

// Session returns the context of the session.
func (a *accountDeployer) Session(ctx context.Context) (snowflake.Context, error) {
	session, _, err := observe.ReadIdentity(ctx, a.client)
	return session, err
}

// Examine reads an app with everything that it depends on.
func (a *accountDeployer) Examine(ctx context.Context, o observe.Examination) (snowflake.Examined, error) {
	return observe.Examine(ctx, a.client, o)
}

// Describe reads only an app's properties and owner.
func (a *accountDeployer) Describe(ctx context.Context, app, owner snowflake.Name) (snowflake.Examined, error) {
	return observe.DescribeApp(ctx, a.client, app, owner)
}

// Logs finds where an app's output is stored.
func (a *accountDeployer) Logs(ctx context.Context, app, owner snowflake.Name) (*observe.Logs, observe.LogPlace, error) {
	return observe.OpenLogs(ctx, a.client, app, owner)
}

// Survey reads the apps of the account.
func (a *accountDeployer) Survey(ctx context.Context, s observe.Survey) error {
	return s.Run(ctx, a.client)
}

// NeedsRestart reports whether, according to the journal, the running app needs a restart.
func (a *accountDeployer) NeedsRestart(ctx context.Context, dir string) bool {
	session, err := a.Session(ctx)
	if err != nil {
		return false
	}
	journal, err := a.journal(dir, session.Account)
	return err == nil && journal.History().Stale
}
