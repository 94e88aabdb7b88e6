package query

import (
	"context"
	"sync/atomic"

	"sleet/snowflake"
)

// AtOnce is the number of statements that a session runs at once.
const AtOnce = 8

// Session is a session of an account. It runs several statements at once.
type Session interface {
	// Query runs a statement once, as the role of the login.
	Querier
	// As returns a Querier that runs statements once, as a role; the zero Name is the role of the login.
	As(role snowflake.Name) Querier
	// Send calls do as a role, and returns how often. It calls do again if the connection breaks, so do must be safe to
	// repeat. The Querier is valid until do returns.
	Send(ctx context.Context, role snowflake.Name, do func(Querier) (Rows, error)) (rows Rows, sent int, err error)
	// Facts returns what is known about the session.
	Facts() *Facts
	// Hide adds a value that no result or error may contain.
	Hide(secret snowflake.Secret)
	// Scrub returns a text of the account without hidden values.
	Scrub(text string) string
}

// Run runs one statement as a role, and again if the connection breaks.
func Run(ctx context.Context, s Session, role snowflake.Name, sql string) (Rows, error) {
	rows, _, err := s.Send(ctx, role, func(q Querier) (Rows, error) { return q.Query(ctx, sql) })
	return rows, err
}

// Retrying returns a Querier that runs statements as a role, and again if the connection breaks.
func Retrying(s Session, role snowflake.Name) Querier { return steady{s, role} }

type steady struct {
	session Session
	role    snowflake.Name
}

// Query runs one statement.
func (s steady) Query(ctx context.Context, sql string) (Rows, error) {
	return Run(ctx, s.session, s.role, sql)
}

// Facts are what is known about a session and its account, so that it is queried only once. They are safe for
// concurrent use.
type Facts struct {
	start         atomic.Pointer[snowflake.Context]
	noHierarchies atomic.Bool
}

// Start returns the context of the session after the login; ok is false while it is unknown.
func (f *Facts) Start() (start snowflake.Context, ok bool) {
	if known := f.start.Load(); known != nil {
		return *known, true
	}
	return snowflake.Context{}, false
}

// SetStart stores the context that the account returned at the login.
func (f *Facts) SetStart(start snowflake.Context) { f.start.Store(&start) }

// LearnStart stores the context of the session if the login did not return it.
func (f *Facts) LearnStart(start snowflake.Context) { f.start.CompareAndSwap(nil, &start) }

// Hierarchies reports whether the account may know SHOW GRANTS … INCLUDE HIERARCHY.
func (f *Facts) Hierarchies() bool { return !f.noHierarchies.Load() }

// LacksHierarchies records that the account does not know it.
func (f *Facts) LacksHierarchies() { f.noHierarchies.Store(true) }
