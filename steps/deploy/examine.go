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

// Stale asks the journal.
func (a *accountDeployer) Stale(ctx context.Context, dir string) bool {
	session, err := a.Session(ctx)
	if err != nil {
		return false
	}
	journal, err := a.journal(dir, session.Account)
	return err == nil && journal.History().Stale
}
