package screen

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"sleet/snowflake/safely"
	"sleet/steps/deploy"
	"sleet/steps/wizard/program"
	"sleet/ui/message"
)

// Stream is something under way beside the screen: what it says comes in order as messages, and
// it can be stopped. What it says after nobody listens any more is dropped.
type Stream struct {
	said chan tea.Msg
	gone chan struct{}
	// Stop asks it to end; Over is closed once it has.
	Stop context.CancelFunc
	Over chan struct{}
}

// StreamMsg is one thing that a stream said.
type StreamMsg struct {
	From *Stream
	Msg  tea.Msg
}

// StartStream begins to do something; its result is the last message.
func StartStream(do func(ctx context.Context, say func(tea.Msg)) tea.Msg) *Stream {
	ctx, cancel := context.WithCancel(context.Background())
	s := &Stream{said: make(chan tea.Msg), gone: make(chan struct{}), Stop: cancel, Over: make(chan struct{})}
	say := func(msg tea.Msg) {
		select {
		case s.said <- msg:
		case <-s.gone:
		}
	}
	ctx = deploy.WithNotice(ctx, func(text message.Message) { say(AwaitedMsg{text}) })
	ctx = deploy.WithProgress(ctx, func(p deploy.Progress) {
		select {
		case s.said <- ReadMsg{p}:
		default: // the screen is busy, and a later one says more
		}
	})
	go func() {
		defer close(s.Over)
		defer cancel()
		var last tea.Msg
		if broken := safely.Call(func() error {
			last = do(ctx, say)
			return nil
		}); broken != nil {
			last = program.BrokenMsg{Err: broken}
		}
		say(last)
	}()
	return s
}

// Next waits for what the stream says next.
func (s *Stream) Next() tea.Cmd {
	if s == nil {
		return nil
	}
	return func() tea.Msg {
		select {
		case msg := <-s.said:
			return StreamMsg{s, msg}
		case <-s.Over:
			return nil
		case <-s.gone:
			return nil
		}
	}
}

// Leave stops the stream and listens no more.
func (s *Stream) Leave() {
	if s == nil {
		return
	}
	s.Stop()
	select {
	case <-s.gone:
	default:
		close(s.gone)
	}
}

// Streaming is a screen with something under way.
type Streaming interface{ Underway() *Stream }

// AwaitedMsg says what is awaited, or nothing once it has come.
type AwaitedMsg struct{ Text message.Message }

// ReadMsg says how much of an account was read.
type ReadMsg struct{ deploy.Progress }
