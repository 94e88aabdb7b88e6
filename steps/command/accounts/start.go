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

// Patience is how long an app may take to start where a person can leave.
const Patience = 3 * time.Minute

// LogReader is a Deployer that can read what an app writes.
type LogReader interface {
	Logs(ctx context.Context, app, owner snowflake.Name) (*observe.Logs, observe.LogPlace, error)
}

// Starter finds out how to wait for the app of a plan to start: in a container, where what apps write can be read. ok is
// false where the app does not start, or the account does not tell; then outcome is Unseen.
func Starter(ctx context.Context, cloud deploy.Deployer, s deploy.Assessment, began time.Time, lines *[]observe.LogLine) (doctor.Awaiting, snowflake.Ref, bool) {
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
		return doctor.Awaiting{}, snowflake.Ref{}, false
	}
	ref := s.Plan.Items[i].Ref
	logs, place, err := from.Logs(ctx, ref.Name, s.Plan.Items[i].Owner)
	if err != nil || place.Table.IsZero() || !place.Refused.IsZero() {
		return doctor.Awaiting{}, ref, false
	}
	return doctor.Awaiting{Every: 2 * time.Second, Lines: func(ctx context.Context) ([]string, error) {
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
