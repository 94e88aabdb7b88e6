package deploy

import (
	"context"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/snowflake/account"
)

// accountDeployer is a Deployer over a connection.
type accountDeployer struct {
	client  *account.Client
	journal OpenJournal
}

// New gives a Deployer over an open connection, which it closes.
func New(client *account.Client, journal OpenJournal) Deployer {
	return &accountDeployer{client: client, journal: journal}
}

// Inventory lists what the account has, a kind at a time as it comes.
func (a *accountDeployer) Inventory(ctx context.Context, each func(Listing)) error {
	return account.Inventory(ctx, a.client, each)
}

// Close ends the connection.
func (a *accountDeployer) Close() error { return a.client.Close() }

// Assess returns what the app wants beside what the account has.
func (a *accountDeployer) Assess(ctx context.Context, d Deployment) (Assessment, error) {
	s, err := a.look(ctx, d)
	if err != nil {
		return s, err
	}
	if err := a.files(ctx, d, &s); err != nil {
		return s, err
	}
	options := snowflake.PlanOptions{
		Given: account.NewValues(s.Objects, s.Account, s.journal.History(), d.Values.Value), Shared: d.Shared, Made: s.journal.Made(),
	}
	s.Plan = snowflake.NewPlan(s.Objects, s.Account, options)
	// Only what is to be altered needs to be known by its users.
	shared, err := account.Users(ctx, a.client, s.Account, s.Plan)
	if err != nil {
		return s, failed(err, "live.users_unseen")
	}
	if shared {
		s.Plan = snowflake.NewPlan(s.Objects, s.Account, options)
	}
	return s, nil
}

// look asks the account about all but the files.
func (a *accountDeployer) look(ctx context.Context, d Deployment) (Assessment, error) {
	for _, secret := range d.Values.All() {
		a.client.Hide(secret)
	}
	who, roles, err := account.Who(ctx, a.client)
	if err != nil {
		return Assessment{}, err
	}
	s := Assessment{Context: who, Objects: scaffold.Wanted(d.App, who)}
	if err := placeable(d.App, who); err != nil {
		return s, err
	}
	if s.journal, err = a.journal(d.Dir, who.Account); err != nil {
		return s, err
	}
	s.Resumes = s.journal.Resumes()
	s.Account, err = account.LookAs(ctx, a.client, who, roles, s.Objects)
	return s, err
}

// Apply carries a survey's plan out, and looks at everything again.
func (a *accountDeployer) Apply(ctx context.Context, d Deployment, s Assessment, h ApplyHooks) (Applied, error) {
	s.upload.Overwrite = d.Overwrite
	result, err := account.Execute(ctx, a.client, account.Run{
		Plan: s.Plan, Value: d.Values.Value, Event: h.event, Decide: h.Decide, Journal: s.journal,
		Upload: s.upload, Restart: restarts(d.App, s), Role: s.Context.Role, History: s.journal.History(),
	})
	done := Applied{
		Done: result.Done, Failed: result.Failed, Skipped: result.Skipped, Cannot: result.Cannot,
		Made: result.Made, Undone: result.Undone,
	}
	plan := s.Plan
	for _, item := range result.HandedOver {
		item.Action, item.Handover = snowflake.ActionCannot, item.Statements
		plan.Items = append(plan.Items, item)
	}
	done.AdminSQL, done.CoverNote = AdminScript(d.App, s.Context, plan)
	if err != nil || result.Undone {
		return done, err
	}
	return done, a.verify(ctx, s, result.Seen, &done)
}

// Fetch reads an app with its files.
func (a *accountDeployer) Fetch(ctx context.Context, name string) (account.App, error) {
	return account.Fetch(ctx, a.client, name)
}

// Undo removes what a run made.
func (a *accountDeployer) Undo(ctx context.Context, s Assessment, done Applied, h ApplyHooks) (Applied, error) {
	run := account.Run{Plan: s.Plan, Event: h.event, Journal: s.journal, Role: s.Context.Role, History: s.journal.History()}
	result, err := account.TakeBack(ctx, a.client, run, done.Made)
	if err != nil {
		return done, failed(err, "live.undo_stopped")
	}
	return Applied{Undone: result.Undone}, nil
}

// restarts names the app to restart where it runs already: a container reads files and values when
// it starts.
func restarts(app scaffold.App, s Assessment) string {
	if app.Resolve().App.Runtime != scaffold.Container {
		return ""
	}
	for _, x := range s.Objects {
		if x.Kind == snowflake.KindStreamlit && s.Account.Found[x.Ref].Presence == snowflake.Present {
			return x.Name
		}
	}
	return ""
}
