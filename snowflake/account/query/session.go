package query

import (
	"context"
	"sync/atomic"

	"sleet/snowflake"
)

// AtOnce is how many statements run at once in a session.
const AtOnce = 8

// Session is one session of an account, in which several statements run at once.
type Session interface {
	// Query runs a statement once, as the role of the log-in.
	Querier
	// As returns a Querier whose statements run once, as a role; the zero Name is the role of the log-in.
	As(role snowflake.Name) Querier
	// Send does something as a role, and returns how often. Where the connection breaks it is done again: everything that is
	// sent so may be done twice. The Querier is good until do returns.
	Send(ctx context.Context, role snowflake.Name, do func(Querier) (Rows, error)) (rows Rows, sent int, err error)
	// Facts are what is known of the session.
	Facts() *Facts
	// Hide adds a value that nothing the session gives may hold.
	Hide(secret snowflake.Secret)
	// Scrub returns a text of the account without the values that are hidden.
	Scrub(text string) string
}

// Run runs one statement as a role, again where the connection breaks.
func Run(ctx context.Context, s Session, role snowflake.Name, sql string) (Rows, error) {
	rows, _, err := s.Send(ctx, role, func(q Querier) (Rows, error) { return q.Query(ctx, sql) })
	return rows, err
}

// Steady returns a Querier whose statements run as a role, again where the connection breaks.
func Steady(s Session, role snowflake.Name) Querier { return steady{s, role} }

type steady struct {
	session Session
	role    snowflake.Name
}

// Query runs one statement.
func (s steady) Query(ctx context.Context, sql string) (Rows, error) {
	return Run(ctx, s.session, s.role, sql)
}

// Facts are what is known of a session and its account, so that it is asked once. They may be used from several goroutines.
type Facts struct {
	start         atomic.Pointer[snowflake.Context]
	noHierarchies atomic.Bool
}

// Start returns the place and the role of the session after the log-in; ok is false while they are not known.
func (f *Facts) Start() (start snowflake.Context, ok bool) {
	if known := f.start.Load(); known != nil {
		return *known, true
	}
	return snowflake.Context{}, false
}

// SetStart keeps what the account said of the session at the log-in.
func (f *Facts) SetStart(start snowflake.Context) { f.start.Store(&start) }

// LearnStart keeps what the session says of itself where the log-in did not.
func (f *Facts) LearnStart(start snowflake.Context) { f.start.CompareAndSwap(nil, &start) }

// Hierarchies reports whether the account may know SHOW GRANTS … INCLUDE HIERARCHY.
func (f *Facts) Hierarchies() bool { return !f.noHierarchies.Load() }

// LacksHierarchies keeps that it does not.
func (f *Facts) LacksHierarchies() { f.noHierarchies.Store(true) }
