package account

import (
	"cmp"
	"context"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/ui/message"
)

// The documentation reads as if COMMIT left the live version where it is, and accounts were seen to end
// it, so that nothing is there to send files to, and nobody but the owner can open the app. What runs
// here is right for both: after each COMMIT a live version is asked for, and one that is there passes.
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit

// open makes the app's live version ready for files. What it has is kept as a version first, unless
// files that somebody edited stay in it: those would become part of the last version, and would look
// like files that sleet sent. What is replaced beside them is in a version already.
func (x *executor) open(ctx context.Context, item snowflake.Item, kept []string) error {
	if x.Upload.Live != "" && len(kept) > 0 {
		return nil
	}
	if x.Upload.Live != "" {
		if err := x.commit(ctx, item, true); err != nil {
			return err
		}
	}
	return x.live(ctx, item)
}

// commit keeps the live version as a version. The statement is a preview of Snowflake's: a refusal
// stops nothing.
func (x *executor) commit(ctx context.Context, item snowflake.Item, before bool) error {
	sql := "ALTER STREAMLIT " + x.Upload.App.SQL() + " COMMIT"
	_, err := query.Run(ctx, x.client, item.Owner, sql)
	if err != nil && ctx.Err() != nil {
		return err
	}
	if err != nil && before && !query.CodeIs(err, query.CodeNoLiveVersion) {
		x.tell(Event{Event: EventNote, Ref: item.Ref, Message: message.New("verified.not_kept", "why", query.Brief(err))})
	}
	return nil
}

// live returns the app a live version where it has none, and asks where that is.
func (x *executor) live(ctx context.Context, item snowflake.Item) error {
	u := x.Upload
	sql := "ALTER STREAMLIT " + u.App.SQL() + " ADD LIVE VERSION FROM LAST"
	_, err := query.Run(ctx, x.client, item.Owner, sql)
	switch {
	case query.CodeIs(err, query.CodeLiveAlready) && u.Live != "":
		return nil
	case err != nil && !query.CodeIs(err, query.CodeLiveAlready):
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
