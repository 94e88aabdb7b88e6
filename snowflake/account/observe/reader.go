package observe

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// reader collects the state of an account.
type reader struct {
	client query.Session
	// desired are all resources that the app wants.
	desired snowflake.DesiredResources
	mu      sync.Mutex
	account snowflake.Account
	options ReadOptions
	// known are the roles whose grants are known. The grants of other roles are queried.
	known map[snowflake.Name]bool
}

func newReader(c query.Session, desired snowflake.DesiredResources, account snowflake.Account) *reader {
	r := &reader{client: c, desired: desired, account: account, known: maps.Clone(account.Roles.Known)}
	if r.known == nil {
		r.known = map[snowflake.Name]bool{}
	}
	return r
}

// task is one query, or several queries that depend on each other.
type task struct {
	// role is the role to query as; the zero Name is the session's own.
	role snowflake.Name
	ask  func(ctx context.Context, q *roleQuerier) error
	// next is the role to query as if role is not allowed, before the session's own.
	next snowflake.Name
}

// run runs tasks concurrently, as many as the session accepts. It starts with those of the login's role, so that the
// role changes as rarely as possible.
func (r *reader) run(ctx context.Context, tasks []task) error {
	home := r.account.Roles.Current
	query.ReportProgress(ctx, len(tasks), 0, message.Message{})
	group, ctx := errgroup.WithContext(ctx)
	begin := func(own bool) {
		for _, t := range tasks {
			if (t.role.IsZero() || t.role == home) == own {
				group.Go(safely.Go(func() error {
					err := t.ask(ctx, &roleQuerier{reader: r, role: t.role, next: t.next})
					query.ReportProgress(ctx, 0, 1, message.Message{})
					return err
				}))
			}
		}
	}
	begin(true)
	begin(false)
	return group.Wait() //nolint:wrapcheck // A query.Failure needs no context.
}

// roleQuerier queries as a role, or as the next one and then the session's own role if that role is not allowed.
type roleQuerier struct {
	*reader
	role, next snowflake.Name
}

// slow is the time limit of a statement. The answer to a slower one is unknown.
const slow = 15 * time.Second

// errSlow is returned if a statement takes longer than slow.
var errSlow = message.NewError("failure.slow", "seconds", int(slow.Seconds()))

// Query runs a statement. It returns errSlow if the answer takes too long.
func (a *roleQuerier) Query(ctx context.Context, sql string) (query.Rows, error) {
	for {
		rows, err := a.as(ctx, a.role, sql)
		var f *query.Failure
		if a.role.IsZero() || !errors.As(err, &f) || !f.Forbidden {
			return rows, err
		}
		a.noteUnusableRole(a.role, err)
		a.role, a.next = a.next, snowflake.Name{}
	}
}

// as runs a statement as one role. The time limit starts when the statement is sent.
func (a *roleQuerier) as(ctx context.Context, role snowflake.Name, sql string) (query.Rows, error) {
	rows, _, err := a.client.Send(ctx, role, func(q query.Querier) (query.Rows, error) {
		query.ReportProgress(ctx, 0, 0, query.Awaited(sql))
		short, cancel := context.WithTimeoutCause(ctx, slow, errSlow)
		defer cancel()
		rows, err := q.Query(short, sql)
		if err != nil && ctx.Err() == nil && errors.Is(context.Cause(short), errSlow) {
			line, _, _ := strings.Cut(sql, "\n")
			return query.Rows{}, message.Wrap(errSlow, "failure.of_statement", "statement", line)
		}
		return rows, err
	})
	return rows, err
}

// noteUnusableRole notes that the person may not use a role.
func (r *reader) noteUnusableRole(role snowflake.Name, err error) {
	r.mu.Lock()
	own := r.account.Roles.Current
	if query.HasCode(err, query.CodeRoleBound) {
		r.account.Roles.Bound = true
	}
	r.mu.Unlock()
	r.note(message.New("verified.role_passed", "role", role.SQL(), "own", own.SQL()))
}

func (r *reader) note(text message.Message) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.ContainsFunc(r.account.Notes, func(t message.Message) bool { return t.String() == text.String() }) {
		r.account.Notes = append(r.account.Notes, text)
	}
}

// found records the state of a resource. err is the account's error.
func (r *reader) found(x snowflake.Resource, found snowflake.Observed, err error) error {
	if connectionLost(err) {
		return err
	}
	if err != nil {
		found = refused(err)
	}
	if errors.Is(err, errSlow) {
		r.note(message.New("verified.slow", "object", x.Text()))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.account.Found[x.Ref] = merged(r.account.Found[x.Ref], found)
	return nil
}

// merged merges the results of two statements about one resource. Present takes precedence over Hidden, and Hidden over
// Absent and Unknown.
func merged(a, b snowflake.Observed) snowflake.Observed {
	if a.Presence != snowflake.Present || b.Presence != snowflake.Present {
		if rank(a.Presence) > rank(b.Presence) {
			return a
		}
		return b
	}
	for name, value := range a.Values {
		if _, ok := b.Values[name]; !ok {
			b.Values[name] = value
		}
	}
	for name, list := range a.Lists {
		if _, ok := b.Lists[name]; !ok {
			b.Lists[name] = list
		}
	}
	if b.Owner.IsZero() {
		b.Owner = a.Owner
	}
	return b
}

// rank orders presences by how much they tell.
func rank(p snowflake.Presence) int {
	return slices.Index([]snowflake.Presence{snowflake.Unknown, snowflake.Absent, snowflake.Hidden, snowflake.Present}, p)
}

// connectionLost reports whether an error comes from the connection and not from a statement.
func connectionLost(err error) bool { return !errors.Is(err, errSlow) && query.IsConnectionError(err) }

// refused returns the state of a resource whose query failed. Snowflake returns the same error for an object that does
// not exist and for one that the role may not see.
func refused(err error) snowflake.Observed {
	var f *query.Failure
	if errors.As(err, &f) && f.HasCode(2003, 2043, 2001, 2002) {
		return snowflake.Observed{Presence: snowflake.Absent}
	}
	if errors.Is(err, errSlow) {
		return snowflake.Observed{}
	}
	return snowflake.Observed{Presence: snowflake.Hidden, Refused: query.Brief(err)}
}
