package snowflake

import (
	"slices"
	"strings"
)

// unfit says why what is there cannot serve an app, whatever ALTER may do; empty where it can.
func unfit(x Object, found Found) string {
	is := func(property string, want ...string) bool {
		have := found.Values[property]
		return have == "" || slices.ContainsFunc(want, func(w string) bool { return strings.EqualFold(have, w) })
	}
	rules := []string{"HOST_PORT"}
	if len(x.Create) == 0 {
		rules = append(rules, "PRIVATE_HOST_PORT") // its values are others' to choose
	}
	switch {
	// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/runtime-environments
	case x.Kind == KindPool && !is("AUTO_RESUME", "true"):
		return "it does not resume on its own, as a Streamlit app needs it; its owner mends that with ALTER COMPUTE POOL " +
			x.Name + " SET AUTO_RESUME = TRUE"
	case x.Kind == KindPool && !is("IS_EXCLUSIVE", "false"):
		return "it is kept for a native app alone; name another pool in sleet.toml"
	case x.Kind == KindNetworkRule && !(is("MODE", "EGRESS") && is("TYPE", rules...)):
		return "the rule that has this name is for " + found.Values["MODE"] + " of " + found.Values["TYPE"] +
			", and neither can be changed; an app's is for EGRESS of HOST_PORT: name another in sleet.toml (network.rule, network.rules)"
	// https://docs.snowflake.com/en/developer-guide/streamlit/limitations
	case x.Kind == KindStage && strings.HasPrefix(strings.ToUpper(found.Values["TYPE"]), "EXTERNAL"):
		return "it is an external stage, from which no app can be made; set app.stage to another name in sleet.toml"
	// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
	case x.Kind == KindStreamlit && found.Values["ROOT_LOCATION"] != "":
		return "it was made with ROOT_LOCATION, which takes neither a runtime nor a live version; " +
			"give the app another name in sleet.toml, and it is made beside this one, under a URL of its own"
	default:
		return ""
	}
}

// forbidden says why the account lets no new app of a runtime in.
// https://docs.snowflake.com/en/sql-reference/parameters
func (p *planner) forbidden(x Object) string {
	container := slices.ContainsFunc(x.Properties, func(q Property) bool {
		return q.Name == "RUNTIME_NAME" && strings.Contains(q.Want, "CONTAINER")
	})
	if x.Kind != KindStreamlit || !container {
		return ""
	}
	parameters := p.account.Parameters
	names := func(parameter, word string) bool {
		return slices.ContainsFunc(strings.FieldsFunc(parameters[parameter], func(r rune) bool { return strings.ContainsRune(", '\"[]", r) }),
			func(w string) bool { return strings.EqualFold(w, word) || strings.EqualFold(w, "ALL") })
	}
	const allowed, disallowed, pool = "ALLOWED_SPCS_WORKLOAD_TYPES", "DISALLOWED_SPCS_WORKLOAD_TYPES", "DEFAULT_STREAMLIT_COMPUTE_POOL"
	switch {
	case parameters[allowed] != "" && !names(allowed, "STREAMLIT"):
		return "the account's " + allowed + " is " + parameters[allowed] + ", which bars Streamlit from compute pools; use the warehouse runtime, or ask an administrator"
	case names(disallowed, "STREAMLIT"):
		return "the account's " + disallowed + " is " + parameters[disallowed] + ", which bars Streamlit from compute pools; use the warehouse runtime, or ask an administrator"
	}
	if value, known := parameters[pool]; known && value == "" && !slices.ContainsFunc(x.Properties, func(q Property) bool { return q.Name == "COMPUTE_POOL" }) {
		return "the account's " + pool + " is empty; name a pool as app.compute_pool in sleet.toml"
	}
	return ""
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
