package session

import (
	"context"
	"sync"

	"sleet/snowflake"
)

// roleQueue lets the statements of one session run at once while they run as the same role. A session has one
// role at a time, so those of another role wait until none is running, and the role is changed then.
type roleQueue struct {
	mu sync.Mutex
	// role is the session's; the zero Name is the one that it had at the log-in.
	role snowflake.Name
	// unknown reports whether a change of the role did not come to an end: the account may have made it all the same.
	unknown bool
	// logIns counts the sessions so far: a statement whose session has ended knows whether another one
	// was opened meanwhile.
	logIns  int
	running int
	// changing reports whether the role or the session is being changed.
	changing bool
	// wake is closed when something of this changes.
	wake chan struct{}
}

// enter waits until a statement may run as a role; change makes it the session's. leave must follow where
// there is no error. It returns which of the sessions it is.
func (t *roleQueue) enter(ctx context.Context, role snowflake.Name, change func(snowflake.Name) error) (session int, err error) {
	for {
		t.mu.Lock()
		switch {
		case !t.changing && t.role == role && !t.unknown:
			t.running++
			session = t.logIns
			t.mu.Unlock()
			return session, nil
		case !t.changing && t.running == 0:
			t.changing = true
			t.mu.Unlock()
			err := change(role)
			t.mu.Lock()
			t.changing = false
			t.unknown = err != nil
			if err == nil {
				t.role = role
				t.running++
			}
			session = t.logIns
			t.woken()
			t.mu.Unlock()
			return session, err
		}
		if err := t.wait(ctx); err != nil {
			return 0, err
		}
	}
}

// leave says that a statement has ended.
func (t *roleQueue) leave() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.running--; t.running == 0 {
		t.woken()
	}
}

// renew opens another session in the place of one that has ended, once no statement runs. Where that was
// done meanwhile, it does nothing.
func (t *roleQueue) renew(ctx context.Context, ended int, logIn func() error) error {
	for {
		t.mu.Lock()
		switch {
		case t.logIns != ended:
			t.mu.Unlock()
			return nil
		case !t.changing && t.running == 0:
			t.changing = true
			t.mu.Unlock()
			err := logIn()
			t.mu.Lock()
			t.changing = false
			if err == nil {
				t.logIns++
				t.role, t.unknown = snowflake.Name{}, false
			}
			t.woken()
			t.mu.Unlock()
			return err
		}
		if err := t.wait(ctx); err != nil {
			return err
		}
	}
}

// wait waits for a change; it is called with mu held and lets it go.
func (t *roleQueue) wait(ctx context.Context) error {
	if t.wake == nil {
		t.wake = make(chan struct{})
	}
	wake := t.wake
	t.mu.Unlock()
	select {
	case <-wake:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx) //nolint:wrapcheck // failureOf and its callers read it.
	}
}

// woken lets those that wait look again; it is called with mu held.
func (t *roleQueue) woken() {
	if t.wake != nil {
		close(t.wake)
		t.wake = nil
	}
}
