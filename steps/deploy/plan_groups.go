package deploy

import (
	"slices"

	"sleet/snowflake"
	"sleet/ui/message"
)

// PlanGroups are the indexes of a plan's items in display order: first changes, then blocked items by cause, and
// unchanged items last.
type PlanGroups struct {
	Changes, Unknown, Same []int
	Blocked                []BlockedGroup
}

// BlockedGroup is the items that one cause blocks, followed by those that only wait for another item.
type BlockedGroup struct {
	Cause message.Message
	Items []int
}

// GroupsOf groups the items of an assessment's plan.
func GroupsOf(s Assessment) PlanGroups {
	var g PlanGroups
	for i, item := range s.Plan.Items {
		switch {
		case item.Action == snowflake.ActionCannot:
			g.block(causeOf(s.Plan, item), i)
		case IsUnknown(s, item):
			g.Unknown = append(g.Unknown, i)
		case item.Action == snowflake.ActionSame:
			g.Same = append(g.Same, i)
		default:
			g.Changes = append(g.Changes, i)
		}
	}
	for _, group := range g.Blocked {
		slices.SortStableFunc(group.Items, func(a, b int) int {
			return min(len(s.Plan.Items[a].Blocked), 1) - min(len(s.Plan.Items[b].Blocked), 1)
		})
	}
	return g
}

// block adds an item to the group of its cause.
func (g *PlanGroups) block(cause message.Message, item int) {
	same := func(b BlockedGroup) bool { return b.Cause.String() == cause.String() }
	at := slices.IndexFunc(g.Blocked, same)
	if at < 0 {
		g.Blocked = append(g.Blocked, BlockedGroup{Cause: cause})
		at = len(g.Blocked) - 1
	}
	g.Blocked[at].Items = append(g.Blocked[at].Items, item)
}

// causeOf returns why an item is blocked. For one that waits for others, it is the reason of the first of those.
func causeOf(plan snowflake.Plan, item snowflake.Item) message.Message {
	for range plan.Items { // bounded, because a plan from elsewhere may contain a cycle
		if len(item.Blocked) == 0 {
			break
		}
		at := slices.IndexFunc(plan.Items, func(other snowflake.Item) bool { return other.Ref == item.Blocked[0] })
		if at < 0 {
			break
		}
		item = plan.Items[at]
	}
	return item.Reason
}
