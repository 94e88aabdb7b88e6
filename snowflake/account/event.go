package account

import (
	"context"
	"time"

	"sleet/snowflake"
	"sleet/snowflake/account/stage"
	"sleet/ui/message"
)

// EventKind is what happened in an account.
type EventKind string

// The events, by the words of `sleet apply --json`; progress and notes are for people only.
const (
	EventPlan     EventKind = "plan"
	EventStart    EventKind = "start"
	EventDone     EventKind = "done"
	EventFailed   EventKind = "failed"
	EventSkipped  EventKind = "skipped"
	EventSummary  EventKind = "summary"
	EventProgress EventKind = "progress"
	EventNote     EventKind = "note"
)

// Event is one thing that happened while a plan was carried out. Its texts hold no secret's value.
type Event struct {
	Event EventKind
	// Step counts from 1 in the plan; 0 is the run as a whole.
	Step int
	snowflake.Ref
	QueryID string
	Took    time.Duration
	// Code is the account's error code.
	Code string
	// Message says what happened in a sentence.
	Message message.Message
}

// Decision is what to do about a step that failed.
type Decision int

// The decisions. A run without a person takes DecideSkip: what depends on the step is skipped with
// it, and the rest goes on.
const (
	DecideStop Decision = iota
	DecideRetry
	DecideSkip
	DecideHandOver
	DecideUndo
)

// Run is a plan and what its execution may use.
type Run struct {
	Plan snowflake.Plan
	// Value returns a secret's value for a slot.
	Value func(snowflake.Slot) (snowflake.Secret, bool)
	// Event is told what happens.
	Event func(Event)
	// Decide is asked about a step that failed; nil skips it.
	Decide  func(ctx context.Context, failed Event) (Decision, error)
	Journal Journal
	// State is the account as the plan saw it, and Desired what it is compared with: what the run changed is
	// asked about again at its end. Nil asks about nothing.
	State   *snowflake.Account
	Desired snowflake.DesiredResources
	// History is what earlier runs came to.
	History History
	// Upload is what the plan's upload sends, and where; nil for none.
	Upload *stage.Upload
	// Restart says that the app is running, so that it is restarted when its files or a secret's value
	// change.
	Restart bool
}

// Result is what became of a run.
type Result struct {
	// Done, Failed, Skipped and Cannot count items of the plan.
	Done, Failed, Skipped, Cannot int
	// HandedOver are the items that a person gave to an administrator.
	HandedOver []snowflake.Item
	// Made are the objects that this run made, in order.
	Made   []Made
	Undone bool
	// After is the account after the run, where Run has a State; Unseen is why it could not be asked.
	After  snowflake.Account
	Unseen error
}
