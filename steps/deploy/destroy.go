package deploy

import (
	"context"

	"sleet/snowflake"
	"sleet/snowflake/account"
)

// AssessDestroy returns an assessment whose plan removes the app. Objects that existed before, or that others use by
// now, are kept.
func (a *accountDeployer) AssessDestroy(ctx context.Context, d Deployment) (Assessment, error) {
	s, err := a.readState(ctx, d)
	if err != nil {
		return s, err
	}
	if err := a.files(ctx, d, &s); err != nil {
		return s, err
	}
	s.Plan, err = account.PlanDestroy(ctx, a.client, s.Desired, s.Account, s.journal.History(), s.upload)
	return s, err
}

// Destroy runs the plan of AssessDestroy.
func (a *accountDeployer) Destroy(ctx context.Context, _ Deployment, s Assessment, h ApplyHooks) (Applied, error) {
	a.last.Store(nil)
	result, err := account.Execute(ctx, a.client, account.Run{
		Plan: s.Plan, Event: h.event, Decide: h.Decide, Journal: s.journal,
		Value: func(snowflake.Slot) (snowflake.Secret, bool) { return snowflake.Secret{}, false },
	})
	done := Applied{Done: result.Done, Failed: result.Failed, Skipped: result.Skipped}
	if err == nil && result.Failed+result.Skipped == 0 {
		err = s.journal.KeepManifest(nil)
	}
	return done, err
}
