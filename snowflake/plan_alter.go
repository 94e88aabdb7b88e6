package snowflake

import (
	"slices"
	"strings"
)

// mayAlter checks the right to alter: the owner has it, who inherits from the owner, and for some
// kinds who has MODIFY.
func (p *planner) mayAlter(item *Item, found Found) {
	switch {
	case !p.available(item.Role):
		item.cannot(p.noRole(item.Role), item.Statements)
	case found.Owner != "" && !p.has(item.Role, found.Owner) && !p.modifies(item.Object):
		item.cannot(say("planned.owned", "owner", found.Owner), asRole(item.Statements, FromStored(found.Owner)))
	case item.Ask && !p.options.Shared:
		item.cannot(say("planned.ask", "whose", p.whose(item.Object, found)), nil)
	}
}

// modifies says whether a role may alter what it does not own. Of the kinds that an app has, only
// ALTER SECRET is content with MODIFY; a network rule, an integration and an app take OWNERSHIP.
// https://docs.snowflake.com/en/sql-reference/sql/alter-secret
// https://docs.snowflake.com/en/sql-reference/sql/alter-network-rule
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
func (p *planner) modifies(x Object) bool {
	return x.Kind == KindSecret && slices.Contains(p.account.Roles.On(x.Role, x.Ref), "MODIFY")
}

// users are the other things that use an object, none of them the app's own.
func (p *planner) users(found Found) []Ref {
	return slices.DeleteFunc(slices.Clone(found.Users), func(user Ref) bool {
		return slices.ContainsFunc(p.wanted, func(w Object) bool {
			return w.Kind == user.Kind && strings.EqualFold(storedName(w.Name), user.Name)
		})
	})
}

// shared says whether others made an object, or use it besides the app.
func (p *planner) shared(x Object, found Found) bool {
	switch {
	case len(p.users(found)) > 0:
		return true
	case p.options.Made[x.Ref]:
		return false
	case found.Owner != "":
		return found.Owner != storedName(x.Role)
	default:
		return x.Kind == KindIntegration && p.foreign(x)
	}
}

// whose says who else has a say in an object.
func (p *planner) whose(x Object, found Found) Text {
	users := p.users(found)
	switch {
	case len(users) > 2:
		return say("planned.shared_by_many", "user", users[0].Text(), "other", users[1].Text())
	case len(users) == 2:
		return say("planned.shared_by_two", "user", users[0].Text(), "other", users[1].Text())
	case len(users) == 1:
		return say("planned.shared_by", "users", users[0].Text())
	case found.Owner != "" && found.Owner != storedName(x.Role):
		return say("planned.made_by", "owner", found.Owner)
	default:
		return say("planned.made_elsewhere", "role", x.Role)
	}
}
