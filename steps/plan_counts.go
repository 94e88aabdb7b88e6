package steps

import (
	"sleet/snowflake"
	"sleet/ui/message"
)

// CountsOf says in one line how much a plan does; what it does not do at all is left out.
func CountsOf(plan snowflake.Plan) message.Message {
	counts := map[snowflake.Action]int{}
	for _, item := range plan.Items {
		counts[item.Action]++
	}
	var line message.Message
	for _, action := range []snowflake.Action{
		snowflake.ActionCreate, snowflake.ActionAlter, snowflake.ActionSame, snowflake.ActionCannot,
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
