package steps

import (
	"slices"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/steps/deploy"
	"sleet/steps/doctor"
	"sleet/ui/message"
)

// StartsContainer reports whether a plan creates an app that runs in a container, which then starts.
func StartsContainer(app scaffold.App, s deploy.Assessment) bool {
	return scaffold.Facts(app.App.Runtime).SharedProcess && slices.ContainsFunc(s.Plan.Items, func(i snowflake.Item) bool {
		return i.Kind == snowflake.KindStreamlit && i.Action == snowflake.ActionCreate
	})
}

// IsRestart reports whether an event is the restart of a running app.
func IsRestart(e deploy.Event) bool { return e.Message.ID == "verified.restarted" }

// StartupWords returns the message for the result of waiting for an app to start; dir is its folder.
func StartupWords(seen doctor.Startup, dir string) message.Message {
	switch seen.Outcome {
	case doctor.Started:
		return message.New("apply.started")
	case doctor.Failed:
		return message.New("apply.start_failed", "line", seen.Line, "meaning", seen.Failure.Meaning, "fix", seen.Failure.Fix)
	case doctor.Canceled:
		return message.New("apply.start_left", "dir", dir)
	case doctor.Inconclusive:
		return message.New("apply.start_silent", "dir", dir)
	case doctor.Unreadable:
		return message.New("apply.start_unseen")
	default:
		return message.Message{}
	}
}
