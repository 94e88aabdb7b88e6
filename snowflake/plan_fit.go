package snowflake

import (
	"slices"
	"strings"

	"sleet/ui/message"
)

// incompatible returns why an existing object cannot serve the app and no ALTER can change that, or the zero message.
func incompatible(x Resource, found Observed) message.Message {
	is := func(property string, want ...string) bool {
		have, known := found.Value(property)
		return !known || slices.ContainsFunc(want, func(w string) bool { return strings.EqualFold(have, w) })
	}
	rules := []string{"HOST_PORT"}
	if !x.Managed {
		rules = append(rules, "PRIVATE_HOST_PORT") // its values are the owner's choice
	}
	root, legacy := found.Value("ROOT_LOCATION")
	switch {
	case x.Kind == KindNetworkRule && !(is("MODE", "EGRESS") && is("TYPE", rules...)):
		return message.New("planned.rule_incompatible", "mode", found.Values["MODE"], "type", found.Values["TYPE"])
	// https://docs.snowflake.com/en/developer-guide/streamlit/limitations
	case x.Kind == KindStage && strings.HasPrefix(strings.ToUpper(found.Values["TYPE"]), "EXTERNAL"):
		return message.New("planned.stage_external")
	// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
	case x.Kind == KindStreamlit && legacy && root != "":
		return message.New("planned.root_location")
	default:
		return message.Message{}
	}
}

// unsuitable returns why an object that the app uses may not work for it, as far as documented, or the zero message.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/runtime-environments
func unsuitable(x Resource, found Observed) message.Message {
	is := func(property, want string) bool {
		have, known := found.Value(property)
		return !known || strings.EqualFold(have, want)
	}
	switch {
	case x.Kind == KindPool && !is("AUTO_RESUME", "true"):
		return message.New("planned.pool_asleep", "name", x.Name.SQL())
	case x.Kind == KindPool && !is("IS_EXCLUSIVE", "false"):
		return message.New("planned.pool_exclusive")
	default:
		return message.Message{}
	}
}

// forbidden returns which account parameter forbids a new container app, or that its region may, or the zero message. The
// pages disagree on which government regions have the container runtime; none of them has st.secrets.
// https://docs.snowflake.com/en/sql-reference/parameters
// https://docs.snowflake.com/en/release-notes/bcr-bundles/2026_06/bcr-2342
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration
func (p *planner) forbidden(x Resource) message.Message {
	if x.Kind != KindStreamlit || !inContainer(x) {
		return message.Message{}
	}
	parameters := p.account.Parameters
	names := func(parameter, word string) bool {
		return slices.ContainsFunc(strings.FieldsFunc(parameters[parameter], func(r rune) bool { return strings.ContainsRune(", '\"[]", r) }),
			func(w string) bool { return strings.EqualFold(w, word) || strings.EqualFold(w, "ALL") })
	}
	const allowed, disallowed = "ALLOWED_SPCS_WORKLOAD_TYPES", "DISALLOWED_SPCS_WORKLOAD_TYPES"
	switch {
	case parameters[allowed] != "" && !names(allowed, "STREAMLIT"):
		return message.New("planned.forbidden", "parameter", allowed, "value", parameters[allowed])
	case names(disallowed, "STREAMLIT"):
		return message.New("planned.forbidden", "parameter", disallowed, "value", parameters[disallowed])
	}
	named, _ := x.Property(computePool)
	if value, known := parameters[defaultComputePool]; known && value == "" && named.Value.Empty() {
		return message.New("planned.no_pool", "parameter", defaultComputePool)
	}
	region := p.account.Context.Region
	government := strings.Contains(region, "GOV")
	bindings, _ := x.Property("SECRETS")
	switch {
	case government && !bindings.Value.Empty():
		return message.New("planned.region_secrets", "region", region)
	case government, strings.Contains(region, "_CN_"):
		return message.New("planned.region", "region", region)
	}
	return message.Message{}
}

// trial reports whether the account is known to have no external access, so that the integration cannot be created.
// https://docs.snowflake.com/en/developer-guide/external-network-access/external-network-access-limitations
func (p *planner) trial(x Resource) bool {
	return p.account.Context.Trial && x.Kind == KindIntegration
}

// NoLongerNeeds reports whether a grant is no longer needed, for a role whose grants the person cannot see. CREATE
// EXTERNAL ACCESS INTEGRATION requires USAGE on each secret and on its schema. Once the integration exists and lists
// the secrets, nothing uses those grants.
// https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration
func (d DesiredResources) NoLongerNeeds(account Account, g Privilege) bool {
	return served(d.List, account, g)
}

// served is Served for a list of resources.
func served(list []Resource, account Account, g Privilege) bool {
	if account.Roles.Known[g.Role] {
		return false
	}
	return slices.ContainsFunc(list, func(x Resource) bool {
		found := account.Found[x.Ref]
		if x.Kind != KindIntegration || x.Owner != g.Role || found.Presence != Present {
			return false
		}
		secrets, _ := x.Property("ALLOWED_AUTHENTICATION_SECRETS")
		if g.On == KindSecret.On() {
			secrets.Value = NamesValue(g.Object)
		}
		_, differs := secrets.differs(found)
		return !differs
	})
}

// nameTaken returns the reason that an object of another kind has the name.
func nameTaken(k Kind) message.Message {
	if k != "" && strings.ContainsRune("aeio", rune(k[0])) {
		return message.New("planned.name_taken_an", "kind", k.Text())
	}
	return message.New("planned.name_taken_a", "kind", k.Text())
}

// implied returns the resources of a list that another one of the list depends on, so that they need no mention.
func (p *planner) implied(list []Ref) map[Ref]bool {
	all := map[Ref]bool{}
	for _, ref := range list {
		for _, on := range p.dependencies(p.refs[ref]) {
			if on != ref {
				all[on] = true
			}
		}
	}
	return all
}

// dependencies returns what a resource depends on: the resources that it uses, and the grants of this plan that it
// needs.
func (p *planner) dependencies(x Resource) []Ref {
	list := slices.Clone(x.Uses)
	for _, need := range x.Needs {
		if grant, ok := p.plannedGrant(need); ok {
			list = append(list, grant.Ref)
		}
	}
	return list
}
