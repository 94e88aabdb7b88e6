package snowflake

import (
	"slices"
	"strings"
)

// unfit says why what is there cannot serve an app, whatever ALTER may do; nothing where it can.
func unfit(x Object, found Found) Text {
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
		return say("planned.pool_asleep", "name", x.Name)
	case x.Kind == KindPool && !is("IS_EXCLUSIVE", "false"):
		return say("planned.pool_exclusive")
	case x.Kind == KindNetworkRule && !(is("MODE", "EGRESS") && is("TYPE", rules...)):
		return say("planned.rule_unfit", "mode", found.Values["MODE"], "type", found.Values["TYPE"])
	// https://docs.snowflake.com/en/developer-guide/streamlit/limitations
	case x.Kind == KindStage && strings.HasPrefix(strings.ToUpper(found.Values["TYPE"]), "EXTERNAL"):
		return say("planned.stage_external")
	// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
	case x.Kind == KindStreamlit && found.Values["ROOT_LOCATION"] != "":
		return say("planned.root_location")
	default:
		return Text{}
	}
}

// forbidden says why the account lets no new app of a runtime in.
// https://docs.snowflake.com/en/sql-reference/parameters
func (p *planner) forbidden(x Object) Text {
	container := slices.ContainsFunc(x.Properties, func(q Property) bool {
		return q.Name == "RUNTIME_NAME" && strings.Contains(q.Want, "CONTAINER")
	})
	if x.Kind != KindStreamlit || !container {
		return Text{}
	}
	parameters := p.account.Parameters
	names := func(parameter, word string) bool {
		return slices.ContainsFunc(strings.FieldsFunc(parameters[parameter], func(r rune) bool { return strings.ContainsRune(", '\"[]", r) }),
			func(w string) bool { return strings.EqualFold(w, word) || strings.EqualFold(w, "ALL") })
	}
	const allowed, disallowed, pool = "ALLOWED_SPCS_WORKLOAD_TYPES", "DISALLOWED_SPCS_WORKLOAD_TYPES", "DEFAULT_STREAMLIT_COMPUTE_POOL"
	switch {
	case parameters[allowed] != "" && !names(allowed, "STREAMLIT"):
		return say("planned.barred", "parameter", allowed, "value", parameters[allowed])
	case names(disallowed, "STREAMLIT"):
		return say("planned.barred", "parameter", disallowed, "value", parameters[disallowed])
	}
	if value, known := parameters[pool]; known && value == "" && !slices.ContainsFunc(x.Properties, func(q Property) bool { return q.Name == "COMPUTE_POOL" }) {
		return say("planned.no_pool", "parameter", pool)
	}
	return Text{}
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
