package account

import (
	"context"
	"errors"
	"slices"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// itemEnd is the end of an item.
type itemEnd struct {
	step  int
	event Event
	err   error
}

// errUndo stops a run so that everything it created is removed once no item is running.
var errUndo = errors.New("undo what the run made")

// order decides which items of a plan can start.
type order struct {
	// after are, for each item, the items that must end first.
	after [][]int
	begun []bool
	over  []bool
}

// newOrder returns the order of a plan. An item waits for the objects that it uses, for the grants that it needs, and
// for the grants that give its role access to its database and schema. An item can only depend on earlier ones.
func newOrder(items []snowflake.Item) *order {
	o := &order{after: make([][]int, len(items)), begun: make([]bool, len(items)), over: make([]bool, len(items))}
	for i, item := range items {
		for j, before := range items[:i] {
			way := before.Kind == snowflake.KindGrant && before.Grant.Role == item.Owner &&
				(before.Grant.On == snowflake.OnDatabase || before.Grant.On == snowflake.OnSchema)
			if way || before.Kind == snowflake.KindGrant && slices.Contains(item.Needs, before.Grant) || slices.Contains(item.Uses, before.Ref) {
				o.after[i] = append(o.after[i], j)
			}
		}
	}
	return o
}

// next returns the first item that can start; ok is false if there is none yet.
func (o *order) next() (i int, ok bool) {
	for i, begun := range o.begun {
		if !begun && !slices.ContainsFunc(o.after[i], func(j int) bool { return !o.over[j] }) {
			o.begun[i] = true
			return i, true
		}
	}
	return 0, false
}

// items runs the items of the plan. A failed item stops only those that depend on it. While a person is asked, running
// items continue and no new ones start.
func (x *executor) items(ctx context.Context) error {
	items := x.Plan.Items
	o := newOrder(items)
	ends := make(chan itemEnd)
	running := 0
	begin := func(i int) {
		running++
		go func() {
			end := itemEnd{step: i + 1}
			if broken := safely.Call(func() error {
				end = x.runItem(ctx, i+1, items[i])
				return nil
			}); broken != nil {
				end.err = &journalError{broken}
			}
			ends <- end
		}()
	}
	var halt error
	for {
		for halt == nil && running < query.AtOnce {
			i, ok := o.next()
			if !ok {
				break
			}
			switch {
			case ctx.Err() != nil:
				halt = stopped(items[i], context.Cause(ctx))
			case x.skips(i+1, items[i]):
				o.over[i] = true
			default:
				begin(i)
			}
		}
		if running == 0 {
			break
		}
		end := <-ends
		running--
		again, err := x.itemEnded(ctx, items[end.step-1], end)
		switch {
		case err != nil:
			if halt == nil {
				halt = err
			}
		case again && halt == nil:
			begin(end.step - 1)
		default:
			o.over[end.step-1] = true
		}
	}
	if errors.Is(halt, errUndo) {
		return x.undo(ctx)
	}
	return halt
}

// skips handles an item that runs no statements: it is unchanged or blocked, or a dependency is missing.
func (x *executor) skips(step int, item snowflake.Item) bool {
	switch item.Action {
	case snowflake.ActionSame:
		return true
	case snowflake.ActionCannot:
		x.result.Cannot++
		x.skip(step, item, item.Reason)
		return true
	default:
	}
	i := slices.IndexFunc(item.Uses, func(ref snowflake.Ref) bool { return x.bad[ref] })
	if i >= 0 {
		x.result.Skipped++
		x.skip(step, item, message.New("verified.depends_on", "object", item.Uses[i].Text()))
	}
	return i >= 0
}
