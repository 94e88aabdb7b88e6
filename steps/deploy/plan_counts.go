package deploy

import (
	"sleet/snowflake"
	"sleet/ui/message"
)

// actionUnknown is in a count for what the account does not show.
const actionUnknown snowflake.Action = "unknown"

// Unknown reports whether a plan leaves an item alone because the account does not show it to the
// person: whether it is as it should be is not known.
func Unknown(s Assessment, item snowflake.Item) bool {
	if item.Action != snowflake.ActionSame {
		return false
	}
	found, asked := s.Account.Found[item.Ref]
	return item.Unseen || asked && found.Presence != snowflake.Present
}

// ActionOf returns what a plan does about an item, in one word.
func ActionOf(s Assessment, item snowflake.Item) message.Message {
	if Unknown(s, item) {
		return message.New("plan.unknown")
	}
	return item.Action.Text()
}

// CountsOf says in one line how much a plan does; what it does not do at all is left out.
func CountsOf(s Assessment) message.Message {
	counts := map[snowflake.Action]int{}
	for _, item := range s.Plan.Items {
		action := item.Action
		if Unknown(s, item) {
			action = actionUnknown
		}
		counts[action]++
	}
	var line message.Message
	for _, action := range []snowflake.Action{
		snowflake.ActionCreate, snowflake.ActionAlter, snowflake.ActionSame, actionUnknown, snowflake.ActionCannot,
	} {
		if counts[action] == 0 {
			continue
		}
		count := message.New(message.ID("plan.count_"+string(action)), "things", counts[action])
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
