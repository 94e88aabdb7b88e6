package steps

import (
	"context"
	"fmt"
	"slices"

	"sleet/snowflake"
	"sleet/snowflake/live"
)

// LookDestroy says what removing the app takes: the reverse of what made it, for what is there.
// What others use by now stays, and so do the schema and what was there before.
func (a *account) LookDestroy(ctx context.Context, d Deployment) (Survey, error) {
	s, err := a.look(ctx, d)
	if err != nil {
		return s, err
	}
	if err := a.files(ctx, d, &s); err != nil {
		return s, err
	}
	made := s.journal.Made()
	stages := map[string]bool{}
	for _, x := range s.Objects {
		stages[x.Name] = x.Kind == snowflake.KindStage && s.Account.Found[x.Ref].Presence == snowflake.Present || stages[x.Name]
	}
	for _, x := range slices.Backward(s.Objects) {
		found := s.Account.Found[x.Ref]
		if x.Grant != nil || x.Kind == snowflake.KindSchema || len(x.Create) == 0 {
			continue
		}
		switch x.Kind {
		case snowflake.KindUpload:
			found.Presence = snowflake.Absent
			if u := s.upload; len(u.Uses()) > 0 && stages[u.StageName()] {
				found.Presence = snowflake.Present
			}
		case snowflake.KindStage:
			if !made[x.Ref] {
				continue
			}
		default:
		}
		if found.Presence != snowflake.Present {
			continue
		}
		s.Plan.Items = append(s.Plan.Items, removal(x, found))
	}
	return s, nil
}

// removal is the item that removes an object.
func removal(x snowflake.Object, found snowflake.Found) snowflake.Item {
	item := snowflake.Item{Object: x, Action: snowflake.ActionDrop}
	item.Uses = nil
	for _, sql := range live.Undo(item) {
		item.Statements = append(item.Statements, snowflake.Statement{Kind: "removal", Name: x.Name, Role: x.Role, SQL: sql})
	}
	if len(found.Users) > 0 {
		item.Action, item.Statements = snowflake.ActionCannot, nil
		item.Reason = fmt.Sprintf("it stays, for something else uses it: %v", found.Users)
	}
	return item
}

// Destroy carries such a plan out.
func (a *account) Destroy(ctx context.Context, _ Deployment, s Survey, h Hands) (Applied, error) {
	result, err := live.Execute(ctx, a.client, live.Run{
		Plan: s.Plan, Event: h.event, Decide: h.Decide, Journal: s.journal, Role: s.Context.Role,
		Value: func(snowflake.Slot) (snowflake.Secret, bool) { return snowflake.Secret{}, false },
	})
	done := Applied{Done: result.Done, Failed: result.Failed, Skipped: result.Skipped}
	if err == nil && result.Failed+result.Skipped == 0 {
		err = s.journal.KeepManifest(nil)
	}
	return done, err
}
