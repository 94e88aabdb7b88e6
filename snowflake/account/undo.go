package account

import (
	"context"
	"errors"
	"slices"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/ui/message"
)

// Actions of journal entries for an undo and for a restart.
const (
	ActionUndone    snowflake.Action = "undone"
	ActionRestarted snowflake.Action = "restarted"
)

// Undo returns the statements that remove what an item creates.
func Undo(item snowflake.Item) []string { return []string{snowflake.Spelling(nil).Drop(item.Ref)} }

// UndoRun removes only what a run created, in reverse order. r is that run and made the objects. What cannot be
// removed is reported as a note.
func UndoRun(ctx context.Context, c query.Session, r Run, made []CreatedObject) (Result, error) {
	x := newExecutor(c, r)
	x.result.Created = made
	if err := x.undo(ctx); err != nil {
		return x.result, err
	}
	return x.result, x.record(Entry{Event: EventSummary})
}

// undo removes only what this run created, in reverse order.
func (x *executor) undo(ctx context.Context) error {
	for _, made := range slices.Backward(x.result.Created) {
		if err := x.remove(ctx, made); err != nil {
			if ctx.Err() != nil {
				return err
			}
			x.emit(Event{Event: EventNote, Ref: made.Ref, Message: message.New("verified.not_undone", "object", made.Text(), "why", query.Brief(err))})
			continue
		}
		x.emit(Event{Event: EventNote, Ref: made.Ref, Message: message.New("verified.undone", "object", made.Text())})
		if err := x.record(Entry{Event: EventDone, Ref: made.Ref, Action: ActionUndone}); err != nil {
			return err
		}
	}
	x.result.Undone = true
	x.result.Created = nil
	return nil
}

func (x *executor) remove(ctx context.Context, made CreatedObject) error {
	for _, sql := range made.Undo {
		_, err := query.Run(ctx, x.client, made.Role, sql)
		// It was removed with the object it depends on.
		if err != nil && !query.HasCode(err, 2003, 2043) {
			return err
		}
	}
	return nil
}

// restart makes a running container load what has changed. A failure is only a note: the app restarts after it has
// slept, and the next run tries again.
func (x *executor) restart(ctx context.Context) error {
	if !x.stale {
		return nil
	}
	app := snowflake.Item{}
	for _, item := range x.Plan.Items {
		if item.Kind == snowflake.KindStreamlit {
			app = item
		}
	}
	if !x.Restart { // nothing runs that could have old files or values
		return x.record(Entry{Event: EventDone, Ref: app.Ref, Action: ActionRestarted})
	}
	sql := "CALL SYSTEM$RESTART_STREAMLIT(" + snowflake.Literal(app.Name.SQL()) + ")"
	rows, err := query.Run(ctx, x.client, app.Owner, sql)
	switch {
	case err != nil && ctx.Err() != nil:
		return stopped(app, errors.Join(context.Cause(ctx), err))
	case err != nil:
		x.emit(Event{Event: EventNote, Ref: app.Ref, Message: message.New("verified.not_restarted", "why", query.Brief(err))})
		if query.HasCode(err, 1003, 2140, 2141) { // the account has no such function, and will have none next time
			return x.record(Entry{Event: EventDone, Ref: app.Ref, Action: ActionRestarted})
		}
		return nil
	}
	x.emit(Event{Event: EventNote, Ref: app.Ref, QueryID: rows.QueryID, Message: message.New("verified.restarted")})
	return x.record(Entry{Event: EventDone, Ref: app.Ref, Action: ActionRestarted, QueryID: rows.QueryID})
}
