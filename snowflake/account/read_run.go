package account

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"sleet/snowflake"
	"sleet/snowflake/safely"
)

// reader gathers what an account says.
type reader struct {
	client *Client
	// desired are all that the app wants.
	desired snowflake.DesiredResources
	mu      sync.Mutex
	account snowflake.Account
	// known are the roles whose grants are known; what is not among them is asked about.
	known map[snowflake.Name]bool
}

func newReader(c *Client, desired snowflake.DesiredResources, account snowflake.Account) *reader {
	r := &reader{client: c, desired: desired, account: account, known: maps.Clone(account.Roles.Known)}
	if r.known == nil {
		r.known = map[snowflake.Name]bool{}
	}
	return r
}

// task is one thing to ask, or a few of which each needs the answer before it.
type task struct {
	// role asks; the zero Name is the session's own.
	role snowflake.Name
	ask  func(ctx context.Context, q *answerer) error
}

// read asks about some of the resources, and what some roles have.
func (r *reader) read(ctx context.Context, list []snowflake.Resource, roles []snowflake.Name) (snowflake.Account, error) {
	for _, x := range list {
		delete(r.account.Found, x.Ref)
	}
	first, second := r.tasks(list)
	if err := r.run(ctx, append(r.roleTasks(roles), first...)); err != nil {
		return snowflake.Account{}, err
	}
	if err := r.run(ctx, second()); err != nil {
		return snowflake.Account{}, err
	}
	slices.SortFunc(r.account.Notes, func(a, b snowflake.Text) int { return strings.Compare(a.String(), b.String()) })
	return r.account, nil
}

// run does tasks, those of one role after each other, so that roles are switched little.
func (r *reader) run(ctx context.Context, tasks []task) error {
	if len(tasks) == 0 {
		return nil
	}
	home := r.account.Roles.Current
	queues := r.queues(tasks, home)
	group, ctx := errgroup.WithContext(ctx)
	for _, queue := range queues {
		group.Go(safely.Go(func() error {
			a := &answerer{reader: r, line: newLine(r.client, home)}
			defer a.line.leave(ctx)
			for _, t := range queue {
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

// queues shares tasks out among as many sessions as may be open at once, those of one role together.
func (r *reader) queues(tasks []task, home snowflake.Name) [][]task {
	sessions := r.client.sessions()
	byRole := map[snowflake.Name][]task{}
	var roles []snowflake.Name
	for _, t := range tasks {
		if t.role == home {
			t.role = snowflake.Name{}
		}
		if _, seen := byRole[t.role]; !seen {
			roles = append(roles, t.role)
		}
		byRole[t.role] = append(byRole[t.role], t)
	}
	if sessions == 1 {
		var all []task
		for _, role := range roles {
			all = append(all, byRole[role]...)
		}
		return [][]task{all}
	}
	queues := make([][]task, min(sessions, len(tasks)))
	for _, role := range roles {
		// A session that changed its role keeps it: the tasks of another role than the home one go to as
		// few sessions as there are roles.
		if !role.IsZero() {
			least := leastBusy(queues)
			queues[least] = append(queues[least], byRole[role]...)
			continue
		}
		for _, t := range byRole[role] {
			least := leastBusy(queues)
			queues[least] = append(queues[least], t)
		}
	}
	return slices.DeleteFunc(queues, func(q []task) bool { return len(q) == 0 })
}

func leastBusy(queues [][]task) int {
	least := 0
	for i, q := range queues {
		if len(q) < len(queues[least]) {
			least = i
		}
	}
	return least
}

// answerer asks on a line of its own, as a role; where that cannot be taken, the session's own sees
// what it can.
type answerer struct {
	*reader
	line *line
	role snowflake.Name
}

// slow is how long a SHOW may take: what takes longer is unknown.
const slow = 15 * time.Second

// errSlow says that an answer took longer than anybody waits for it.
var errSlow = errors.New("no answer in time")

// Query asks. An answer that does not come in time is errSlow.
func (a *answerer) Query(ctx context.Context, sql string) (Rows, error) {
	short, cancel := context.WithTimeoutCause(ctx, slow, errSlow)
	defer cancel()
	rows, err := a.query(short, sql)
	if err != nil && ctx.Err() == nil && errors.Is(context.Cause(short), errSlow) {
		a.line.drop()
		return Rows{}, fmt.Errorf("%s: %w", firstLine(sql), errSlow)
	}
	return rows, err
}

func (a *answerer) query(ctx context.Context, sql string) (Rows, error) {
	rows, _, err := a.line.send(ctx, a.role, func(s Session) (Rows, error) { return s.Query(ctx, sql) })
	if err == nil || cut(err) || !a.line.barred {
		return rows, err
	}
	a.passedOver(a.role, err)
	a.role, a.line.barred = snowflake.Name{}, false
	rows, _, err = a.line.send(ctx, a.role, func(s Session) (Rows, error) { return s.Query(ctx, sql) })
	return rows, err
}

// passedOver notes that a role is not the person's.
func (r *reader) passedOver(role snowflake.Name, err error) {
	r.mu.Lock()
	own := r.account.Roles.Current
	if codeIs(err, bound) {
		r.account.Roles.Bound = true
	}
	r.mu.Unlock()
	r.note(say("verified.role_passed", "role", role.SQL(), "own", own.SQL()))
}

func (r *reader) note(text snowflake.Text) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.ContainsFunc(r.account.Notes, func(t snowflake.Text) bool { return t.String() == text.String() }) {
		r.account.Notes = append(r.account.Notes, text)
	}
}

// found keeps what was said of a resource: err is the account's refusal.
func (r *reader) found(x snowflake.Resource, found snowflake.Observed, err error) error {
	if cut(err) {
		return err
	}
	if err != nil {
		found = refused(err)
	}
	if errors.Is(err, errSlow) {
		r.note(say("verified.slow", "object", x.Text()))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.account.Found[x.Ref] = both(r.account.Found[x.Ref], found)
	return nil
}

// both joins what two statements said of one resource.
func both(a, b snowflake.Observed) snowflake.Observed {
	if a.Presence != snowflake.Present || b.Presence != snowflake.Present {
		if a.Presence == snowflake.Present {
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
