package wizard

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/deploy"
)

// askedMsg is a request for a secret. The stream waits for the reply.
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

// decideMsg asks what to do about a failed step.
type decideMsg struct {
	failed deploy.Event
	reply  chan<- deploy.Decision
}

// deciding returns a Decide function that asks through a stream.
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
	profilesMsg struct {
		profiles []steps.Profile
		err      error
	}
	connectedMsg struct {
		cloud      deploy.Deployer
		profile    steps.Profile
		assessment deploy.Assessment
		// again reports that the session already existed.
		again bool
		// nowhere is set if the app has no place in the account yet.
		nowhere *deploy.LocationError
		err     error
	}
	// loggedInMsg reports that the login has finished and the account is being read.
	loggedInMsg struct{}
	lookedMsg   struct {
		assessment deploy.Assessment
		err        error
	}
	listingMsg struct{ listing deploy.Listing }
	listedMsg  struct{}
	deployMsg  struct{ event deploy.Event }
	appliedMsg struct {
		done deploy.Applied
		path string // of the script for an administrator
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
