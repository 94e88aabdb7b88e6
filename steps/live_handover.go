package steps

import (
	"fmt"
	"strings"

	"sleet/scaffold"
	"sleet/snowflake"
)

// Handover gives the script for an administrator with what a person may not do, by role, and a text
// to send with it; both are empty where there is nothing to hand over.
func Handover(app scaffold.App, who snowflake.Context, plan snowflake.Plan) (script []byte, letter string) {
	statements := Survey{Plan: plan}.Handover()
	if len(statements) == 0 {
		return nil, ""
	}
	name := snowflake.AnyIdent(app.Resolve().App.Name)
	var b strings.Builder
	fmt.Fprintf(&b, "-- For an administrator of the account %s: what the Streamlit app %s needs and %s may not do.\n", who.Account, name, who.User)
	b.WriteString("-- Written by sleet. It holds no secret's value. Afterwards, `sleet apply` goes on from there.\n")
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
	letter = fmt.Sprintf(`Please run the attached admin.sql in the Snowflake account %s.
The Streamlit app %s needs it, and my roles do not allow it (user %s, role %s).
Each statement stands under the role that may run it. Tell me when it is done: I go on from there.`,
		who.Account, name, who.User, who.Role)
	if needsValue {
		letter += "\nWhere it says <secret:…>, please ask me for the value; never save it in the file."
	}
	return []byte(b.String()), letter
}
