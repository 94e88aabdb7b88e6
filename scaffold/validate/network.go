package validate

import (
	"errors"
	"strings"

	"sleet/scaffold"
	"sleet/snowflake"
)

// hostAnswer is one entry of network.hosts, parsed.
type hostAnswer struct {
	path, raw string
	host      scaffold.Host
	err       error
}

func hostAnswers(hosts []string) []hostAnswer {
	answers := make([]hostAnswer, len(hosts))
	for i, raw := range hosts {
		answers[i] = hostAnswer{path: item("network.hosts", i), raw: raw}
		answers[i].host, answers[i].err = scaffold.ParseHost(raw)
	}
	return answers
}

// checkHosts reports the hosts with the fault of the rule itself.
func checkHosts(in *inspection) {
	for _, h := range in.hosts {
		var fault *scaffold.HostError
		if errors.As(h.err, &fault) && fault.Rule == in.rule.ID {
			bare := strings.TrimSuffix(h.raw, fault.Part)
			if in.rule.ID == "host-scheme" {
				bare = bareHost(h.raw)
			}
			in.found(h.path, "value", h.raw, "part", fault.Part, "bare", bare)
		}
	}
}

// bareHost takes the host out of a web address.
func bareHost(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	rest = rest[strings.LastIndexByte(rest, '@')+1:]
	if i := strings.IndexAny(rest, `/\?#`); i >= 0 {
		rest = rest[:i]
	}
	if rest == "" {
		return "api.example.com"
	}
	return rest
}

func checkHostDuplicate(in *inspection) {
	for i, h := range in.hosts {
		for _, earlier := range in.hosts[:i] {
			if h.err == nil && earlier.err == nil && h.host.Name == earlier.host.Name &&
				h.host.From == earlier.host.From && h.host.To == earlier.host.To {
				in.found(h.path, "value", h.raw, "other_path", earlier.path)
				break
			}
		}
	}
}

func checkHostEverything(in *inspection) {
	for _, h := range in.hosts {
		if h.err == nil && h.host.Name == scaffold.EveryHost {
			in.found(h.path, "value", h.raw)
		}
	}
}

func hostRules() []Rule {
	rules := []Rule{
		{
			ID:      "host-empty",
			Message: "the host is empty",
			Fix:     "name a host such as api.example.com, or take the entry out",
		},
		{
			ID:      "host-characters",
			Message: `the host "{value}" has a part that no host can have`,
			Fix:     "use letters, digits and hyphens between dots, such as api.example.com",
		},
		{
			ID:      "host-scheme",
			Message: `the host "{value}" has a scheme, {part}: a network rule names hosts, not addresses`,
			Fix:     "write {bare}",
		},
		{
			ID:      "host-path",
			Message: `the host "{value}" has a path, {part}: a network rule opens whole hosts`,
			Fix:     "write {bare}",
		},
		{
			ID:      "host-user",
			Message: "the host has a user before an @; a network rule names hosts alone",
			Fix:     "write the host alone; a user and a password belong in a secret: add one to [[secrets]]",
		},
		{
			ID:      "host-address",
			Message: `the host "{value}" is an IP address or a range of them; a rule for outgoing traffic names domains`,
			Fix:     "write the domain of the service, such as api.example.com",
		},
		{
			ID:      "host-port",
			Message: `the host "{value}" has a bad port, "{part}"`,
			Fix:     "write a port from 1 to 65535, a range such as 8000-8100 with the lower one first, or 0 for every port; without one it is 443",
		},
		{
			ID:      "host-every-port",
			Message: `"{value}": 0.0.0.0, every host, goes with the ports 80 and 443 only`,
			Fix:     "write 0.0.0.0:443 or 0.0.0.0:80; better, name the hosts that the app calls",
		},
		{
			ID:      "host-stars",
			Message: `the host "{value}" has more than one *`,
			Fix:     "use one *, which stands for one part of the name, and list the rest one by one",
		},
		{
			ID:      "host-star-place",
			Message: `the host "{value}" has its * too far right: it would stand for domains of anybody's`,
			Fix:     "keep two parts behind it, such as *.example.com",
		},
		{
			ID:      "host-unicode",
			Message: `the host "{value}" has letters outside ASCII`,
			Fix:     "write its ASCII form, which begins with xn-- (Punycode)",
		},
		{
			ID:      "host-dot",
			Message: `the host "{value}" ends with a dot`,
			Fix:     "take the last dot away",
		},
		{
			ID:      "host-length",
			Message: `the host "{value}" is too long: 63 characters a part and 253 in all are the most`,
			Fix:     "check it for a slip",
		},
		{
			ID:      "host-local",
			Message: `the host "{value}" has no domain: Snowflake cannot reach it from where the app runs`,
			Fix:     "write its whole name on the internet, such as api.example.com",
		},
	}
	for i := range rules {
		rules[i].Severity, rules[i].Page, rules[i].check = Error, pageNetworkRule, checkHosts
	}
	return rules
}

