package live

import (
	"context"
	"time"

	"sleet/snowflake"
)

// Options are what a Client may be told.
type Options struct {
	// Application names the program to the account.
	Application string
	// LoginTimeout bounds the log-in; zero means 30 seconds.
	LoginTimeout time.Duration
	// Secrets are values that nothing the Client gives may hold; more can be added with Hide.
	Secrets []snowflake.Secret
}

// Rows is the result of a query: column names as the account gives them, and each row's values as
// text; null is nil.
type Rows struct {
	Columns []string
	Values  [][]*string
	QueryID string
}

// Session is one log-in's worth of statements, in order. *Client gives it; tests may make others.
type Session interface {
	// Query runs one statement and gives its result.
	Query(ctx context.Context, sql string) (Rows, error)
	// UseRole makes a role the session's, where it is not already.
	UseRole(ctx context.Context, role string) error
}
