package deploy

import (
	"fmt"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/ui/message"
)

// AdminScript returns the script for an administrator with what a person may not do, and a text to send with it. Both
// are empty if there is nothing to hand over. Every statement of the script can run now, from top to bottom. What
// depends on an object that does not exist yet waits for another run, and the text says so. s is the current state of
// the account.
func AdminScript(app scaffold.App, s Assessment, items []snowflake.Item) (script []byte, note message.Message) {
	statements, waits := runnable(s, items)
	if len(statements) == 0 {
		return nil, message.Message{}
	}
	name := snowflake.LenientIdent(app.Resolve().App.Name)
	var b strings.Builder
	t := message.For(string(app.Resolve().App.Language)).T
	head := t("handover.head", "account", s.Context.Account, "app", name, "user", s.Context.User) + "\n" + t("handover.written")
	if waits {
		head += "\n" + t("handover.again")
	}
	b.WriteString("-- " + strings.ReplaceAll(head, "\n", "\n-- ") + "\n")
	role := snowflake.Name{}
	needsValue := false
	for _, st := range statements {
		if !st.Role.IsZero() && st.Role != role {
			role = st.Role
			fmt.Fprintf(&b, "\nUSE ROLE %s;\n", s.Desired.Spelling.SQL(role))
		}
		needsValue = needsValue || len(st.Slots) > 0
		fmt.Fprintf(&b, "\n%s;\n", st.SQL)
	}
	note = message.New("handover.letter", "account", s.Context.Account, "app", name, "user", s.Context.User, "role", s.Context.Role)
	if needsValue {
		note = message.Join("\n", note, message.New("handover.values"))
	}
	if waits {
		note = message.Join("\n", note, message.New("handover.second"))
	}
	return []byte(b.String()), note
}

// runnable returns the statements of the items that can run now, each once and in order. waits reports whether others
// cannot run yet, or more will be needed afterwards.
func runnable(s Assessment, items []snowflake.Item) (list []snowflake.Statement, waits bool) {
	made := map[snowflake.Ref]bool{}
	there := func(ref snowflake.Ref) bool { return made[ref] || s.Account.Found[ref].Presence == snowflake.Present }
	for _, item := range items {
		made[item.Ref] = item.Exists
		for _, st := range item.Handover {
			if !ready(s, item, st, there) {
				waits = true
				continue
			}
			if st.Ref == item.Ref && item.Kind != snowflake.KindGrant {
				made[item.Ref] = true
			}
			same := func(other snowflake.Statement) bool { return other.SQL == st.SQL && other.Role == st.Role }
			if !slices.ContainsFunc(list, same) {
				list = append(list, st)
			}
		}
		waits = waits || len(item.Handover) == 0 || len(item.Blocked) > 0 && !made[item.Ref]
	}
	return list, waits
}

// ready reports whether a statement can run: the object of a grant, and what an object depends on, must exist.
func ready(s Assessment, item snowflake.Item, st snowflake.Statement, there func(snowflake.Ref) bool) bool {
	for _, x := range s.Desired.List {
		if !x.Managed || x.Kind == snowflake.KindGrant || x.Kind == snowflake.KindUpload || there(x.Ref) {
			continue
		}
		if st.Kind == snowflake.KindGrant {
			if x.Kind.On() == st.Grant.On && x.Name == st.Grant.Object {
				return false
			}
			continue
		}
		if st.Ref == item.Ref && slices.Contains(item.Uses, x.Ref) {
			return false
		}
	}
	return true
}
