package account

import (
	"context"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
)

// Execute carries a plan out: each item as soon as what it stands on is there, several at once. Every
// statement of a plan may run twice and does the same as once, so one of which no answer came is sent
// again. An error is one that ends the run: the person stopped it, or the journal cannot be written.
func Execute(ctx context.Context, c query.Session, r Run) (Result, error) {
	x := newExecutor(c, r)
	if err := x.record(Entry{Event: EventPlan}); err != nil {
		return x.result, err
	}
	for i, item := range r.Plan.Items {
		if item.Action != snowflake.ActionSame {
			x.tell(Event{Event: EventPlan, Step: i + 1, Ref: item.Ref, Message: item.Action.Text()})
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
