package accounts

import (
	"context"
	"slices"
	"time"

	"sleet/snowflake"
	"sleet/snowflake/account/observe"
	"sleet/steps/deploy"
	"sleet/steps/doctor"
)

// Patience is how long to wait for an app to start on a screen, where a person can stop waiting.
const Patience = 3 * time.Minute

// LogReader is a Deployer that can read an app's log.
type LogReader interface {
	Logs(ctx context.Context, app, owner snowflake.Name) (*observe.Logs, observe.LogPlace, error)
}

// NewStartWait returns how to wait for the app of a plan to start, and the app. ok is false if the account has no
// readable log of it.
func NewStartWait(ctx context.Context, cloud deploy.Deployer, s deploy.Assessment, began time.Time, lines *[]observe.LogLine) (doctor.StartWait, snowflake.Ref, bool) {
	for {
		wrapped, is := cloud.(interface{ Unwrap() deploy.Deployer })
		if !is {
			break
		}
		cloud = wrapped.Unwrap()
	}
	from, reads := cloud.(LogReader)
	i := slices.IndexFunc(s.Plan.Items, func(i snowflake.Item) bool { return i.Kind == snowflake.KindStreamlit })
	if !reads || i < 0 {
		return doctor.StartWait{}, snowflake.Ref{}, false
	}
	ref := s.Plan.Items[i].Ref
	logs, place, err := from.Logs(ctx, ref.Name, s.Plan.Items[i].Owner)
	if err != nil || place.Table.IsZero() || !place.Refused.IsZero() {
		return doctor.StartWait{}, ref, false
	}
	return doctor.StartWait{Interval: 2 * time.Second, Lines: func(ctx context.Context) ([]string, error) {
		found, err := logs.Since(ctx, time.Since(began)+time.Second)
		if err == nil {
			*lines = found
		}
		texts := make([]string, 0, len(*lines))
		for _, l := range *lines {
			texts = append(texts, l.Message)
		}
		return texts, err
	}}, ref, true
}
