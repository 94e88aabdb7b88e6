package deploy

import (
	"context"

	"sleet/snowflake/account"
	"sleet/ui/message"
)

// LostConnection is the id of the notice that the connection is lost and tried again.
const LostConnection = account.LostConnection

// WithNotice returns a context whose calls to an account tell, after a few seconds, what they wait for,
// and at once that the connection is lost and tried again. An empty text says that the wait is over.
// tell is called from several goroutines.
func WithNotice(ctx context.Context, tell func(message.Message)) context.Context {
	return account.WithNotice(ctx, tell)
}

// Progress is how far the reading of an account is.
type Progress = account.Progress

// WithProgress returns a context in which reading an account tells how far it is. tell is called from several
// goroutines, one call at a time.
func WithProgress(ctx context.Context, tell func(Progress)) context.Context {
	return account.WithProgress(ctx, tell)
}
