package deploy

import (
	"cmp"
	"context"
	"slices"

	"sleet/snowflake"
	"sleet/snowflake/account"
)

// verify looks again at everything that the run was about: what is still to do was not done.
func (a *accountDeployer) verify(ctx context.Context, s Assessment, seen map[snowflake.Ref]snowflake.Found, done *Applied) error {
	again, err := a.lookAgain(ctx, s, seen)
	if err != nil {
		return failed(err, "live.unseen")
	}
	before := map[snowflake.Ref]snowflake.Action{}
	for _, item := range s.Plan.Items {
		before[item.Ref] = item.Action
	}
	for _, item := range again.Plan.Items {
		known := before[item.Ref] == snowflake.ActionCannot || done.Failed+done.Skipped > 0
		if item.Action != snowflake.ActionSame && !known {
			done.Unverified = append(done.Unverified, item.Text())
		}
		if item.Kind == snowflake.KindStreamlit && again.Account.Found[item.Ref].Presence == snowflake.Present {
			done.URL, done.BuilderURL = addresses(again.Context, item.Name, again.Account.Found[item.Ref].Values["URL_ID"])
			done.URL = cmp.Or(done.URL, done.BuilderURL)
		}
	}
	if done.Failed+done.Skipped+done.Cannot > 0 || !s.Changes() {
		return nil
	}
	silent, err := account.Reachable(ctx, a.client, again.Objects, again.Account)
	if err != nil {
		return failed(err, "live.unasked")
	}
	done.Unverified = append(done.Unverified, silent...)
	return nil
}

// lookAgain is a survey after a run. What the plan left as it was is not asked about again.
func (a *accountDeployer) lookAgain(ctx context.Context, s Assessment, seen map[snowflake.Ref]snowflake.Found) (Assessment, error) {
	var changed []snowflake.Object
	for _, item := range s.Plan.Items {
		if item.Action == snowflake.ActionCreate || item.Action == snowflake.ActionAlter {
			changed = append(changed, item.Object)
		}
	}
	if len(changed) == 0 {
		return s, nil
	}
	again := s
	var err error
	if again.Account, err = account.LookAgain(ctx, a.client, s.Account, s.Objects, changed, seen); err != nil {
		return again, err
	}
	if err := s.upload.CheckAgain(ctx, a.client); err != nil {
		return again, err
	}
	stays := func(path string) bool { return slices.Contains(s.kept, path) }
	s.upload.Edited, s.upload.Gone = slices.DeleteFunc(s.upload.Edited, stays), slices.DeleteFunc(s.upload.Gone, stays)
	for _, x := range s.Objects {
		if x.Kind == snowflake.KindUpload {
			again.Account.Found[x.Ref] = s.upload.Found()
		}
	}
	again.Plan = snowflake.NewPlan(s.Objects, again.Account, snowflake.PlanOptions{Made: s.journal.Made()})
	return again, nil
}
