package wizard

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"sleet/snowflake/safely"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// stream is something under way beside the screen: what it says comes in order as messages, and
// it can be stopped. What it says after nobody listens any more is dropped.
type stream struct {
	said chan tea.Msg
	gone chan struct{}
	stop context.CancelFunc
	over chan struct{}
}

// streamMsg is one thing that a stream said.
type streamMsg struct {
	from *stream
	msg  tea.Msg
}

// start begins to do something; its result is the last message.
func startStream(do func(ctx context.Context, say func(tea.Msg)) tea.Msg) *stream {
	ctx, cancel := context.WithCancel(context.Background())
	s := &stream{said: make(chan tea.Msg), gone: make(chan struct{}), stop: cancel, over: make(chan struct{})}
	say := func(msg tea.Msg) {
		select {
		case s.said <- msg:
		case <-s.gone:
		}
	}
	ctx = deploy.WithNotice(ctx, func(text message.Message) { say(awaitedMsg{text}) })
	ctx = deploy.WithProgress(ctx, func(p deploy.Progress) {
		select {
		case s.said <- readMsg{p}:
		default: // the screen is busy, and a later one says more
		}
	})
	go func() {
		defer close(s.over)
		defer cancel()
		var last tea.Msg
		if broken := safely.Call(func() error {
			last = do(ctx, say)
			return nil
		}); broken != nil {
			last = brokenMsg{broken}
		}
		say(last)
	}()
	return s
}

// next waits for what the stream says next.
func (s *stream) next() tea.Cmd {
	if s == nil {
		return nil
	}
	return func() tea.Msg {
		select {
		case msg := <-s.said:
			return streamMsg{s, msg}
		case <-s.over:
			return nil
		case <-s.gone:
			return nil
		}
	}
}

// leave stops the stream and listens no more.
func (s *stream) leave() {
	if s == nil {
		return
	}
	s.stop()
	select {
	case <-s.gone:
	default:
		close(s.gone)
	}
}

// streaming is a screen with something under way.
type streaming interface{ Underway() *stream }

// awaitedMsg says what is awaited, or nothing once it has come.
type awaitedMsg struct{ text message.Message }

// readMsg says how much of an account was read.
type readMsg struct{ deploy.Progress }

// brokenMsg is a panic in the place of a result.
type brokenMsg struct{ err error }
