package wizard

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"sleet/snowflake"
	"sleet/snowflake/safely"
	"sleet/steps"
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
func start(do func(ctx context.Context, say func(tea.Msg)) tea.Msg) *stream {
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

// askedMsg is a question for something that nobody may see. The stream waits for the reply.
type askedMsg struct {
	prompt string
	reply  chan<- secretReply
}

type secretReply struct {
	secret snowflake.Secret
	err    error
}

// asking returns a function that asks through a stream.
func asking(say func(tea.Msg)) steps.AskSecret {
	return func(ctx context.Context, prompt string) (snowflake.Secret, error) {
		reply := make(chan secretReply, 1)
		say(askedMsg{prompt, reply})
		select {
		case r := <-reply:
			return r.secret, r.err
		case <-ctx.Done():
			return snowflake.Secret{}, context.Cause(ctx)
		}
	}
}

// decideMsg asks what to do about a step that failed.
type decideMsg struct {
	failed deploy.Event
	reply  chan<- deploy.Decision
}

// deciding returns a Decide that asks through a stream.
func deciding(say func(tea.Msg)) func(context.Context, deploy.Event) (deploy.Decision, error) {
	return func(ctx context.Context, failed deploy.Event) (deploy.Decision, error) {
		reply := make(chan deploy.Decision, 1)
		say(decideMsg{failed, reply})
		select {
		case d := <-reply:
			return d, nil
		case <-ctx.Done():
			return deploy.DecideStop, context.Cause(ctx)
		}
	}
}

// The results of streams.
type (
	// awaitedMsg says what is awaited, or nothing once it has come.
	awaitedMsg struct{ text message.Message }
	// readMsg says how much of an account was read.
	readMsg struct{ deploy.Progress }
	// brokenMsg is a panic in the place of a result.
	brokenMsg   struct{ err error }
	profilesMsg struct {
		profiles []steps.Profile
		err      error
	}
	connectedMsg struct {
		cloud   deploy.Deployer
		profile steps.Profile
		survey  deploy.Assessment
		// again says that the session is the one there was before.
		again bool
		// nowhere says that the app has no place in the account yet.
		nowhere *deploy.PlaceError
		err     error
	}
	// loggedInMsg says that the log-in is over and the account is being read.
	loggedInMsg struct{}
	lookedMsg   struct {
		survey deploy.Assessment
		err    error
	}
	listingMsg struct{ listing deploy.Listing }
	listedMsg  struct{}
	deployMsg  struct{ event deploy.Event }
	appliedMsg struct {
		done deploy.Applied
		path string // of the hand-over
		err  error
	}
)

// Results of one call.
type (
	addedMsg struct {
		name string
		err  error
	}
	fixedMsg   struct{ err error }
	browsedMsg struct{ err error }
	valueMsg   struct {
		part  deploy.ValuePart
		value snowflake.Secret
		err   error
	}
)
