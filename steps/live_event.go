package steps

import "sleet/snowflake/live"

// LiveEvent is one thing that happened while a plan was carried out.
type LiveEvent = live.Event

// LiveEventKind is what happened in an account.
type LiveEventKind = live.EventKind

// The events, by the words of `sleet apply --json`; progress and notes are for people only.
const (
	LivePlan     = live.EventPlan
	LiveStart    = live.EventStart
	LiveDone     = live.EventDone
	LiveFailed   = live.EventFailed
	LiveSkipped  = live.EventSkipped
	LiveSummary  = live.EventSummary
	LiveProgress = live.EventProgress
	LiveNote     = live.EventNote
)

// Decision is what to do about a step that failed.
type Decision = live.Decision

// The decisions. A run without a person takes DecideSkip: what depends on the step is skipped with
// it.
const (
	DecideStop     = live.DecideStop
	DecideRetry    = live.DecideRetry
	DecideSkip     = live.DecideSkip
	DecideHandOver = live.DecideHandOver
	DecideUndo     = live.DecideUndo
)
