package account

import (
	"context"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
)

// Execute runs a plan: each item once its dependencies exist, several at a time. Every statement of a plan can run
// twice with the same effect, so a statement without an answer is sent again. Execute returns an error if the person
// stopped the run or the journal cannot be written.
func Execute(ctx context.Context, c query.Session, r Run) (Result, error) {
	x := newExecutor(c, r)
	if err := x.record(Entry{Event: EventPlan}); err != nil {
		return x.result, err
	}
	for i, item := range r.Plan.Items {
		if item.Action != snowflake.ActionSame {
			x.emit(Event{Event: EventPlan, Step: i + 1, Ref: item.Ref, Message: item.Action.Text()})
		}
	}
	if err := x.items(ctx); err != nil {
		return x.result, err
	}
	if x.result.Undone {
		return x.result, x.record(Entry{Event: EventSummary})
	}
	if err := x.finish(ctx); err != nil {
		return x.result, err
	}
	if err := x.restart(ctx); err != nil {
		return x.result, err
	}
	return x.result, x.record(Entry{Event: EventSummary})
}
