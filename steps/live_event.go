package steps

import "sleet/snowflake/account"

// LiveEvent is one thing that happened while a plan was carried out.
type LiveEvent = account.Event

// LiveEventKind is what happened in an account.
type LiveEventKind = account.EventKind

// The events, by the words of `sleet apply --json`; progress and notes are for people only.
const (
	LivePlan     = account.EventPlan
	LiveStart    = account.EventStart
	LiveDone     = account.EventDone
	LiveFailed   = account.EventFailed
	LiveSkipped  = account.EventSkipped
	LiveSummary  = account.EventSummary
	LiveProgress = account.EventProgress
	LiveNote     = account.EventNote
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
