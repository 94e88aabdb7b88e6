package session

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"sleet/snowflake/account/query"
	"sleet/ui/message"

	sf "github.com/snowflakedb/gosnowflake/v2"
)

// The times of a call.
const (
	// quietFor is how long nothing is said of a wait; after that it is said less and less often, but
	// every sayEvery.
	quietFor = 5 * time.Second
	sayEvery = 30 * time.Second
	// grace is how long a call that was stopped may take to tell the account.
	grace = 500 * time.Millisecond
	// retries is how often the driver tries again, by its own default.
	retries = 7
)

// call is one thing asked of the driver. Its transport finds it in the context.
type call struct {
	cancel context.CancelCauseFunc
	// tries has how often an answer did not come; 0 says that one came after that.
	tries chan int
	count atomic.Int32
	over  atomic.Pointer[query.Failure]
}

type callKey struct{}

// callOf returns the call that a context belongs to; nil for what the driver asks on its own.
func callOf(ctx context.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}

// end ends the call with an error, whatever the driver does.
func (c *call) end(f *query.Failure) {
	c.over.CompareAndSwap(nil, f)
	c.cancel(f)
}

// lost notes that no answer came.
func (c *call) lost() {
	c.told(int(c.count.Add(1)))
}

// answered notes that an answer came, which may be one after which the driver tries again.
func (c *call) answered(status int) {
	switch {
	case c == nil:
	case status >= 500 || status == 429 || status == 408:
		c.lost()
	case c.count.Swap(0) > 0:
		c.told(0)
	}
}

func (c *call) told(count int) {
	select {
	case c.tries <- count:
	default:
	}
}

// outcome is what came of a call.
type outcome[T any] struct {
	value T
	err   error
}

// ask asks something of the driver, beside this goroutine: the driver does not always return when it
// is stopped, and panics on answers that no account gives. what says for a person what is awaited.
func ask[T any](ctx context.Context, host string, what message.Message, do func(context.Context) (T, error)) (value T, err error) {
	tell := query.NoticeOf(ctx)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	c := &call{cancel: cancel, tries: make(chan int, retries)}
	got := make(chan outcome[T], 1)
	go func() {
		var o outcome[T]
		defer func() {
			if recover() != nil {
				o.err = errPanic // Without what the panic says: it may show a value.
			}
			got <- o
		}()
		o.value, o.err = do(context.WithValue(ctx, callKey{}, c))
	}()
	said := false
	defer func() {
		if said {
			tell(message.Message{})
		}
	}()
	started, every := time.Now(), quietFor
	wait := time.NewTimer(every)
	defer wait.Stop()
	for {
		select {
		case o := <-got:
			return o.value, c.outcome(ctx, o.err)
		case <-ctx.Done():
			select {
			case o := <-got:
				return o.value, c.outcome(ctx, o.err)
			case <-time.After(grace):
				return value, c.outcome(ctx, ctx.Err())
			}
		case n := <-c.tries:
			said = true
			if n == 0 {
				tell(message.Message{})
			} else {
				tell(message.New(query.LostConnection, "try", min(n, retries), "all", retries))
			}
			wait.Reset(quietFor)
		case <-wait.C:
			said = true
			tell(message.New("failure.wait.answer", "what", what, "host", host, "seconds", int(time.Since(started).Seconds())))
			every = min(2*every, sayEvery)
			wait.Reset(every)
		}
	}
}

// errPanic stands for a panic of the driver.
var errPanic = &answerError{"the driver could not read the answer"}

// outcome is the error of a call: what ended it from outside, where something did.
func (c *call) outcome(ctx context.Context, err error) error {
	var f *query.Failure
	switch cause := context.Cause(ctx); {
	case c.over.Load() != nil:
		return c.over.Load() //nolint:wrapcheck // It is a Failure.
	case err == nil:
		return nil
	case errors.As(cause, &f):
		return f
	case cause == nil && c.count.Load() > 1:
		return &exhaustedError{err}
	}
	return err
}

// exhaustedError is an error after which the driver has tried again and again.
type exhaustedError struct{ error }

func (e *exhaustedError) Unwrap() error { return e.error }

// guardDriver keeps a panic in the goroutines of the driver from ending the process: the call that
// they belong to ends instead. The driver starts a few without asking: for a transfer of files, which
// runTransfer runs itself; for a heartbeat, which keep takes the place of; for parts of a download,
// of which tamed leaves one at a time; for parts of an upload, of which inOnePiece leaves one; for a
// browser, which signOn waits for; and for lists of revoked certificates, which no profile turns on.
// Out of reach are the goroutine in which Azure's client sends a file's one block, and those in which
// S3's client fetches what is left of a file above 64 MB. They send requests over the transport here,
// which recovers, and read the headers of the answers. Where one of them panics all the same, the
// process ends, and a screen's terminal is restored from outside.
func guardDriver() {
	sf.GoroutineWrapper = func(ctx context.Context, do func()) {
		defer func() {
			if recover() == nil {
				return
			}
			if c := callOf(ctx); c != nil {
				c.end(broken(errPanic, "", nil))
			}
		}()
		do()
	}
}

// atMost runs something that may not return, and waits for it no longer than a while.
func atMost(most time.Duration, do func() error) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if recover() != nil {
				done <- errPanic
			}
		}()
		done <- do()
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(most):
		return nil
	}
}
