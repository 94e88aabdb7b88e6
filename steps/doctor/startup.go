package doctor

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"sync"
	"time"
)

// Outcome is what is known of an app that was to start.
type Outcome int

// The outcomes.
const (
	// Silent is an app that has written nothing that tells.
	Silent Outcome = iota
	// Unseen is one whose output is not kept, or cannot be read.
	Unseen
	// Started is one whose server runs.
	Started
	// Failed is one whose output has a known failure.
	Failed
	// Left is one that the person did not wait for.
	Left
)

// Startup is what came of waiting for an app to start.
type Startup struct {
	Outcome Outcome
	// Line is the line of a failure, Failure what it means. Lines are all that the app wrote.
	Line    string
	Failure Failure
	Lines   []string
}

// Awaiting waits for an app to start, by what it writes.
type Awaiting struct {
	// Lines are the lines that the app wrote since it was applied, the oldest first.
	Lines func(ctx context.Context) ([]string, error)
	// Every is the time between two looks, Most the longest wait.
	Every, Most time.Duration
}

// ready matches what Streamlit writes when its server runs.
var ready = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)You can now view your Streamlit app|Uvicorn running on`)
})

// startupOf returns what lines tell: the last that tells anything counts, since an app can be tried again.
func startupOf(lines []string) Startup {
	for _, line := range slices.Backward(lines) {
		if ready().MatchString(line) {
			return Startup{Outcome: Started, Lines: lines}
		}
		if failure, known := Known(line); known {
			return Startup{Outcome: Failed, Line: line, Failure: failure, Lines: lines}
		}
	}
	return Startup{Lines: lines}
}

// Wait waits until the app runs or fails. A failure is looked at twice: what starts an app may try again. What cannot be
// read is Unseen.
func (a Awaiting) Wait(ctx context.Context) Startup {
	ctx, cancel := context.WithTimeout(ctx, a.Most)
	defer cancel()
	failures := 0
	for {
		lines, err := a.Lines(ctx)
		seen := startupOf(lines)
		switch {
		case err != nil && ctx.Err() == nil:
			return Startup{Outcome: Unseen}
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
			return Startup{Outcome: Left}
		case <-time.After(a.Every):
		}
	}
}
