package deploy

import (
	"fmt"
	"strings"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/ui/words"
)

// AdminScript returns the script for an administrator with what a person may not do, by role, and a text
// to send with it; both are empty where there is nothing to hand over.
func AdminScript(app scaffold.App, who snowflake.Context, plan snowflake.Plan) (script []byte, letter snowflake.Text) {
	statements := Assessment{Plan: plan}.AdminStatements()
	if len(statements) == 0 {
		return nil, snowflake.Text{}
	}
	name := snowflake.AnyIdent(app.Resolve().App.Name)
	var b strings.Builder
	t := words.For(string(app.Resolve().App.Language)).T
	head := t("handover.head", "Account", who.Account, "App", name, "User", who.User) + "\n" + t("handover.written")
	b.WriteString("-- " + strings.ReplaceAll(head, "\n", "\n-- ") + "\n")
	role := ""
	needsValue := false
	for _, st := range statements {
		if st.Role != "" && st.Role != role {
			role = st.Role
			fmt.Fprintf(&b, "\nUSE ROLE %s;\n", role)
		}
		needsValue = needsValue || len(st.Slots) > 0
		fmt.Fprintf(&b, "\n%s;\n", st.SQL)
	}
	letter = worded("handover.letter", "Account", who.Account, "App", name, "User", who.User, "Role", who.Role)
	if needsValue {
		letter = snowflake.Joined("\n", letter, worded("handover.values"))
	}
	return []byte(b.String()), letter
}
