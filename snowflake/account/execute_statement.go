package account

import (
	"context"
	"errors"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/stage"
	"sleet/ui/message"
)

// journalError ends a run: nothing is done that cannot be recorded.
type journalError struct{ err error }

func (e *journalError) Error() string            { return e.err.Error() }
func (e *journalError) Message() message.Message { return message.Of(e.err) }

// statements runs the statements of an item and returns the last query id.
func (x *executor) statements(ctx context.Context, step int, item snowflake.Item) (id string, msg message.Message, err error) {
	for n, st := range item.Statements {
		entry := entryOf(item, n)
		if err := x.record(entry); err != nil {
			return id, msg, &journalError{err}
		}
		var kept error
		if st.Kind == snowflake.KindUpload && st.SQL == "" {
			msg, err = x.upload(ctx, step, item)
			var k *stage.EditedFilesError
			if errors.As(err, &k) {
				kept, err = err, nil
			}
		} else {
			id, err = x.statement(ctx, item, st, &entry)
		}
		entry.QueryID = id
		if err != nil {
			entry.Event, entry.Code = EventFailed, query.CodeOf(err)
			entry.Uncertain = uncertain(ctx, err)
			x.unanswered(item, entry)
			if broken := x.record(entry); broken != nil {
				return id, msg, &journalError{broken}
			}
			return id, msg, err
		}
		entry.Event = EventDone
		if n == len(item.Statements)-1 && (item.Action == snowflake.ActionCreate && !entry.Existed || item.Action == snowflake.ActionAlter) {
			entry.Set = item.PropertyHashes()
		}
		if entry.Makes && !entry.Existed {
			x.recordMade(item)
		}
		if err := x.record(entry); err != nil {
			return id, msg, &journalError{err}
		}
		if kept != nil {
			return id, msg, kept
		}
	}
	return id, msg, nil
}

// entryOf returns the journal entry before a statement of an item.
func entryOf(item snowflake.Item, n int) Entry {
	e := Entry{Event: EventStart, Ref: item.Ref, Action: item.Action, Statement: n + 1, Role: item.Owner}
	undo := Undo(item)
	// The first statement of an object creates it; the others complete it.
	if item.Action == snowflake.ActionCreate && n == 0 && len(undo) > 0 {
		e.Makes, e.Undo = true, undo
	}
	return e
}

// uncertain reports whether a failed statement may have taken effect.
func uncertain(ctx context.Context, err error) bool {
	var f *query.Failure
	return ctx.Err() != nil || !errors.As(err, &f) || f.Uncertain || f.HasCode(604, 630)
}

// statement runs one statement with the values in place. The text with the values exists only here.
func (x *executor) statement(ctx context.Context, item snowflake.Item, st snowflake.Statement, entry *Entry) (id string, err error) {
	sql := st.SQL
	if len(st.Slots) > 0 {
		if sql, err = x.filled(st); err != nil {
			return "", err
		}
	}
	role := st.Role
	if role.IsZero() {
		role = item.Owner
	}
	rows, sent, err := x.client.Send(ctx, role, func(q query.Querier) (query.Rows, error) { return q.Query(ctx, sql) })
	if err == nil {
		err = notGranted(x.client, st, rows)
	}
	switch {
	case err == nil:
	case query.HasCode(err, query.CodeLiveAlready) && strings.Contains(st.SQL, "ADD LIVE VERSION"):
		return "", nil // There is one already.
	case query.HasCode(err, query.CodeExists) && item.Action == snowflake.ActionCreate && (sent > 1 || x.mayBeThere(item)):
		// An earlier try without an answer created it.
	default:
		return "", err
	}
	entry.Existed = sent == 1 && !x.mayBeThere(item) && existed(rows)
	if len(st.Slots) > 0 && !entry.Existed {
		entry.Key = item.Key
		if parts, ok := valueOf(st.Slots, x.Value); ok {
			// Without a mark the value is only sent again some day.
			entry.Mark, _ = HashValue(parts...)
		}
		x.markStale(item.Action == snowflake.ActionAlter)
		entry.Stale = item.Action == snowflake.ActionAlter
	}
	return rows.QueryID, nil
}

// filled returns a statement with the values of secrets in place of their placeholders.
func (x *executor) filled(st snowflake.Statement) (string, error) {
	pairs := make([]string, 0, 2*len(st.Slots))
	for _, slot := range st.Slots {
		if x.Value == nil {
			return "", message.NewError("failure.value_missing", "key", slot.Key)
		}
		secret, ok := x.Value(slot)
		if !ok {
			return "", message.NewError("failure.value_missing", "key", slot.Key)
		}
		pairs = append(pairs, slot.Placeholder, snowflake.Literal(secret.Reveal()))
	}
	// In one pass: a value may look like a placeholder.
	return strings.NewReplacer(pairs...).Replace(st.SQL), nil
}

// existed reports whether CREATE … IF NOT EXISTS found the object.
func existed(rows query.Rows) bool {
	return len(rows.Values) == 1 && len(rows.Values[0]) > 0 && rows.Values[0][0] != nil &&
		strings.Contains(*rows.Values[0][0], "already exists")
}

// recordMade records that this run created an item.
func (x *executor) recordMade(item snowflake.Item) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, m := range x.result.Created {
		if m.Ref == item.Ref {
			return
		}
	}
	x.result.Created = append(x.result.Created, CreatedObject{Ref: item.Ref, Role: item.Owner, Undo: Undo(item)})
}
