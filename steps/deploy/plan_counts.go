package deploy

import (
	"sleet/snowflake"
	"sleet/ui/message"
)

// actionUnknown counts items that the account does not show.
const actionUnknown snowflake.Action = "unknown"

// IsUnknown reports whether a plan leaves an item unchanged because the account does not show it to the person, so that
// its state is unknown.
func IsUnknown(s Assessment, item snowflake.Item) bool {
	if item.Action != snowflake.ActionSame {
		return false
	}
	found, asked := s.Account.Found[item.Ref]
	return item.NotVisible || asked && found.Presence != snowflake.Present
}

// ActionOf returns the name of an item's action.
func ActionOf(s Assessment, item snowflake.Item) message.Message {
	if IsUnknown(s, item) {
		return message.New("plan.unknown")
	}
	return item.Action.Text()
}

// Counts returns how many of the plan's items are done, failed, skipped and left to an administrator, in one line,
// without counts of zero.
func (a Applied) Counts() message.Message {
	var line message.Message
	cannot := message.ID("live.count_cannot")
	if len(a.AdminSQL) == 0 {
		cannot = "plan.count_cannot"
	}
	for _, each := range []struct {
		id message.ID
		n  int
	}{{"live.count_done", a.Done}, {"live.count_failed", a.Failed}, {"live.count_skipped", a.Skipped}, {cannot, a.Cannot}} {
		switch count := message.New(each.id, "steps", each.n, "things", each.n); {
		case each.n == 0:
		case line.IsZero():
			line = count
		default:
			line = message.New("live.count_then", "first", line, "then", count)
		}
	}
	if line.IsZero() {
		return message.New("live.count_done", "steps", 0)
	}
	return line
}

// CountsOf returns the number of items per action in one line, without actions that do not occur.
func CountsOf(s Assessment) message.Message {
	counts := map[snowflake.Action]int{}
	for _, item := range s.Plan.Items {
		action := item.Action
		if IsUnknown(s, item) {
			action = actionUnknown
		}
		counts[action]++
	}
	var line message.Message
	for _, action := range []snowflake.Action{
		snowflake.ActionCreate, snowflake.ActionAlter, snowflake.ActionDrop, snowflake.ActionSame, actionUnknown, snowflake.ActionCannot,
	} {
		if counts[action] == 0 {
			continue
		}
		id := message.ID("plan.count_" + string(action))
		if action == snowflake.ActionSame && counts[snowflake.ActionDrop] > 0 {
			id = "plan.count_kept"
		}
		count := message.New(id, "things", counts[action])
		if line.IsZero() {
			line = count
		} else {
			line = message.New("plan.counts", "first", line, "then", count)
		}
	}
	if line.IsZero() {
		return message.New("plan.nothing")
	}
	return line
}
