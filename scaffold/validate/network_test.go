package validate

import (
	"strings"

	"sleet/scaffold"
)

func networkCases() []ruleCase {
	hosts := func(list ...string) func(*scaffold.App) { return func(a *scaffold.App) { a.Network.Hosts = list } }
	good := hosts("api.example.com")
	secret := func(a *scaffold.App) { a.Secrets = []scaffold.SecretDecl{{Key: "k"}} }
	const at = "network.hosts[0]"
	return []ruleCase{
		{"host-empty", at, hosts(" ")},
		{"host-empty", "", good},
		{"host-characters", at, hosts("api example.com")},
		{"host-characters", at, hosts("api..example.com")},
		{"host-characters", at, hosts("-api.example.com")},
		{"host-characters", at, hosts("a$b.example.com")},
		{"host-characters", at, hosts("a\x00.example.com")},
		{"host-characters", "", hosts("my_bucket.s3.eu-west-1.amazonaws.com")},
		{"host-scheme", at, hosts("https://api.example.com/v1")},
		{"host-scheme", "", good},
		{"host-path", at, hosts("api.example.com/v1")},
		{"host-path", at, hosts("api.example.com?x=1")},
		{"host-path", "", good},
		{"host-user", at, hosts("me:pw@api.example.com")},
		{"host-user", "", good},
		{"host-address", at, hosts("192.168.0.1")},
		{"host-address", at, hosts("192.168.0.0/24")},
		{"host-address", at, hosts("10.0.0.1-10.0.0.9")},
		{"host-address", at, hosts("10.0.0.1:8080")},
		{"host-address", at, hosts("::1")},
		{"host-address", at, hosts("[2001:db8::1]:443")},
		{"host-address", at, hosts("0.0.0.0/0")},
		{"host-address", "", hosts("0.0.0.0", "10.example.com")},
		{"host-port", at, hosts("api.example.com:0443")},
		{"host-port", at, hosts("api.example.com:65536")},
		{"host-port", at, hosts("api.example.com:")},
		{"host-port", at, hosts("api.example.com:https")},
		{"host-port", at, hosts("api.example.com:90-80")},
		{"host-port", at, hosts("api.example.com:80:81")},
		{"host-port", at, hosts("api.example.com:-1")},
		{"host-port", "", hosts("a.example.com:1", "b.example.com:65535", "c.example.com:0", "d.example.com:8000-8100")},
		{"host-every-port", at, hosts("0.0.0.0:8080")},
		{"host-every-port", at, hosts("0.0.0.0:0")},
		{"host-every-port", "", hosts("0.0.0.0", "0.0.0.0:80", "0.0.0.0:443")},
		{"host-stars", at, hosts("*.*.example.com")},
		{"host-stars", "", hosts("*.example.com")},
		{"host-star-place", at, hosts("*.com")},
		{"host-star-place", at, hosts("api.*.com")},
		{"host-star-place", at, hosts("*")},
		{"host-star-place", "", hosts("*.example.com", "api-*.example.com", "snowflake*abc.example.com")},
		{"host-unicode", at, hosts("bücher.example")},
		{"host-unicode", "", hosts("xn--bcher-kva.example")},
		{"host-dot", at, hosts("api.example.com.")},
		{"host-dot", "", good},
		{"host-length", at, hosts(strings.Repeat("a", 64) + ".example.com")},
		{"host-length", at, hosts(strings.Repeat("a.", 126) + "com")},
		{"host-length", "", hosts(strings.Repeat("a", 63) + ".example.com")},
		{"host-local", at, hosts("localhost:8080")},
		{"host-local", "", good},
		{"host-duplicate", "network.hosts[1]", hosts("api.example.com", "API.example.com:443")},
		{"host-duplicate", "", hosts("api.example.com", "api.example.com:8443")},
		{"host-everything", at, hosts("0.0.0.0")},
		{"host-everything", "", hosts("*.example.com")},
		{"secrets-without-host", "network.hosts", secret},
		{"secrets-without-host", "", func(a *scaffold.App) { secret(a); good(a) }},
		{"secrets-without-host", "", func(a *scaffold.App) { secret(a); a.Network.Rules = []string{"DB.S.RULE"} }},
		{"rule-duplicate", "network.rules[1]", func(a *scaffold.App) { a.Network.Rules = []string{"r", `"R"`} }},
		{"rule-duplicate", "network.rules[1]", func(a *scaffold.App) {
			a.App.Database, a.App.Schema, a.Network.Rules = "D", "S", []string{"D.S.R", "R"}
		}},
		{"rule-duplicate", "network.rules[0]", func(a *scaffold.App) { good(a); a.Network.Rules = []string{"demo_egress"} }},
		{"rule-duplicate", "", func(a *scaffold.App) { a.Network.Rules = []string{"A.R", "B.R"} }},
		{"integration-shared", "secrets[0].integration", func(a *scaffold.App) {
			a.Network.Integration = "I"
			a.Secrets = []scaffold.SecretDecl{{Key: "k", Type: scaffold.CloudProviderToken, Integration: "i"}}
		}},
		{"integration-shared", "", func(a *scaffold.App) {
			a.Secrets = []scaffold.SecretDecl{{Key: "k", Type: scaffold.CloudProviderToken, Integration: "I"}}
		}},
	}
}
