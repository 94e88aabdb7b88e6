package query

import (
	"context"
	"strings"
	"sync"

	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// Notice is called with what a person should know during a wait: that an answer is pending, or that the connection was
// lost and is being retried. A zero message ends the wait.
type Notice func(message.Message)

// LostConnection is the id of the notice that the connection was lost and is being retried.
const LostConnection message.ID = "failure.wait.lost"

type noticeKey struct{}

// NoticeOf returns the Notice of a context. Without one, it returns a function that does nothing.
func NoticeOf(ctx context.Context) Notice {
	if tell, _ := ctx.Value(noticeKey{}).(Notice); tell != nil {
		return tell
	}
	return func(message.Message) {}
}

// WithNotice returns a context whose calls to an account report what they wait for. tell is called sequentially for
// each statement, and from several goroutines.
func WithNotice(ctx context.Context, tell Notice) context.Context {
	return context.WithValue(ctx, noticeKey{}, tell)
}

// Progress is how many queries of the account are answered, and the latest query.
type Progress struct {
	Answered, Asked int
	What            message.Message
}

type progressKey struct{}

// counter counts the queries of one reading.
type counter struct {
	mu   sync.Mutex
	last Progress
	tell func(Progress)
}

// WithProgress returns a context in which reading an account reports its progress, one call at a time.
func WithProgress(ctx context.Context, tell func(Progress)) context.Context {
	return context.WithValue(ctx, progressKey{}, &counter{tell: tell})
}

// ReportProgress reports that more queries were sent and answered. what is zero if no new query was sent.
func ReportProgress(ctx context.Context, asked, answered int, what message.Message) {
	c, _ := ctx.Value(progressKey{}).(*counter)
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last.Asked, c.last.Answered = c.last.Asked+asked, c.last.Answered+answered
	if !what.IsZero() {
		c.last.What = what
	}
	c.tell(c.last)
}

// Awaited returns the first two words of a statement; the rest may contain a value.
func Awaited(statement string) message.Message {
	words := strings.Fields(statement)
	return message.Verbatim(safely.Visible(strings.ToUpper(strings.Join(words[:min(len(words), 2)], " "))))
}
