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

// checkHosts reports the hosts that break the current rule.
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

// bareHost returns the host of a URL.
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
			ID: "host-empty",
		},
		{
			ID: "host-characters",
		},
		{
			ID: "host-scheme",
		},
		{
			ID: "host-path",
		},
		{
			ID: "host-user",
		},
		{
			ID: "host-address",
		},
		{
			ID: "host-port",
		},
		{
			ID: "host-every-port",
		},
		{
			ID: "host-stars",
		},
		{
			ID: "host-star-place",
		},
		{
			ID: "host-unicode",
		},
		{
			ID: "host-dot",
		},
		{
			ID: "host-length",
		},
		{
			ID: "host-local",
		},
	}
	for i := range rules {
		rules[i].Severity, rules[i].Page, rules[i].check = Error, pageNetworkRule, checkHosts
	}
	return rules
}

// checkSecretsWithoutHost reports an app that has secrets but no host to use them with.
func checkSecretsWithoutHost(in *inspection) {
	if len(in.answers.Secrets) > 0 && len(in.answers.Network.Hosts) == 0 && len(in.answers.Network.Rules) == 0 {
		in.found("network.hosts", "integration", in.app.Network.Integration)
	}
}

func checkRuleDuplicate(in *inspection) {
	for i, rule := range in.answers.Network.Rules {
		full := in.fullName(rule)
		if full == "" {
			continue
		}
		if full == in.fullName(in.app.Network.Rule) && len(in.answers.Network.Hosts) > 0 {
			in.found(item("network.rules", i), "value", rule, "other_path", "network.rule")
			continue
		}
		for j, earlier := range in.answers.Network.Rules[:i] {
			if in.fullName(earlier) == full {
				in.found(item("network.rules", i), "value", rule, "other_path", item("network.rules", j))
				break
			}
		}
	}
}

// fullName returns a name qualified with the app's database and schema as far as they are known,
// with every part quoted as Snowflake stores it. It returns "" if the name is invalid.
func (in *inspection) fullName(raw string) string {
	joined, err := snowflake.Join(in.answers.App.Database, in.answers.App.Schema, raw)
	if err != nil {
		return ""
	}
	parts, err := snowflake.Qualified(joined)
	if err != nil {
		return ""
	}
	for i, part := range parts {
		if stored, err := snowflake.Stored(part); err == nil {
			parts[i] = snowflake.LenientIdent(`"` + strings.ReplaceAll(stored, `"`, `""`) + `"`)
		}
	}
	return strings.Join(parts, ".")
}

// checkIntegrationShared reports secrets whose integration has the same name as the app's external
// access integration. All kinds of integrations share one namespace.
func checkIntegrationShared(in *inspection) {
	for i, s := range in.answers.Secrets {
		if s.Integration != "" && snowflake.SameName(s.Integration, in.app.Network.Integration) {
			in.found(secretPath(i, "integration"), "value", s.Integration)
		}
	}
}

func networkRules() []Rule {
	return []Rule{
		{
			ID: "host-duplicate", Severity: Warning, Page: pageNetworkRule, check: checkHostDuplicate,
		},
		{
			ID: "host-everything", Severity: Warning, Page: pageNetworkRule, check: checkHostEverything,
		},
		{
			ID: "secrets-without-host", Severity: Warning,
			Page:  "https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration",
			check: checkSecretsWithoutHost,
		},
		{
			ID: "rule-duplicate", Severity: Warning, Page: pageNetworkRule, check: checkRuleDuplicate,
		},
		{
			ID: "integration-shared", Severity: Error,
			Page:  "https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration",
			check: checkIntegrationShared,
		},
	}
}
