package steps

import (
	"time"

	"sleet/snowflake"
)

// LiveEventKind is what happened in an account.
type LiveEventKind string

// The events, by the words of `sleet apply --json`; progress and notes are for people only.
const (
	LivePlan     LiveEventKind = "plan"
	LiveStart    LiveEventKind = "start"
	LiveDone     LiveEventKind = "done"
	LiveFailed   LiveEventKind = "failed"
	LiveSkipped  LiveEventKind = "skipped"
	LiveSummary  LiveEventKind = "summary"
	LiveProgress LiveEventKind = "progress"
	LiveNote     LiveEventKind = "note"
)

// LiveEvent is one thing that happened while a plan was carried out. Its texts hold no secret's
// value.
type LiveEvent struct {
	Event LiveEventKind
	// Step counts from 1 in the plan; 0 is the run as a whole.
	Step int
	snowflake.Ref
	QueryID string
	Took    time.Duration
	// Code is the account's error code.
	Code string
	// Message says what happened in a sentence.
	Message string
}
