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

// Times of a call.
const (
	// quietFor is the time before the first notice of a wait. The interval then grows up to sayEvery.
	quietFor = 5 * time.Second
	sayEvery = 30 * time.Second
	// grace is the time that a cancelled call has to tell the account.
	grace = 500 * time.Millisecond
	// retries is the driver's default number of retries.
	retries = 7
)

// call is one call of the driver. The transport finds it in the context.
type call struct {
	cancel context.CancelCauseFunc
	// tries receives the number of missing answers; 0 means that an answer has come since.
	tries chan int
	count atomic.Int32
	over  atomic.Pointer[query.Failure]
}

type callKey struct{}

// callOf returns the call of a context; nil for requests that the driver sends on its own.
func callOf(ctx context.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}

// end ends the call with an error, whether or not the driver returns.
func (c *call) end(f *query.Failure) {
	c.over.CompareAndSwap(nil, f)
	c.cancel(f)
}

// lost records that no answer came.
func (c *call) lost() {
	c.told(int(c.count.Add(1)))
}

// answered records an answer. The driver retries after some of them.
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

// outcome is the result of a call.
type outcome[T any] struct {
	value T
	err   error
}

// ask calls the driver in another goroutine: the driver does not always return when it is cancelled, and panics on
// answers that no account sends. what describes the awaited answer to the person.
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

// errPanic replaces a panic of the driver.
var errPanic = &answerError{"the driver could not read the answer"}

// outcome returns the error of a call: what ended it from outside, if anything did.
func (c *call) outcome(ctx context.Context, err error) error {
	var f *query.Failure
	switch cause := context.Cause(ctx); {
	case c.over.Load() != nil:
		return c.over.Load() //nolint:wrapcheck // A query.Failure needs no context.
	case err == nil:
		return nil
	case errors.As(cause, &f):
		return f
	case cause == nil && c.count.Load() > 1:
		return &exhaustedError{err}
	}
	return err
}

// exhaustedError is an error after all retries of the driver.
type exhaustedError struct{ error }

func (e *exhaustedError) Unwrap() error { return e.error }

// guardDriver recovers from panics in goroutines of the driver: the call ends, not the process. The driver starts
// goroutines that recover from nothing. runTransfer, keep, withoutGoroutines, inOnePiece and signOn replace those for
// file transfers, the heartbeat, parts of downloads and uploads, and the browser; no profile turns on revocation lists.
// Two remain: the goroutine in which Azure's client uploads the one block of a file, and those in which S3's client
// fetches the rest of a file over 64 MB. They send requests through the transport here, which recovers, and read the
// headers of answers. If one of them panics, the process ends, and another process restores the terminal.
func guardDriver() {
	sf.GoroutineWrapper = func(ctx context.Context, do func()) {
		defer func() {
			if recover() == nil {
				return
			}
			if c := callOf(ctx); c != nil {
				c.end(invalidAnswer(errPanic, "", nil))
			}
		}()
		do()
	}
}

// atMost calls a function that may not return, and waits for a limited time.
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
