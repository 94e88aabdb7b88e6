package live

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"sleet/snowflake"
)

// Execute carries a plan out, step by step. Every statement of a plan may run twice and does the
// same as once, so one of which no answer came is sent again. An error is one that ends the run:
// the person stopped it, or the journal cannot be written.
func Execute(ctx context.Context, c *Client, r Run) (Result, error) {
	x := &executor{Run: r, client: c, bad: map[snowflake.Ref]bool{}}
	for _, item := range r.Plan.Items {
		for _, st := range item.Statements {
			for _, slot := range st.Slots {
				if secret, ok := r.Value(slot); ok {
					c.Hide(secret)
				}
			}
		}
	}
	defer x.leave()
	if err := x.record(Entry{Event: EventPlan}); err != nil {
		return x.result, err
	}
	for i, item := range r.Plan.Items {
		if item.Action != snowflake.ActionSame {
			x.Event(Event{Event: EventPlan, Step: i + 1, Ref: item.Ref, Message: string(item.Action)})
		}
	}
	for i, item := range r.Plan.Items {
		if err := x.item(ctx, i+1, item); err != nil {
			return x.result, err
		}
		if x.result.Undone {
			break
		}
	}
	x.restart(ctx)
	return x.result, x.record(Entry{Event: EventSummary})
}

// executor is one execution.
type executor struct {
	Run
	client  *Client
	session Session
	result  Result
	// bad are the items that are not there for others to stand on.
	bad map[snowflake.Ref]bool
	// stale says that a running app has old files or an old value.
	stale bool
}

func (x *executor) record(e Entry) error {
	if x.Journal == nil {
		return nil
	}
	if err := x.Journal.Record(e); err != nil {
		return fmt.Errorf("the journal cannot be written, so the run ends here: %w", err)
	}
	return nil
}

func (x *executor) leave() {
	if x.session != nil {
		_ = x.session.Close()
	}
}

// item carries one item out, as often as the person wants it tried.
func (x *executor) item(ctx context.Context, step int, item snowflake.Item) error {
	switch {
	case item.Action == snowflake.ActionSame:
		return nil
	case item.Action == snowflake.ActionCannot:
		x.result.Cannot++
		x.skip(step, item, item.Reason)
		return nil
	}
	if i := slices.IndexFunc(item.Uses, func(ref snowflake.Ref) bool { return x.bad[ref] }); i >= 0 {
		x.result.Skipped++
		x.skip(step, item, "it stands on "+string(item.Uses[i].Kind)+" "+item.Uses[i].Name)
		return nil
	}
	for {
		again, err := x.try(ctx, step, item)
		if err != nil || !again {
			return err
		}
	}
}

func (x *executor) skip(step int, item snowflake.Item, why string) {
	x.bad[item.Ref] = true
	x.Event(Event{Event: EventSkipped, Step: step, Ref: item.Ref, Message: why})
}

// try carries an item out once, and says whether to try again.
func (x *executor) try(ctx context.Context, step int, item snowflake.Item) (again bool, err error) {
	entry := Entry{Event: EventStart, Ref: item.Ref, Action: item.Action}
	if err := x.record(entry); err != nil {
		return false, err
	}
	x.Event(Event{Event: EventStart, Step: step, Ref: item.Ref, Message: string(item.Action)})
	started := time.Now()
	id, message, err := x.statements(ctx, step, item)
	entry.QueryID = id
	e := Event{Step: step, Ref: item.Ref, QueryID: id, Took: time.Since(started), Message: message}
	if err == nil {
		x.result.Done++
		if item.Action == snowflake.ActionDrop {
			entry.Action = ActionUndone
		}
		if item.Action == snowflake.ActionCreate {
			x.result.Made = append(x.result.Made, item)
		}
		x.stale = x.stale || item.Key != "" && item.Action == snowflake.ActionAlter
		entry.Event, e.Event = EventDone, EventDone
		x.Event(e)
		return false, x.record(entry)
	}
	entry.Event, e.Event = EventFailed, EventFailed
	e.Code, e.Message = codeOf(err), err.Error()
	var f *Failure
	if errors.As(err, &f) && e.QueryID == "" {
		e.QueryID = f.QueryID
	}
	x.Event(e)
	if err := x.record(entry); err != nil {
		return false, err
	}
	if ctx.Err() != nil {
		return false, fmt.Errorf("stopped at %s %s; the next apply goes on from there: %w", item.Kind, item.Name, context.Cause(ctx))
	}
	return x.decide(ctx, step, item, e)
}

// decide asks what to do about a failed step.
func (x *executor) decide(ctx context.Context, step int, item snowflake.Item, failed Event) (again bool, err error) {
	decision := DecideSkip
	if x.Decide != nil {
		if decision, err = x.Decide(ctx, failed); err != nil {
			return false, err
		}
	}
	switch decision {
	case DecideRetry:
		return true, nil
	case DecideUndo:
		x.result.Failed++
		return false, x.undo(ctx)
	case DecideStop:
		return false, fmt.Errorf("stopped at %s %s; the next apply goes on from there: %w", item.Kind, item.Name, context.Canceled)
	case DecideHandOver:
		x.result.HandedOver = append(x.result.HandedOver, item)
		x.result.Cannot++
		x.skip(step, item, "left to an administrator")
		return false, nil
	case DecideSkip:
	}
	x.result.Failed++
	x.bad[item.Ref] = true
	return false, nil
}

