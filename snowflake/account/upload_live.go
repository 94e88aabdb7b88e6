package account

import (
	"cmp"
	"context"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/ui/message"
)

// According to the documentation COMMIT keeps the live version, but accounts were seen to end it. Without a live
// version there is no target for files, and only the owner can open the app. The statements here work in both cases:
// after each COMMIT they add a live version, and accept that one exists.
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit

// prepareLive prepares the live version of the app for files. It first commits what the live version contains, unless
// files that somebody edited stay in it: a commit would include them, and they would look like uploads of sleet. The
// other files are in an older version already.
func (x *executor) prepareLive(ctx context.Context, item snowflake.Item, kept []string) error {
	if x.Upload.Live != "" && len(kept) > 0 {
		return nil
	}
	if x.Upload.Live != "" {
		if err := x.commit(ctx, item, true); err != nil {
			return err
		}
	}
	return x.addLive(ctx, item)
}

// commit commits the live version. The statement is in preview, so an error does not stop the run.
func (x *executor) commit(ctx context.Context, item snowflake.Item, before bool) error {
	sql := "ALTER STREAMLIT " + x.Upload.App.SQL() + " COMMIT"
	_, err := query.Run(ctx, x.client, item.Owner, sql)
	if err != nil && ctx.Err() != nil {
		return err
	}
	if err != nil && before && !query.HasCode(err, query.CodeNoLiveVersion) {
		x.emit(Event{Event: EventNote, Ref: item.Ref, Message: message.New("verified.not_kept", "why", query.Brief(err))})
	}
	return nil
}

// addLive adds a live version if there is none, and reads its location.
func (x *executor) addLive(ctx context.Context, item snowflake.Item) error {
	u := x.Upload
	sql := "ALTER STREAMLIT " + u.App.SQL() + " ADD LIVE VERSION FROM LAST"
	_, err := query.Run(ctx, x.client, item.Owner, sql)
	switch {
	case query.HasCode(err, query.CodeLiveAlready) && u.Live != "":
		return nil
	case err != nil && !query.HasCode(err, query.CodeLiveAlready):
		return err
	}
	rows, err := query.Run(ctx, x.client, item.Owner, "DESCRIBE STREAMLIT "+u.App.SQL())
	if err != nil {
		return err
	}
	if len(rows.Values) > 0 {
		u.Live = cmp.Or(rows.Get(0, "live_version_location_uri"), u.Live)
		u.Last = cmp.Or(rows.Get(0, "last_version_location_uri"), u.Last)
	}
	return nil
}
