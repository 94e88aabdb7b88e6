package doctor

import (
	"slices"
	"strings"

	"sleet/scaffold/check/facts"
	"sleet/snowflake"
	"sleet/ui/message"
)

// hosts returns a chain for each host that the code calls.
func (d *doctor) hosts() []Chain {
	var list []Chain
	var seen []string
	for _, use := range facts.Hosts(d.App) {
		if slices.Contains(seen, use.Host) {
			continue
		}
		seen = append(seen, use.Host)
		list = append(list, d.host(use))
	}
	return list
}

// host returns the chain of one host.
func (d *doctor) host(use facts.HostUse) Chain {
	b := newChain(KindHost, use.Host)
	code := message.New("doctor.code.address", "host", use.Host)
	if use.Library != "" {
		code = message.New("doctor.code.library", "library", use.Library, "host", use.Host)
	}
	b.ok("code", place(use.Path, use.Line), code)
	integrations := d.attached()
	if _, shown := d.e.Observed.Lists["EXTERNAL_ACCESS_INTEGRATIONS"]; !shown {
		b.add(Link{
			Name: "integration", State: Unknown, Object: d.e.App.SQL(), Detail: message.New("doctor.integration.hidden", "app", d.e.App.SQL()),
			Statements: []snowflake.Statement{{SQL: "DESCRIBE STREAMLIT " + d.e.App.SQL(), Role: d.reader()}},
		})
		return b.Chain
	}
	if len(integrations) == 0 {
		d.needs.host(use.Host)
		b.add(Link{
			Name: "integration", State: Broken, Object: d.e.App.SQL(), Detail: message.New("doctor.integration.none", "app", d.e.App.SQL(), "host", use.Host),
			Statements: d.reach(),
		})
		return b.Chain
	}
	b.ok("integration", joined(integrations), message.New("doctor.integration.ok", "integrations", joined(integrations)))
	integration, state := d.allowingHost(use.Host, integrations)
	switch state {
	case OK:
		b.ok("rule", integration.SQL(), message.New("doctor.rule.ok", "integration", integration.SQL(), "host", use.Host))
		d.enabled(b, integration)
		d.uses(b, integration, d.e.Owner)
	case Unknown:
		b.add(Link{
			Name: "rule", State: Unknown, Object: joined(integrations), Detail: message.New("doctor.rule.hidden", "integrations", joined(integrations)),
			Statements: d.showRules(integrations),
		})
	default:
		if i, hidden := d.unseenIntegration(integrations); hidden {
			b.add(d.unseenLink("usage", "USAGE", snowflake.KindIntegration, i))
			break
		}
		d.needs.host(use.Host)
		l := Link{
			Name: "rule", State: Broken, Object: joined(integrations),
			Detail: message.New("doctor.rule.missing", "integrations", joined(integrations), "host", use.Host), Statements: d.reach(),
		}
		if allowed := d.allHosts(integrations); len(allowed) > 0 {
			l.Detail = message.New("doctor.rule.others", "integrations", joined(integrations), "host", use.Host, "allowed", strings.Join(allowed, ", "))
		}
		b.add(l)
	}
	return b.Chain
}

// allowingHost returns the integration that allows a host. The state is Unknown if one that is not visible might.
func (d *doctor) allowingHost(host string, integrations []snowflake.Name) (snowflake.Name, State) {
	return d.best(integrations, func(i snowflake.Name) State {
		if d.seen(d.e.Get(snowflake.KindIntegration, i)) == Broken {
			return Broken
		}
		return d.allows(i, host)
	})
}

// maxNames is the maximum number of names in a sentence.
const maxNames = 5

// allHosts returns the hosts that the integrations allow, up to mostNamed.
func (d *doctor) allHosts(integrations []snowflake.Name) []string {
	var all []string
	for _, i := range integrations {
		for _, e := range d.e.Get(snowflake.KindIntegration, i).Lists["ALLOWED_NETWORK_RULES"] {
			hosts, _ := d.ruleHosts(e.Name)
			all = union(all, hosts)
		}
	}
	if len(all) > maxNames {
		all = append(all[:maxNames:maxNames], "…")
	}
	return all
}

// showRules returns the statements that show the network rules of integrations, with the roles that can run them.
func (d *doctor) showRules(integrations []snowflake.Name) []snowflake.Statement {
	var list []snowflake.Statement
	for _, i := range integrations {
		seen := d.e.Get(snowflake.KindIntegration, i)
		if seen.Presence != snowflake.Present {
			list = append(list, describeIntegrations([]snowflake.Name{i})...)
			continue
		}
		for _, e := range seen.Lists["ALLOWED_NETWORK_RULES"] {
			if _, shown := d.ruleHosts(e.Name); !shown {
				owner := d.e.Get(snowflake.KindNetworkRule, e.Name).Owner
				if owner.IsZero() {
					owner = administrator
				}
				list = append(list, snowflake.Statement{SQL: "DESCRIBE NETWORK RULE " + e.Name.SQL(), Role: owner})
			}
		}
	}
	return list
}
