package account

import (
	"context"
	"time"

	"sleet/snowflake"
	"sleet/snowflake/account/stage"
	"sleet/ui/message"
)

// EventKind is the kind of an event.
type EventKind string

// The events, as `sleet apply --json` writes them. Progress and notes are for people only.
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

// Event is one event while a plan runs. Its texts contain no values of secrets.
type Event struct {
	Event EventKind
	// Step is the position in the plan, from 1; 0 is the whole run.
	Step int
	snowflake.Ref
	QueryID string
	Took    time.Duration
	// Code is the account's error code.
	Code string
	// Message describes the event in one sentence.
	Message message.Message
}

// Decision is how to continue after a failed step.
type Decision int

// The decisions. Without a person to ask, a run uses DecideSkip: it skips the step and everything that depends on it,
// and continues.
const (
	DecideStop Decision = iota
	DecideRetry
	DecideSkip
	DecideHandOver
	DecideUndo
)

// Run is a plan with everything that its execution needs.
type Run struct {
	Plan snowflake.Plan
	// Value returns a secret's value for a slot.
	Value func(snowflake.Slot) (snowflake.Secret, bool)
	// Event is called for each event.
	Event func(Event)
	// Decide is called for a failed step; if it is nil, the step is skipped.
	Decide  func(ctx context.Context, failed Event) (Decision, error)
	Journal Journal
	// State is the account as the plan saw it; Desired is what it is compared with. The run reads what it changed again
	// at its end, unless State is nil.
	State   *snowflake.Account
	Desired snowflake.DesiredResources
	// History sums up the earlier runs.
	History History
	// Upload describes the files to upload and their destination; nil if there are none.
	Upload *stage.Upload
	// Restart reports whether the app is running, so it must be restarted after its files or the value of a secret
	// change.
	Restart bool
}

// Result is the result of a run.
type Result struct {
	// Done, Failed, Skipped and Cannot count items of the plan.
	Done, Failed, Skipped, Cannot int
	// HandedOver are the items that were handed over to an administrator.
	HandedOver []snowflake.Item
	// Created are the objects that this run created, in order.
	Created []CreatedObject
	Undone  bool
	// After is the account after the run if Run has a State; Unseen is why it could not be read.
	After  snowflake.Account
	Unseen error
}
