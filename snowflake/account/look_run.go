package account

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"sleet/safely"
	"sleet/snowflake"
)

// looker gathers what an account says.
type looker struct {
	client *Client
	// objects are all that the app wants.
	objects []snowflake.Object
	mu      sync.Mutex
	account snowflake.Account
	// known are the roles whose grants are known; what is not among them is asked about.
	known map[string]bool
	// again says that the objects were asked about before, and made since.
	again bool
}

func newLooker(c *Client, objects []snowflake.Object, account snowflake.Account) *looker {
	l := &looker{client: c, objects: objects, account: account, known: maps.Clone(account.Roles.Known)}
	if l.known == nil {
		l.known = map[string]bool{}
	}
	return l
}

// task is one thing to ask, or a few of which each needs the answer before it.
type task struct {
	// role asks, as SQL writes it; empty is the session's own.
	role string
	ask  func(ctx context.Context, q *answerer) error
}

// abreast is how many log-ins ask at once. A log-in takes as long as a few of the questions.
const abreast = 2

// look asks about some of the objects, and what some roles have.
func (l *looker) look(ctx context.Context, objects []snowflake.Object, roles []string) (snowflake.Account, error) {
	first, second := l.tasks(objects)
	grants := task{ask: func(ctx context.Context, q *answerer) error { return l.roles(ctx, q, roles) }}
	if err := l.run(ctx, append([]task{grants}, first...)); err != nil {
		return snowflake.Account{}, err
	}
	if err := l.run(ctx, second()); err != nil {
		return snowflake.Account{}, err
	}
	slices.SortFunc(l.account.Notes, func(a, b snowflake.Text) int { return strings.Compare(a.String(), b.String()) })
	return l.account, nil
}

// run does tasks, those of one role after each other, so that roles are switched little.
func (l *looker) run(ctx context.Context, tasks []task) error {
	home := l.account.Context.Role
	own := func(t task) bool { return t.role == "" || home != "" && stored(t.role) == home }
	slices.SortStableFunc(tasks, func(a, b task) int {
		switch {
		case own(a) && !own(b):
			return -1
		case own(b) && !own(a):
			return 1
		default:
			return 0
		}
	})
	queue := make(chan task, len(tasks))
	for _, t := range tasks {
		queue <- t
	}
	close(queue)
	workers := min(abreast, len(tasks))
	if l.client.db.Stats().MaxOpenConnections == 1 {
		workers = min(1, len(tasks))
	}
	group, ctx := errgroup.WithContext(ctx)
	for range workers {
		group.Go(safely.Go(func() error {
			a := &answerer{looker: l, line: &line{client: l.client, home: home, role: home}}
			defer a.line.leave(ctx)
			for t := range queue {
				if ctx.Err() != nil {
					return context.Cause(ctx)
				}
				a.role = t.role
				if err := t.ask(ctx, a); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	return group.Wait() //nolint:wrapcheck // It is a Failure, which says all.
}

// answerer asks on a line of its own, as a role; where that cannot be taken, the session's own sees
// what it can.
type answerer struct {
	*looker
	line *line
	role string
}

// Query asks.
func (a *answerer) Query(ctx context.Context, sql string) (Rows, error) {
	rows, _, err := a.line.send(ctx, a.role, func(s Session) (Rows, error) { return s.Query(ctx, sql) })
	if err == nil || cut(err) || !a.line.barred {
		return rows, err
	}
	a.passedOver(a.role, err)
	a.role, a.line.barred = "", false
	rows, _, err = a.line.send(ctx, "", func(s Session) (Rows, error) { return s.Query(ctx, sql) })
	return rows, err
}

// Farther asks, and asks again as the role that sees most of the account where that is refused.
func (a *answerer) Farther(ctx context.Context, sql string) (Rows, error) {
	rows, err := a.Query(ctx, sql)
	sight := farthest(a.account.Roles)
	if err == nil || cut(err) || sight == "" || sight == stored(a.role) {
		return rows, err
	}
	before := a.role
	a.role = sight
	defer func() { a.role = before }()
	if seen, err := a.Query(ctx, sql); err == nil || cut(err) {
		return seen, err
	}
	return rows, err
}

// passedOver notes that a role is not the person's.
func (l *looker) passedOver(role string, err error) {
	own := l.account.Context.Role
	l.mu.Lock()
	if codeIs(err, bound) {
		l.account.Roles.Bound = true
	}
	l.mu.Unlock()
	l.note(say("verified.role_passed", "role", role, "own", own))
}

func (l *looker) note(text snowflake.Text) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !slices.ContainsFunc(l.account.Notes, func(t snowflake.Text) bool { return t.String() == text.String() }) {
		l.account.Notes = append(l.account.Notes, text)
	}
}

// found keeps what was said of an object: err is the account's refusal.
func (l *looker) found(x snowflake.Object, found snowflake.Found, err error) error {
	if cut(err) {
		return err
	}
	if err != nil {
		found = refused(err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.account.Found[x.Ref] = found
	return nil
}
