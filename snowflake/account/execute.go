package account

import (
	"context"
	"errors"
	"sync"
	"time"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/stage"
	"sleet/ui/message"
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

// executor is one execution. What decides about items is one goroutine; those that run them keep to what
// mu guards.
type executor struct {
	Run
	client query.Session
	result Result
	// bad are the items that are not there for others to stand on.
	bad map[snowflake.Ref]bool
	// mu guards the rest, and what is told and kept.
	mu sync.Mutex
	// maybe are the items that a statement without an answer may have made.
	maybe map[snowflake.Ref]bool
	// stale reports whether a running app has old files or an old value.
	stale bool
}

func newExecutor(c query.Session, r Run) *executor {
	x := &executor{
		Run: r, client: c,
		bad: map[snowflake.Ref]bool{}, maybe: map[snowflake.Ref]bool{}, stale: r.History.Stale,
	}
	for _, item := range r.Plan.Items {
		for _, st := range item.Statements {
			for _, slot := range st.Slots {
				if r.Value == nil {
					continue
				}
				if secret, ok := r.Value(slot); ok {
					c.Hide(secret)
				}
			}
		}
	}
	return x
}

func (x *executor) record(e Entry) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.Journal == nil {
		return nil
	}
	if err := x.Journal.Record(e); err != nil {
		return message.Wrap(err, "failure.journal")
	}
	return nil
}

func (x *executor) tell(e Event) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.Event != nil {
		x.Event(e)
	}
}

// stopped says where a run ended before its time.
func stopped(item snowflake.Item, why error) error {
	if errors.Is(why, context.Canceled) {
		return message.Wrap(why, "failure.stopped", "object", item.Text())
	}
	return message.Wrap(why, "failure.stopped_by", "object", item.Text())
}

func (x *executor) skip(step int, item snowflake.Item, why message.Message) {
	x.bad[item.Ref] = true
	x.tell(Event{Event: EventSkipped, Step: step, Ref: item.Ref, Message: why})
}

// try carries an item out once.
func (x *executor) try(ctx context.Context, step int, item snowflake.Item) ended {
	x.tell(Event{Event: EventStart, Step: step, Ref: item.Ref, Message: item.Action.Text()})
	started := time.Now()
	id, msg, err := x.statements(ctx, step, item)
	e := Event{Event: EventDone, Step: step, Ref: item.Ref, QueryID: id, Took: time.Since(started), Message: msg}
	var broken *journalError
	switch {
	case errors.As(err, &broken):
		return ended{step: step, event: e, err: err}
	case err != nil:
		e.Event, e.Code, e.Message = EventFailed, query.CodeOf(err), message.Of(err)
		var f *query.Failure
		if errors.As(err, &f) && f.QueryID != "" {
			e.QueryID = f.QueryID
		}
	}
	x.tell(e)
	return ended{step: step, event: e, err: err}
}

// after takes in how an item ended, and reports whether to try again.
func (x *executor) after(ctx context.Context, item snowflake.Item, end ended) (again bool, err error) {
	var broken *journalError
	var kept *stage.KeptError
	switch {
	case end.err == nil:
		x.result.Done++
		return false, nil
	case errors.As(end.err, &broken):
		return false, broken.err
	case ctx.Err() != nil:
		return false, stopped(item, context.Cause(ctx))
	case errors.As(end.err, &kept):
		x.result.Failed++ // What stands on the files can go on.
		return false, nil
	}
	return x.decide(ctx, item, end)
}

// decide asks what to do about a failed step. What the account refuses and an administrator can make
// possible is handed over, unless the person says otherwise.
func (x *executor) decide(ctx context.Context, item snowflake.Item, end ended) (again bool, err error) {
	why, decision := end.err, DecideSkip
	if x.Decide != nil {
		if decision, err = x.Decide(ctx, end.event); err != nil {
			return false, err
		}
	}
	if query.CodeIs(why, query.CodeExistsHidden) && len(item.IfThere) > 0 || item.Kind == snowflake.KindSchema && item.Name.Schema == "PUBLIC" {
		item.Exists = true
		if len(item.IfThere) > 0 {
			item.Handover = item.IfThere
		}
	}
	if decision == DecideSkip && handsOver(why) && len(item.Handover) > 0 {
		decision = DecideHandOver
	}
	switch decision {
	case DecideRetry:
		return true, nil
	case DecideUndo:
		x.result.Failed++
		return false, errUndo
	case DecideStop:
		return false, stopped(item, context.Canceled)
	case DecideHandOver:
		if len(item.Handover) == 0 {
			item.Handover = item.Statements
		}
		x.result.HandedOver = append(x.result.HandedOver, item)
		x.result.Cannot++
		x.skip(end.step, item, message.New("verified.handed_over"))
		return false, nil
	case DecideSkip:
	}
	x.result.Failed++
	x.bad[item.Ref] = true
	return false, nil
}
