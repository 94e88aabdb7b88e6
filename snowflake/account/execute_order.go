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

// ended is how an item of a plan ended.
type ended struct {
	step  int
	event Event
	err   error
}

// errUndo says that what the run made is to be removed once nothing runs.
var errUndo = errors.New("undo what the run made")

// order says which items of a plan can begin.
type order struct {
	// after are, by item, those that must have ended before it.
	after [][]int
	begun []bool
	over  []bool
}

// newOrder reads off a plan what stands on what: what an item uses, the grants that it needs, and those that
// let the role that carries it out into its database and schema. Items that are in the list before another
// can be needed by it, no others.
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

// next is the first item that can begin; ok is false where none can yet.
func (o *order) next() (i int, ok bool) {
	for i, begun := range o.begun {
		if !begun && !slices.ContainsFunc(o.after[i], func(j int) bool { return !o.over[j] }) {
			o.begun[i] = true
			return i, true
		}
	}
	return 0, false
}

// items carries the plan's items out. One that failed stops those that stand on it, and no others. While a
// person is asked about one, those that have begun go on, and none begins.
func (x *executor) items(ctx context.Context) error {
	items := x.Plan.Items
	o := newOrder(items)
	ends := make(chan ended)
	running := 0
	begin := func(i int) {
		running++
		go func() {
			end := ended{step: i + 1}
			if broken := safely.Call(func() error {
				end = x.try(ctx, i+1, items[i])
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
			case x.passes(i+1, items[i]):
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
		again, err := x.after(ctx, items[end.step-1], end)
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

// passes deals with an item of which nothing runs: it is as it is to be, it cannot be, or what it stands on
// is not there.
func (x *executor) passes(step int, item snowflake.Item) bool {
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
