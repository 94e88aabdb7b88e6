package query

import (
	"context"
	"strings"
	"sync"

	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// Notice is told what a person should know while nothing else happens: that an answer is awaited,
// or that the connection is lost and tried again. An empty text says that the wait is over.
type Notice func(message.Message)

// LostConnection is the id of the notice that the connection is lost and tried again.
const LostConnection message.ID = "failure.wait.lost"

type noticeKey struct{}

// NoticeOf returns the function that a context's calls tell what they wait for; it does nothing where nobody wants to know.
func NoticeOf(ctx context.Context) Notice {
	if tell, _ := ctx.Value(noticeKey{}).(Notice); tell != nil {
		return tell
	}
	return func(message.Message) {}
}

// WithNotice returns a context whose calls to an account tell what they wait for. The function is
// called one call at a time for each statement, and from several goroutines.
func WithNotice(ctx context.Context, tell Notice) context.Context {
	return context.WithValue(ctx, noticeKey{}, tell)
}

// Progress is how many of the questions that an account was asked so far are answered, and what was asked last.
type Progress struct {
	Answered, Asked int
	What            message.Message
}

type progressKey struct{}

// counter counts the questions of one reading.
type counter struct {
	mu   sync.Mutex
	last Progress
	tell func(Progress)
}

// WithProgress returns a context in which reading an account tells how far it is, one call at a time.
func WithProgress(ctx context.Context, tell func(Progress)) context.Context {
	return context.WithValue(ctx, progressKey{}, &counter{tell: tell})
}

// Counted tells that so many more questions were asked and answered; what is zero where nothing new is asked.
func Counted(ctx context.Context, asked, answered int, what message.Message) {
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

// Awaited returns a statement in the two words that say what it does: what follows may hold a value.
func Awaited(statement string) message.Message {
	words := strings.Fields(statement)
	return message.Verbatim(safely.Visible(strings.ToUpper(strings.Join(words[:min(len(words), 2)], " "))))
}
