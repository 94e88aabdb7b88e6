package deploy

import (
	"sleet/snowflake"
	"sleet/ui/message"
)

// ConfirmApply returns the question that is asked before a plan is applied: how many changes, to
// which account, and as whom.
func ConfirmApply(s Assessment) message.Message {
	return message.New("plan.confirm", "count", ChangeCount(s.Plan), "session", SessionMessage(s))
}

// SessionMessage names the account, the user, the role and the connection of an assessment; what
// the account did not tell is left out.
func SessionMessage(s Assessment) message.Message {
	c := s.Context
	if s.Connection == "" {
		return message.New("plan.session", "account", c.Account, "user", c.User, "role", c.Role)
	}
	return message.New("plan.session_connection", "account", c.Account, "user", c.User, "role", c.Role, "connection", s.Connection)
}

// ChangeCount returns how many items of a plan change something in the account.
func ChangeCount(plan snowflake.Plan) int {
	n := 0
	for _, item := range plan.Items {
		switch item.Action {
		case snowflake.ActionCreate, snowflake.ActionAlter, snowflake.ActionDrop:
			n++
		case snowflake.ActionSame, snowflake.ActionCannot:
		}
	}
	return n
}
