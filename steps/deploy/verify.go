package deploy

import (
	"cmp"
	"context"
	"slices"

	"sleet/snowflake"
	"sleet/snowflake/account"
	"sleet/snowflake/account/observe"
	"sleet/ui/message"
)

// verify reads the state of everything that the run was about: an item that still differs was not done. Items for an
// administrator, items that the plan could not apply, and items that are not visible do not count.
func (a *accountDeployer) verify(
	ctx context.Context, s Assessment, result account.Result, handover []snowflake.Item, done *Applied,
) (Assessment, error) {
	again, err := a.refreshed(ctx, s, result)
	if err != nil {
		return s, message.Wrap(err, "live.unseen")
	}
	for _, item := range again.Plan.Items {
		left := slices.ContainsFunc(handover, func(h snowflake.Item) bool { return h.Ref == item.Ref }) ||
			slices.ContainsFunc(s.Plan.Items, func(p snowflake.Item) bool { return p.Ref == item.Ref && p.Action == snowflake.ActionCannot })
		notSeen := item.Kind == snowflake.KindGrant && !again.Account.Roles.Known[item.Grant.Role]
		if item.Action != snowflake.ActionSame && !left && !notSeen && done.Failed+done.Skipped == 0 {
			done.Unverified = append(done.Unverified, item.Text())
		}
		if item.NotVisible {
			done.NotShown = append(done.NotShown, item.Text())
		}
		for _, property := range item.NotShown {
			done.NotShown = append(done.NotShown, message.New("live.property", "property", property, "object", item.Text()))
		}
		if item.Kind == snowflake.KindStreamlit && again.Account.Found[item.Ref].Presence == snowflake.Present {
			done.URL, done.BuilderURL = addresses(again.Context, item.Name, again.Account.Found[item.Ref].Values["URL_ID"])
			done.URL = cmp.Or(done.URL, done.BuilderURL)
		}
	}
	if done.Failed+done.Skipped+done.Cannot > 0 || !s.Changes() {
		return again, nil
	}
	silent, err := observe.CheckSecretFunctions(ctx, a.client, again.Desired.List, again.Account)
	if err != nil {
		return again, message.Wrap(err, "live.unasked")
	}
	done.Unverified = append(done.Unverified, silent...)
	return again, nil
}

// refreshed returns the assessment after a run. Resources that the plan did not change are not read again.
func (a *accountDeployer) refreshed(ctx context.Context, s Assessment, result account.Result) (Assessment, error) {
	if !slices.ContainsFunc(s.Plan.Items, func(i snowflake.Item) bool {
		return i.Action == snowflake.ActionCreate || i.Action == snowflake.ActionAlter
	}) {
		return s, nil
	}
	again := s
	if result.Unseen != nil {
		return again, result.Unseen
	}
	again.Account = result.After
	if err := s.upload.CheckAgain(ctx, a.client); err != nil {
		return again, err
	}
	stays := func(path string) bool { return slices.Contains(s.kept, path) }
	s.upload.Edited, s.upload.Gone = slices.DeleteFunc(s.upload.Edited, stays), slices.DeleteFunc(s.upload.Gone, stays)
	for _, x := range s.Desired.List {
		if x.Kind == snowflake.KindUpload {
			again.Account.Found[x.Ref] = s.upload.Found()
		}
	}
	again.Plan = snowflake.NewPlan(s.Desired, again.Account, snowflake.PlanOptions{Created: s.journal.Created(), Set: s.journal.History().Set, HandedOver: s.journal.History().HandedOver})
	return again, nil
}
