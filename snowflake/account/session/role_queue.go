package session

import (
	"context"
	"sync"

	"sleet/snowflake"
)

// roleQueue runs statements of a session concurrently while they use the same role. A session has one role at a time,
// so statements of another role wait until none is running; then the role changes.
type roleQueue struct {
	mu sync.Mutex
	// role is the role of the session; the zero Name is the role of the login.
	role snowflake.Name
	// unknown reports whether a change of the role did not finish: the account may have made it.
	unknown bool
	// logIns counts the sessions, so that a statement whose session has ended knows whether there is a new one.
	logIns  int
	running int
	// changing reports whether the role or the session is changing.
	changing bool
	// wake is closed when any of this changes.
	wake chan struct{}
}

// enter waits until a statement may run as a role; change changes the role of the session. leave must follow if there
// is no error. It returns the number of the session.
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
			t.wakeAll()
			t.mu.Unlock()
			return session, err
		}
		if err := t.wait(ctx); err != nil {
			return 0, err
		}
	}
}

// leave ends a statement.
func (t *roleQueue) leave() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.running--; t.running == 0 {
		t.wakeAll()
	}
}

// renew replaces a session that has ended, once no statement runs. It does nothing if that has happened already.
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
			t.wakeAll()
			t.mu.Unlock()
			return err
		}
		if err := t.wait(ctx); err != nil {
			return err
		}
	}
}

// wait waits for a change. It is called with mu held and unlocks it.
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
		return context.Cause(ctx) //nolint:wrapcheck // failureOf and its callers inspect the error.
	}
}

// wakeAll wakes the waiting statements. It is called with mu held.
func (t *roleQueue) wakeAll() {
	if t.wake != nil {
		close(t.wake)
		t.wake = nil
	}
}