// checkSecretsWithoutHost finds secrets in an app that can reach no host to use them at.
func checkSecretsWithoutHost(in *inspection) {
	if len(in.given.Secrets) > 0 && len(in.given.Network.Hosts) == 0 && len(in.given.Network.Rules) == 0 {
		in.found("network.hosts", "integration", in.app.Network.Integration)
	}
}

func checkRuleDuplicate(in *inspection) {
	for i, rule := range in.given.Network.Rules {
		full := in.fullName(rule)
		if full == "" {
			continue
		}
		if full == in.fullName(in.app.Network.Rule) && len(in.given.Network.Hosts) > 0 {
			in.found(item("network.rules", i), "value", rule, "other_path", "network.rule")
			continue
		}
		for j, earlier := range in.given.Network.Rules[:i] {
			if in.fullName(earlier) == full {
				in.found(item("network.rules", i), "value", rule, "other_path", item("network.rules", j))
				break
			}
		}
	}
}

// fullName is a name in the app's schema as SQL writes it with every part that is known, letters
// that SQL folds in upper case; "" for a name that is none.
func (in *inspection) fullName(raw string) string {
	joined, err := snowflake.Join(in.given.App.Database, in.given.App.Schema, raw)
	if err != nil {
		return ""
	}
	parts, err := snowflake.Qualified(joined)
	if err != nil {
		return ""
	}
	for i, part := range parts {
		if stored, err := snowflake.Stored(part); err == nil {
			parts[i] = snowflake.AnyIdent(`"` + strings.ReplaceAll(stored, `"`, `""`) + `"`)
		}
	}
	return strings.Join(parts, ".")
}

// checkIntegrationShared finds the app's integration under the name of another integration: all
// kinds of them share one set of names.
func checkIntegrationShared(in *inspection) {
	for i, s := range in.given.Secrets {
		if s.Integration != "" && snowflake.Same(s.Integration, in.app.Network.Integration) {
			in.found(secretPath(i, "integration"), "value", s.Integration)
		}
	}
}

func networkRules() []Rule {
	return []Rule{
		{
			ID: "host-duplicate", Severity: Warning, Page: pageNetworkRule, check: checkHostDuplicate,
			Message: `the host "{value}" stands in the list already ({other_path})`,
			Fix:     "take one of the two out",
		},
		{
			ID: "host-everything", Severity: Warning, Page: pageNetworkRule, check: checkHostEverything,
			Message: `"{value}" opens every host on the internet to the app: anyone who changes its code can send data anywhere`,
			Fix:     "name the hosts that the app calls",
		},
		{
			ID: "secrets-without-host", Severity: Warning,
			Page:  "https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration",
			check: checkSecretsWithoutHost,
			Message: "there are secrets, but no host: a secret reaches the app through the integration {integration}, and Snowflake's reference " +
				"asks for at least one network rule in it",
			Fix: "add the hosts that the secrets are for to network.hosts, or an existing rule to network.rules",
		},
		{
			ID: "rule-duplicate", Severity: Warning, Page: pageNetworkRule, check: checkRuleDuplicate,
			Message: "the network rule {value} is allowed already ({other_path})",
			Fix:     "take one of the two out",
		},
		{
			ID: "integration-shared", Severity: Error,
			Page:    "https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration",
			check:   checkIntegrationShared,
			Message: "{value} is also the name of the app's own external access integration, and no two integrations of an account have one name",
			Fix:     "give network.integration another name",
		},
	}
}
