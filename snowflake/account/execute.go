package account

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"sleet/snowflake"
)

// Execute carries a plan out, step by step. Every statement of a plan may run twice and does the
// same as once, so one of which no answer came is sent again. An error is one that ends the run:
// the person stopped it, or the journal cannot be written.
func Execute(ctx context.Context, c *Client, r Run) (Result, error) {
	x := newExecutor(c, r)
	defer x.line.leave(ctx)
	if err := x.record(Entry{Event: EventPlan}); err != nil {
		return x.result, err
	}
	for i, item := range r.Plan.Items {
		if item.Action != snowflake.ActionSame {
			x.tell(Event{Event: EventPlan, Step: i + 1, Ref: item.Ref, Message: item.Action.Text()})
		}
	}
	for i, item := range r.Plan.Items {
		if ctx.Err() != nil {
			return x.result, stopped(item, context.Cause(ctx))
		}
		if err := x.item(ctx, i+1, item); err != nil {
			return x.result, err
		}
		if x.result.Undone {
			return x.result, x.record(Entry{Event: EventSummary})
		}
	}
	if err := x.restart(ctx); err != nil {
		return x.result, err
	}
	return x.result, x.record(Entry{Event: EventSummary})
}

// executor is one execution.
type executor struct {
	Run
	client *Client
	line   *line
	result Result
	// bad are the items that are not there for others to stand on; maybe those that a statement
	// without an answer may have made.
	bad, maybe map[snowflake.Ref]bool
	// stale says that a running app has old files or an old value.
	stale bool
	// mu guards what several files that are sent at once tell and keep.
	mu sync.Mutex
}

func newExecutor(c *Client, r Run) *executor {
	x := &executor{
		Run: r, client: c, line: newLine(c, r.Role),
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
		return fail(err, "failure.journal", "why", snowflake.TextOf(err))
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
		return fail(why, "failure.stopped", "object", item.Text())
	}
	return fail(why, "failure.stopped_by", "object", item.Text(), "why", snowflake.TextOf(why))
}

// item carries one item out, as often as the person wants it tried.
func (x *executor) item(ctx context.Context, step int, item snowflake.Item) error {
	switch item.Action {
	case snowflake.ActionSame:
		return nil
	case snowflake.ActionCannot:
		x.result.Cannot++
		x.skip(step, item, item.Reason)
		return nil
	default:
	}
	if i := slices.IndexFunc(item.Uses, func(ref snowflake.Ref) bool { return x.bad[ref] }); i >= 0 {
		x.result.Skipped++
		x.skip(step, item, say("verified.stands_on", "object", item.Uses[i].Text()))
		return nil
	}
	for {
		again, err := x.try(ctx, step, item)
		if err != nil || !again {
			return err
		}
	}
}

func (x *executor) skip(step int, item snowflake.Item, why snowflake.Text) {
	x.bad[item.Ref] = true
	x.tell(Event{Event: EventSkipped, Step: step, Ref: item.Ref, Message: why})
}

// try carries an item out once, and says whether to try again.
func (x *executor) try(ctx context.Context, step int, item snowflake.Item) (again bool, err error) {
	x.tell(Event{Event: EventStart, Step: step, Ref: item.Ref, Message: item.Action.Text()})
	started := time.Now()
	id, message, err := x.statements(ctx, step, item)
	e := Event{Event: EventDone, Step: step, Ref: item.Ref, QueryID: id, Took: time.Since(started), Message: message}
	if err == nil {
		x.result.Done++
		x.tell(e)
		return false, nil
	}
	var broken *journalError
	if errors.As(err, &broken) {
		return false, broken.err
	}
	e.Event, e.Code, e.Message = EventFailed, codeOf(err), snowflake.TextOf(err)
	var f *Failure
	if errors.As(err, &f) && f.QueryID != "" {
		e.QueryID = f.QueryID
	}
	x.tell(e)
	if ctx.Err() != nil {
		return false, stopped(item, context.Cause(ctx))
	}
	var kept *KeptError
	if errors.As(err, &kept) {
		x.result.Failed++ // What stands on the files can go on.
		return false, nil
	}
	return x.decide(ctx, step, item, e, err)
}

// decide asks what to do about a failed step. What the account refuses and an administrator can make
// possible is handed over, unless the person says otherwise.
func (x *executor) decide(ctx context.Context, step int, item snowflake.Item, failed Event, why error) (again bool, err error) {
	decision := DecideSkip
	if x.Decide != nil {
		if decision, err = x.Decide(ctx, failed); err != nil {
			return false, err
		}
	}
	if codeIs(why, existsHidden) && len(item.IfThere) > 0 || item.Kind == snowflake.KindSchema && item.Name.Schema == "PUBLIC" {
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
		return false, x.undo(ctx)
	case DecideStop:
		return false, stopped(item, context.Canceled)
	case DecideHandOver:
		if len(item.Handover) == 0 {
			item.Handover = item.Statements
		}
		x.result.HandedOver = append(x.result.HandedOver, item)
		x.result.Cannot++
		x.skip(step, item, say("verified.handed_over"))
		return false, nil
	case DecideSkip:
	}
	x.result.Failed++
	x.bad[item.Ref] = true
	return false, nil
}

func codeOf(err error) string {
	var f *Failure
	if errors.As(err, &f) && f.Code != 0 {
		return fmt.Sprintf("%06d", f.Code)
	}
	return ""
}

func codeIs(err error, codes ...int) bool {
	var f *Failure
	return errors.As(err, &f) && f.is(codes...)
}
