package deploy

import (
	"sleet/snowflake"
	"sleet/ui/message"
)

// ConfirmApply returns the confirmation prompt of a plan: how many changes, in which account, and as whom.
func ConfirmApply(s Assessment) message.Message {
	return message.New("plan.confirm", "count", ChangeCount(s.Plan), "session", SessionMessage(s))
}

// ConfirmDestroy returns the question before an app is removed.
func ConfirmDestroy(s Assessment) message.Message {
	return message.New("destroy.confirm", "count", ChangeCount(s.Plan), "session", SessionMessage(s))
}

// SessionMessage returns the account, user, role and connection of an assessment, as far as the account reported them.
func SessionMessage(s Assessment) message.Message {
	c := s.Context
	if s.Connection == "" {
		return message.New("plan.session", "account", c.Account, "user", c.User, "role", c.Role)
	}
	return message.New("plan.session_connection", "account", c.Account, "user", c.User, "role", c.Role, "connection", s.Connection)
}

// ChangeCount returns the number of items that change something in the account.
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

// UndropMessage returns how to restore an app that a plan drops, or the zero message if the plan drops its schema too.
// https://docs.snowflake.com/en/sql-reference/sql/undrop
func UndropMessage(plan snowflake.Plan) (text message.Message) {
	for _, item := range plan.Items {
		switch {
		case item.Action != snowflake.ActionDrop:
		case item.Kind == snowflake.KindStreamlit:
			text = message.New("destroy.undrop", "app", item.Name.SQL(), "role", item.Owner.SQL())
		case item.Kind == snowflake.KindSchema:
			return message.Message{}
		}
	}
	return text
}
