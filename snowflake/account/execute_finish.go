package account

import (
	"context"
	"errors"
	"slices"

	"golang.org/x/sync/errgroup"

	"sleet/snowflake"
	"sleet/snowflake/account/observe"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/stage"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// finish completes the files of a new app, or records those that are on the stage of an app that was not created.
// Meanwhile it reads everything that the run changed.
func (x *executor) finish(ctx context.Context) error {
	app, settles := x.newApp()
	var changed []snowflake.Resource
	for _, item := range x.Plan.Items {
		if (item.Action == snowflake.ActionCreate || item.Action == snowflake.ActionAlter) && !(settles && item.Ref == app.Ref) {
			changed = append(changed, item.Resource)
		}
	}
	var group errgroup.Group // neither stops the other
	var settled error
	var seen snowflake.Observed
	if settles {
		group.Go(safely.Go(func() error {
			seen, settled = x.completeFiles(ctx, app)
			return nil
		}))
	}
	if !settles && x.sentUnlisted() {
		group.Go(safely.Go(func() error {
			err := x.recordListing(ctx, nil)
			if broken := new(journalError); errors.As(err, &broken) {
				return err
			}
			return nil // without the listing, the next run uploads the files again
		}))
	}
	if x.State != nil {
		group.Go(safely.Go(func() error {
			x.result.After, x.result.Unseen = observe.Refresh(ctx, x.client, *x.State, x.Desired, changed)
			return nil
		}))
	}
	if err := group.Wait(); err != nil {
		return err //nolint:wrapcheck // Only our own panics, and the journal's error.
	}
	if seen.Presence == snowflake.Present && x.State != nil && x.result.Unseen == nil {
		x.result.After.Found[app.Ref] = seen
	}
	if settled == nil {
		return nil
	}
	if ctx.Err() != nil {
		return stopped(app, context.Cause(ctx))
	}
	step := slices.IndexFunc(x.Plan.Items, func(i snowflake.Item) bool { return i.Ref == app.Ref }) + 1
	x.result.Done--
	again, err := x.itemEnded(ctx, app, itemEnd{step: step, err: settled, event: x.failed(step, app, settled)})
	if again { // the next run makes sure of the files
		x.result.Failed++
	}
	return err
}

// failed reports the event of an item that failed after all.
func (x *executor) failed(step int, item snowflake.Item, why error) Event {
	e := Event{Event: EventFailed, Step: step, Ref: item.Ref, Code: query.CodeOf(why), Message: message.Of(why)}
	x.emit(e)
	return e
}

// newApp returns the app that this run created from its files, or whose live version it created. ok is false if there
// is none.
func (x *executor) newApp() (app snowflake.Item, ok bool) {
	for _, item := range x.Plan.Items {
		if item.Kind == snowflake.KindStreamlit && (item.Action == snowflake.ActionCreate || item.Action == snowflake.ActionAlter) {
			return item, x.Upload != nil && !x.Upload.Deployed() && !x.bad[item.Ref]
		}
	}
	return snowflake.Item{}, false
}

// sentUnlisted reports whether the stage has files of this run that LIST has not shown: upload leaves that to the app
// that is created from them.
func (x *executor) sentUnlisted() bool {
	if x.Upload == nil || x.Upload.Deployed() {
		return false
	}
	for _, sent := range x.Upload.Manifest {
		if sent.MD5 == "" && !sent.Pending {
			return true
		}
	}
	return false
}

// completeFiles completes the files of an app that has a live version now. CREATE STREAMLIT copied them from the stage,
// without files that were uploaded after an earlier CREATE. The sums that LIST shows are kept, so that later edits are
// recognized. The location of the live version follows from the app's name, so it need not be queried first.
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
func (x *executor) completeFiles(ctx context.Context, item snowflake.Item) (seen snowflake.Observed, err error) {
	u := x.Upload
	place := "snow://streamlit/" + item.Name.SQL() + "/versions/live/"
	var listed map[string]stage.ListedFile
	var group errgroup.Group
	group.Go(safely.Go(func() error {
		// An error means that it is elsewhere or does not exist.
		listed, _ = stage.List(ctx, query.Retrying(x.client, item.Owner), place)
		return nil
	}))
	group.Go(safely.Go(func() error {
		rows, err := query.Run(ctx, x.client, item.Owner, "DESCRIBE STREAMLIT "+item.Name.SQL())
		if err == nil && len(rows.Values) > 0 {
			seen = observe.Streamlit(rows)
			seen.Owner = item.Owner
		}
		return err
	}))
	if err := group.Wait(); err != nil {
		return seen, err //nolint:wrapcheck // A query.Failure needs no context.
	}
	live, ok := seen.Value("LIVE_VERSION")
	if !ok {
		return seen, nil
	}
	u.Live = live
	if live == place && listed != nil {
		u.SetListing(listed)
	} else if listed, err = u.List(ctx, x.client); err != nil {
		return seen, err
	}
	return seen, x.uploadMissing(ctx, item, listed)
}

// uploadMissing uploads the files that the live version of a new app lacks.
func (x *executor) uploadMissing(ctx context.Context, item snowflake.Item, listed map[string]stage.ListedFile) error {
	u := x.Upload
	fresh := slices.ContainsFunc(x.result.Created, func(m CreatedObject) bool { return m.Ref == item.Ref })
	var behind []string
	for name, data := range u.Files {
		if there, ok := listed[name]; !ok || there.MD5 != stage.NewSentFile(data).Own && !fresh {
			behind = append(behind, name)
		}
	}
	slices.Sort(behind)
	if len(behind) == 0 {
		return x.listedAs(listed, func(string, stage.ListedFile) bool { return true })
	}
	step := slices.IndexFunc(x.Plan.Items, func(i snowflake.Item) bool { return i.Ref == item.Ref }) + 1
	if err := x.sendAll(ctx, item, behind, &progress{x: x, step: step, ref: item.Ref, of: len(behind)}); err != nil {
		return err
	}
	return x.recordListing(ctx, nil)
}
