package account

import (
	"context"
	"errors"
	"sync"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/ui/message"
)

// executor is one execution. One goroutine decides about items; the goroutines that run them use only what mu guards.
type executor struct {
	Run
	client query.Session
	result Result
	// bad are the items that do not exist for others to depend on.
	bad map[snowflake.Ref]bool
	// mu guards the fields below, events and the journal.
	mu sync.Mutex
	// maybe are the items that a statement without an answer may have created.
	maybe map[snowflake.Ref]bool
	// stale reports whether a running app uses old files or an old value.
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

func (x *executor) emit(e Event) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.Event != nil {
		x.Event(e)
	}
}

// stopped returns the error of a run that was stopped at an item.
func stopped(item snowflake.Item, why error) error {
	if errors.Is(why, context.Canceled) {
		return message.Wrap(why, "failure.stopped", "object", item.Text())
	}
	return message.Wrap(why, "failure.stopped_by", "object", item.Text())
}

func (x *executor) skip(step int, item snowflake.Item, why message.Message) {
	x.bad[item.Ref] = true
	x.emit(Event{Event: EventSkipped, Step: step, Ref: item.Ref, Message: why})
}

// markStale records that a running app uses something old.
func (x *executor) markStale(stale bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.stale = x.stale || stale
}

// unanswered records that a statement without an answer may have created an item.
func (x *executor) unanswered(item snowflake.Item, e Entry) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.maybe[item.Ref] = x.maybe[item.Ref] || e.Makes && e.Uncertain
}

// mayBeThere reports whether a statement without an answer may have created an item.
func (x *executor) mayBeThere(item snowflake.Item) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.maybe[item.Ref]
}
