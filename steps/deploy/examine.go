package deploy

import (
	"context"

	"sleet/snowflake"
	"sleet/snowflake/account"
)

// Examiner is a Deployer that can read an app with everything that it depends on.
type Examiner interface {
	// Session returns who and where the session is.
	Session(ctx context.Context) (snowflake.Context, error)
	// Examine reads an app. The error is a *Failure where the app is not there or not shown.
	Examine(ctx context.Context, o account.Examination) (snowflake.Examined, error)
	// Describe reads an app's properties and its owner alone.
	Describe(ctx context.Context, app snowflake.Name) (snowflake.Examined, error)
	// Stale reports whether the journal of a folder says that a running app has not been restarted since its files
	// or a value of a secret changed.
	Stale(ctx context.Context, dir string) bool
}

var _ Examiner = (*accountDeployer)(nil)

// Session returns who and where the session is.
func (a *accountDeployer) Session(ctx context.Context) (snowflake.Context, error) {
	session, _, err := account.Who(ctx, a.client)
	return session, err
}

// Examine reads an app with everything that it depends on.
func (a *accountDeployer) Examine(ctx context.Context, o account.Examination) (snowflake.Examined, error) {
	return account.Examine(ctx, a.client, o)
}

// Describe reads an app's properties and its owner alone.
func (a *accountDeployer) Describe(ctx context.Context, app snowflake.Name) (snowflake.Examined, error) {
	return account.DescribeApp(ctx, a.client, app)
}

// Logs finds out where an app's output goes.
func (a *accountDeployer) Logs(ctx context.Context, app, owner snowflake.Name) (*account.Logs, account.LogPlace, error) {
	return account.OpenLogs(ctx, a.client, app, owner)
}

// Survey reads the apps of the account.
func (a *accountDeployer) Survey(ctx context.Context, s account.Survey) error {
	return s.Run(ctx, a.client)
}

// Stale asks the journal.
func (a *accountDeployer) Stale(ctx context.Context, dir string) bool {
	session, err := a.Session(ctx)
	if err != nil {
		return false
	}
	journal, err := a.journal(dir, session.Account)
	return err == nil && journal.History().Stale
}
