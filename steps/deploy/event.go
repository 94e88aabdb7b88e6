package deploy

import "sleet/snowflake/account"

// Event is one thing that happened while a plan was carried out.
type Event = account.Event

// EventKind is what happened in an account.
type EventKind = account.EventKind

// The events, by the words of `sleet apply --json`; progress and notes are for people only.
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

// Decision is what to do about a step that failed.
type Decision = account.Decision

// The decisions. A run without a person takes DecideSkip: what depends on the step is skipped with
// it.
const (
	DecideStop     = account.DecideStop
	DecideRetry    = account.DecideRetry
	DecideSkip     = account.DecideSkip
	DecideHandOver = account.DecideHandOver
	DecideUndo     = account.DecideUndo
)

// Listing is what an account has of one kind, or why it does not show it.
type Listing = account.Listing

// Failure is a refusal of the account, or of the way to it.
type Failure = account.Failure

// What the account's package knows of runs, for those that keep it.
type (
	// Entry is a line of a journal.
	Entry = account.Entry
	// Made is an object that a run created.
	Made = account.Made
	// Sent is what is known of a file that was sent.
	Sent = account.Sent
	// Manifest is what is known of all files that were sent, by path.
	Manifest = account.Manifest
	// History is what a journal amounts to.
	History = account.History
)

// ReadHistory sums up a journal's entries, in their order.
func ReadHistory(entries []Entry) History { return account.ReadHistory(entries) }
