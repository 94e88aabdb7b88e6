package screen

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"sleet/snowflake/safely"
	"sleet/steps/deploy"
	"sleet/steps/wizard/program"
	"sleet/ui/message"
)

// Stream is background work of a screen. Its messages come in order, and it can be stopped. Messages after Leave are
// dropped.
type Stream struct {
	said chan tea.Msg
	gone chan struct{}
	// Stop asks the work to end; Over is closed once it has ended.
	Stop context.CancelFunc
	Over chan struct{}
}

// StreamMsg is a message of a stream.
type StreamMsg struct {
	From *Stream
	Msg  tea.Msg
}

// StartStream runs do in the background; its result is the last message.
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
		default: // the screen is busy, and a later message has newer counts
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

// Next waits for the next message of the stream.
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

// Leave stops the stream and drops its further messages.
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

// Streaming is a screen with background work; Underway may return nil.
type Streaming interface{ Underway() *Stream }

// AwaitedMsg reports what is being waited for; the text is empty once the wait is over.
type AwaitedMsg struct{ Text message.Message }

// ReadMsg reports how much of an account has been read.
type ReadMsg struct{ deploy.Progress }
