package doctor

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"sync"
	"time"
)

// Outcome is the outcome of waiting for an app to start.
type Outcome int

// The outcomes.
const (
	// Inconclusive means that the app has written nothing conclusive.
	Inconclusive Outcome = iota
	// Unreadable means that its output is not stored or cannot be read.
	Unreadable
	// Started means that its server runs.
	Started
	// Failed means that its output has a known failure.
	Failed
	// Canceled means that the person stopped waiting.
	Canceled
)

// Startup is the result of waiting for an app to start.
type Startup struct {
	Outcome Outcome
	// Line is the line of a failure and Failure its meaning. Lines are everything that the app wrote.
	Line    string
	Failure Failure
	Lines   []string
}

// StartWait waits for an app to start by reading its output.
type StartWait struct {
	// Lines returns what the app wrote since it was applied, oldest line first.
	Lines func(ctx context.Context) ([]string, error)
	// Interval is the time between two reads, Timeout the maximum wait.
	Interval, Timeout time.Duration
}

// ready matches what Streamlit writes when its server runs.
var ready = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)You can now view your Streamlit app|Uvicorn running on`)
})

// startupOf returns the outcome of lines. The last conclusive line counts, because the app may be started again after a
// failure.
func startupOf(lines []string) Startup {
	for _, line := range slices.Backward(lines) {
		if ready().MatchString(line) {
			return Startup{Outcome: Started, Lines: lines}
		}
		if failure, known := ExplainOutput(line); known {
			return Startup{Outcome: Failed, Line: line, Failure: failure, Lines: lines}
		}
	}
	return Startup{Lines: lines}
}

// Wait waits until the app runs or fails. It confirms a failure with a second read, because Snowflake may start the app
// again. The outcome is Unreadable if the output cannot be read.
func (a StartWait) Wait(ctx context.Context) Startup {
	ctx, cancel := context.WithTimeout(ctx, a.Timeout)
	defer cancel()
	failures := 0
	for {
		lines, err := a.Lines(ctx)
		seen := startupOf(lines)
		switch {
		case err != nil && ctx.Err() == nil:
			return Startup{Outcome: Unreadable}
		case seen.Outcome == Started:
			return seen
		case seen.Outcome == Failed:
			if failures++; failures > 1 || ctx.Err() != nil {
				return seen
			}
		}
		select {
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.DeadlineExceeded) {
				return seen
			}
			return Startup{Outcome: Canceled}
		case <-time.After(a.Interval):
		}
	}
}
