package account

import (
	"context"
	"errors"
	"time"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/stage"
	"sleet/ui/message"
)

// runItem runs an item once.
func (x *executor) runItem(ctx context.Context, step int, item snowflake.Item) itemEnd {
	x.emit(Event{Event: EventStart, Step: step, Ref: item.Ref, Message: item.Action.Text()})
	started := time.Now()
	id, msg, err := x.statements(ctx, step, item)
	e := Event{Event: EventDone, Step: step, Ref: item.Ref, QueryID: id, Took: time.Since(started), Message: msg}
	var broken *journalError
	switch {
	case errors.As(err, &broken):
		return itemEnd{step: step, event: e, err: err}
	case err != nil:
		e.Event, e.Code, e.Message = EventFailed, query.CodeOf(err), message.Of(err)
		var f *query.Failure
		if errors.As(err, &f) && f.QueryID != "" {
			e.QueryID = f.QueryID
		}
	}
	x.emit(e)
	return itemEnd{step: step, event: e, err: err}
}

// itemEnded processes the end of an item and reports whether to retry it.
func (x *executor) itemEnded(ctx context.Context, item snowflake.Item, end itemEnd) (again bool, err error) {
	var broken *journalError
	var kept *stage.EditedFilesError
	switch {
	case end.err == nil:
		x.result.Done++
		return false, nil
	case errors.As(end.err, &broken):
		return false, broken.err
	case ctx.Err() != nil:
		return false, stopped(item, context.Cause(ctx))
	case errors.As(end.err, &kept):
		x.result.Failed++ // Items that depend on the files can go on.
		return false, nil
	}
	return x.decide(ctx, item, end)
}

// decide decides how to continue after a failed step. What an administrator can make possible is handed over, unless
// the person decides otherwise.
func (x *executor) decide(ctx context.Context, item snowflake.Item, end itemEnd) (again bool, err error) {
	why, decision := end.err, DecideSkip
	if x.Decide != nil {
		if decision, err = x.Decide(ctx, end.event); err != nil {
			return false, err
		}
	}
	if query.HasCode(why, query.CodeExistsHidden) && len(item.HandoverIfExists) > 0 || item.Kind == snowflake.KindSchema && item.Name.Schema == "PUBLIC" {
		item.Exists = true
		if len(item.HandoverIfExists) > 0 {
			item.Handover = item.HandoverIfExists
		}
	}
	if decision == DecideSkip && handsOver(why) && len(item.Handover) > 0 {
		decision = DecideHandOver
	}
	switch decision {
	case DecideRetry:
		return true, nil
	case DecideUndo:
		x.result.Failed++
		return false, errUndo
	case DecideStop:
		return false, stopped(item, context.Canceled)
	case DecideHandOver:
		if len(item.Handover) == 0 {
			item.Handover = item.Statements
		}
		x.result.HandedOver = append(x.result.HandedOver, item)
		x.result.Cannot++
		x.skip(end.step, item, message.New("verified.handed_over"))
		return false, nil
	case DecideSkip:
	}
	x.result.Failed++
	x.bad[item.Ref] = true
	return false, nil
}
