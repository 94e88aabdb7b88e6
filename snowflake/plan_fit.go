package snowflake

import "strings"

// unfit says why what is there cannot serve an app, whatever ALTER may do; empty where it can.
func unfit(x Object, found Found) string {
	is := func(property, want string) bool {
		have := found.Values[property]
		return have == "" || strings.EqualFold(have, want)
	}
	switch {
	// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/runtime-environments
	case x.Kind == KindPool && !is("AUTO_RESUME", "true"):
		return "it does not resume on its own, as a Streamlit app needs it; its owner mends that with ALTER COMPUTE POOL " +
			x.Name + " SET AUTO_RESUME = TRUE"
	case x.Kind == KindPool && !is("IS_EXCLUSIVE", "false"):
		return "it is kept for a native app alone; name another pool in sleet.toml"
	case x.Kind == KindNetworkRule && !(is("MODE", "EGRESS") && is("TYPE", "HOST_PORT")):
		return "the rule that has this name is for " + found.Values["MODE"] + " of " + found.Values["TYPE"] +
			", and neither can be changed; set network.rule to another name in sleet.toml"
	// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
	case x.Kind == KindStreamlit && found.Values["ROOT_LOCATION"] != "":
		return "it was made with ROOT_LOCATION, which takes neither a runtime nor a live version; " +
			"give the app another name in sleet.toml, and it is made beside this one, under a URL of its own"
	default:
		return ""
	}
}

// barred says that the account has no external access, so that no integration can be made.
// https://docs.snowflake.com/en/developer-guide/external-network-access/external-network-access-limitations
func (p *planner) barred(x Object) bool {
	return p.account.Context.Trial && x.Kind == KindIntegration
}

// foreign says that an object whose owner is not told is owned by none of a role's: DESCRIBE of an
// integration has no owner, the grants of a role have what it owns.
func (p *planner) foreign(x Object) bool {
	if !p.account.Roles.Known[storedName(x.Role)] {
		return false
	}
	return !p.granted(Privilege{Name: ownership, On: kindOn(x.Kind), Object: x.Name, Role: x.Role})
}
