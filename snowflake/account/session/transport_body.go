package session

import (
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

var (
	errSilent = errors.New("no byte came for too long")
	errTooBig = errors.New("the answer is too big")
)

// watchdog calls a function when nothing moved for a while.
type watchdog struct {
	after time.Duration
	timer *time.Timer
}

func newWatchdog(after time.Duration, bark func()) *watchdog {
	return &watchdog{after, time.AfterFunc(after, bark)}
}

func (w *watchdog) moved() { w.timer.Reset(w.after) }
func (w *watchdog) stop()  { w.timer.Stop() }

// watchedBody is the body of a request.
type watchedBody struct {
	io.ReadCloser
	watch *watchdog
}

// Read is called when the previous bytes have been sent.
func (b *watchedBody) Read(p []byte) (int, error) {
	b.watch.moved()
	return b.ReadCloser.Read(p) //nolint:wrapcheck // The error of the body itself.
}

// boundedBody is an answer with a size limit.
type boundedBody struct {
	io.ReadCloser
	watch *watchdog
	left  int64
	done  func()
	once  sync.Once
}

func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left < int64(len(p)) {
		p = p[:b.left+1]
	}
	n, err := b.ReadCloser.Read(p)
	b.watch.moved()
	if b.left -= int64(n); b.left < 0 {
		return 0, errTooBig
	}
	return n, err //nolint:wrapcheck // The error of the body itself.
}

// Close reads a short rest, so that the connection can be reused.
func (b *boundedBody) Close() error {
	const rest = 64 << 10
	if b.left >= 0 {
		_, _ = io.CopyN(io.Discard, b.ReadCloser, min(rest, b.left))
	}
	err := b.ReadCloser.Close()
	b.once.Do(b.done)
	return err //nolint:wrapcheck // The error of the body itself.
}

// answerError is an answer that the driver cannot read.
type answerError struct{ what string }

func (e *answerError) Error() string { return e.what }

func unreadablef(format string, args ...any) error {
	return &answerError{fmt.Sprintf(format, args...)}
}
