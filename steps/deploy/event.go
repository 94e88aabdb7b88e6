package deploy

import (
	"sleet/snowflake/account"
	"sleet/snowflake/account/observe"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/stage"
)

// Event is one event while a plan runs.
type Event = account.Event

// EventKind is the kind of an event.
type EventKind = account.EventKind

// The events, as `sleet apply --json` writes them. Progress and notes are for people only.
const (
	EventPlan     = account.EventPlan
	EventStart    = account.EventStart
	EventDone     = account.EventDone
	EventFailed   = account.EventFailed
	EventSkipped  = account.EventSkipped
	EventSummary  = account.EventSummary
	EventProgress = account.EventProgress
	EventNote     = account.EventNote
)

// Decision is what to do about a failed step.
type Decision = account.Decision

// The decisions. A run without a person takes DecideSkip, which also skips what depends on the step.
const (
	DecideStop     = account.DecideStop
	DecideRetry    = account.DecideRetry
	DecideSkip     = account.DecideSkip
	DecideHandOver = account.DecideHandOver
	DecideUndo     = account.DecideUndo
)

// Listing is what an account has of one kind, or why it does not show it.
type Listing = observe.Listing

// Failure is a refusal by the account, or a failure to reach it.
type Failure = query.Failure

// Records of runs, for packages that store them.
type (
	// Entry is a line of a journal.
	Entry = account.Entry
	// CreatedObject is an object that a run created.
	CreatedObject = account.CreatedObject
	// SentFile is the record of a file that was sent.
	SentFile = stage.SentFile
	// Manifest is the record of all files that were sent, by path.
	Manifest = stage.Manifest
	// History is the summary of a journal.
	History = account.History
)

// ReadHistory summarizes the entries of a journal, in order.
func ReadHistory(entries []Entry) History { return account.ReadHistory(entries) }
