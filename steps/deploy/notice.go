package deploy

import (
	"context"

	"sleet/snowflake/account/query"
	"sleet/ui/message"
)

// LostConnection is the id of the notice that the connection was lost and is being retried.
const LostConnection = query.LostConnection

// WithNotice returns a context whose calls to an account report after a few seconds what they wait for, and immediately
// when the connection was lost and is retried. A zero message ends the wait. tell must be safe for concurrent use.
func WithNotice(ctx context.Context, tell func(message.Message)) context.Context {
	return query.WithNotice(ctx, tell)
}

// Progress is the progress of reading an account.
type Progress = query.Progress

// WithProgress returns a context in which reading an account reports its progress. tell is called from several
// goroutines, one call at a time.
func WithProgress(ctx context.Context, tell func(Progress)) context.Context {
	return query.WithProgress(ctx, tell)
}