// statements runs an item's statements, and gives the last query id.
func (x *executor) statements(ctx context.Context, step int, item snowflake.Item) (id, message string, err error) {
	for _, st := range item.Statements {
		if st.Kind == snowflake.KindUpload {
			message, err = x.upload(ctx, step, item)
		} else {
			id, err = x.statement(ctx, st)
		}
		if err != nil {
			return id, "", err
		}
	}
	return id, message, nil
}

// statement runs one statement with the values in place. The text with them exists only here.
func (x *executor) statement(ctx context.Context, st snowflake.Statement) (id string, err error) {
	sql := st.SQL
	for _, slot := range st.Slots {
		secret, ok := x.Value(slot)
		if !ok {
			return "", fmt.Errorf("the value of the secret %s is missing", slot.Key)
		}
		sql = strings.Replace(sql, slot.Placeholder, snowflake.Literal(secret.Reveal()), 1)
	}
	rows, err := x.send(ctx, st.Role, func(s Session) (Rows, error) { return s.Query(ctx, sql) })
	if err != nil {
		if codeIs(err, 99106) && strings.Contains(st.SQL, "ADD LIVE VERSION") {
			return "", nil // There is one already.
		}
		return "", err
	}
	return rows.QueryID, nil
}

// tries is how often a statement of which no answer came is sent.
const tries = 3

// send runs something in the session, as a role. Where the connection breaks it is done again in a
// new one: whatever a plan sends may be done twice.
func (x *executor) send(ctx context.Context, role string, do func(Session) (Rows, error)) (Rows, error) {
	for try := 1; ; try++ {
		rows, err := x.once(ctx, role, do)
		var f *Failure
		if err == nil || ctx.Err() != nil || try == tries || !errors.As(err, &f) || !(f.Network || f.is(605)) {
			return rows, err
		}
		x.leave()
		x.session = nil
		select {
		case <-time.After(time.Duration(try) * 300 * time.Millisecond):
		case <-ctx.Done():
			return rows, err
		}
	}
}

func (x *executor) once(ctx context.Context, role string, do func(Session) (Rows, error)) (Rows, error) {
	if x.session == nil {
		s, err := x.client.Session(ctx)
		if err != nil {
			return Rows{}, err
		}
		x.session = s
	}
	if err := x.session.UseRole(ctx, role); err != nil {
		return Rows{}, err //nolint:wrapcheck // It is a Failure, which says all.
	}
	return do(x.session)
}

// restart makes a running container read what has changed. Where that fails the app still starts
// anew once it has slept, so it is a note.
func (x *executor) restart(ctx context.Context) {
	if !x.stale || x.Restart == "" || ctx.Err() != nil || x.result.Undone {
		return
	}
	role := ""
	for _, item := range x.Plan.Items {
		if item.Kind == snowflake.KindStreamlit {
			role = item.Role
		}
	}
	sql := "CALL SYSTEM$RESTART_STREAMLIT(" + snowflake.Literal(x.Restart) + ")"
	if _, err := x.send(ctx, role, func(s Session) (Rows, error) { return s.Query(ctx, sql) }); err != nil {
		x.Event(Event{Event: EventNote, Message: "The app was not restarted, and shows what is new once it has slept: " + firstLine(err.Error())})
		return
	}
	x.Event(Event{Event: EventNote, Message: "The app was restarted, so that it shows what is new."})
}

// undo removes what this run made, in reverse.
func (x *executor) undo(ctx context.Context) error {
	for _, item := range slices.Backward(x.result.Made) {
		for _, sql := range Undo(item) {
			if _, err := x.send(ctx, item.Role, func(s Session) (Rows, error) { return s.Query(ctx, sql) }); err != nil {
				x.Event(Event{Event: EventNote, Message: "not undone: " + string(item.Kind) + " " + item.Name + ": " + firstLine(err.Error())})
				continue
			}
			x.Event(Event{Event: EventNote, Message: "undone: " + string(item.Kind) + " " + item.Name})
		}
		if err := x.record(Entry{Event: EventDone, Ref: item.Ref, Action: ActionUndone}); err != nil {
			return err
		}
	}
	x.result.Undone = true
	x.result.Made = nil
	return nil
}

// ActionUndone stands in a journal where what a run made was removed.
const ActionUndone snowflake.Action = "undone"

// ActionRestarted stands in a journal where the container was started anew.
const ActionRestarted snowflake.Action = "restarted"

// Undo gives the statements that remove what an item made.
func Undo(item snowflake.Item) []string {
	switch item.Kind {
	case snowflake.KindSchema:
		return []string{"DROP SCHEMA IF EXISTS " + item.Name + " RESTRICT"}
	case snowflake.KindStage:
		return []string{"DROP STAGE IF EXISTS " + item.Name}
	case snowflake.KindUpload:
		return []string{"REMOVE " + snowflake.Literal(item.Name+"/")}
	default:
	}
	for _, st := range item.Create {
		if st.Undo != "" {
			return []string{st.Undo}
		}
	}
	return nil
}

func codeOf(err error) string {
	var f *Failure
	if errors.As(err, &f) && f.Code != 0 {
		return fmt.Sprintf("%06d", f.Code)
	}
	return ""
}

func codeIs(err error, code int) bool {
	var f *Failure
	return errors.As(err, &f) && f.Code == code
}
