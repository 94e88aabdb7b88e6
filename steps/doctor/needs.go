package doctor

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/snowflake"
)

// needs is what an app lacks. SET replaces a whole list, so each statement has to include all of it.
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
type needs struct {
	hosts    []string
	bindings []snowflake.Entry
	// allowed are secrets that an integration has to allow. attach are integrations to attach to the app.
	allowed []snowflake.Name
	attach  []snowflake.Name
}

func (n *needs) host(host string) {
	if !slices.Contains(n.hosts, host) {
		n.hosts = append(n.hosts, host)
	}
}

func (n *needs) bind(key string, secret snowflake.Name) {
	if !slices.ContainsFunc(n.bindings, func(e snowflake.Entry) bool { return e.Key == key }) {
		n.bindings = append(n.bindings, snowflake.Entry{Key: key, Name: secret})
	}
}

func (n *needs) allow(secret snowflake.Name) {
	if !slices.Contains(n.allowed, secret) {
		n.allowed = append(n.allowed, secret)
	}
}

// attached returns the integrations of the app.
func (d *doctor) attached() []snowflake.Name {
	return names(d.e.Observed.Lists["EXTERNAL_ACCESS_INTEGRATIONS"])
}

func names(entries []snowflake.Entry) []snowflake.Name {
	list := make([]snowflake.Name, 0, len(entries))
	for _, e := range entries {
		list = append(list, e.Name)
	}
	return list
}

// target returns the integration to extend: one that is attached and visible, else one of the account that fits, else a
// new one, which does not exist yet.
func (d *doctor) target() (name snowflake.Name, there, isAttached bool) {
	for _, name := range d.attached() {
		if d.e.Get(snowflake.KindIntegration, name).Presence == snowflake.Present {
			return name, true, true
		}
	}
	if name, ok := d.fitting(); ok {
		return name, true, false
	}
	app := d.e.App
	return snowflake.StoredObject(snowflake.Derived(snowflake.SanitizeIdent(app.Database)+"_"+snowflake.SanitizeIdent(app.Schema)+"_"+snowflake.SanitizeIdent(app.Object), "_ACCESS")), false, false
}

// fitting returns an integration that is not attached and already allows a secret or a host that the app needs.
func (d *doctor) fitting() (snowflake.Name, bool) {
	var list []snowflake.Name
	for ref, seen := range d.e.Found {
		if ref.Kind != snowflake.KindIntegration || seen.Presence != snowflake.Present || slices.Contains(d.attached(), ref.Name) {
			continue
		}
		fits := slices.ContainsFunc(d.needs.allowed, func(s snowflake.Name) bool { return allowsSecret(seen, s) == OK }) ||
			slices.ContainsFunc(d.needs.hosts, func(h string) bool { return d.allows(ref.Name, h) == OK })
		if fits {
			list = append(list, ref.Name)
		}
	}
	slices.SortFunc(list, func(a, b snowflake.Name) int { return strings.Compare(a.Object, b.Object) })
	if len(list) == 0 {
		return snowflake.Name{}, false
	}
	return list[0], true
}

// allowsSecret reports whether an integration allows a secret. ALL allows every secret.
func allowsSecret(seen snowflake.Observed, name snowflake.Name) State {
	list, shown := seen.Lists["ALLOWED_AUTHENTICATION_SECRETS"]
	if !shown {
		return Unknown
	}
	for _, e := range list {
		if e.Name == name || strings.EqualFold(e.Text, "ALL") {
			return OK
		}
	}
	return Broken
}

// allows reports whether an integration's network rules allow a host.
func (d *doctor) allows(integration snowflake.Name, host string) State {
	seen := d.e.Get(snowflake.KindIntegration, integration)
	list, shown := seen.Lists["ALLOWED_NETWORK_RULES"]
	if seen.Presence != snowflake.Present || !shown {
		return Unknown
	}
	state := Broken
	for _, e := range list {
		values, shown := d.ruleHosts(e.Name)
		if !shown {
			state = Unknown
			continue
		}
		for _, v := range values {
			if rule, err := scaffold.ParseHost(v); err == nil && rule.Covers(host) {
				return OK
			}
		}
	}
	return state
}

// packageHosts are the hosts of Snowflake's own network rule for PyPI.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
var packageHosts = []string{"pypi.org", "pypi.python.org", "pythonhosted.org", "files.pythonhosted.org"}

// ruleHosts returns the hosts of a network rule, if the account shows them.
func (d *doctor) ruleHosts(rule snowflake.Name) (hosts []string, shown bool) {
	if rule.Database == "SNOWFLAKE" && rule.Object == "PYPI_RULE" {
		return packageHosts, true
	}
	list, shown := d.e.Get(snowflake.KindNetworkRule, rule).Lists["VALUE_LIST"]
	for _, e := range list {
		hosts = append(hosts, e.Text)
	}
	return hosts, shown
}

// reach returns the statements that provide all missing external access: hosts in a network rule, the rule and the
// secrets in an integration, the integration and the secrets on the app.
func (d *doctor) reach() []snowflake.Statement {
	target, there, isAttached := d.target()
	seen := d.e.Get(snowflake.KindIntegration, target)
	var list []snowflake.Statement
	ruleStatements, rule := d.ruleStatements(seen, there)
	list = append(list, ruleStatements...)
	for _, s := range d.needs.allowed {
		if owner := d.secretOwner(s); owner != administrator {
			list = append(list, snowflake.Statement{
				Ref: snowflake.Ref{Kind: snowflake.KindGrant},
				SQL: "GRANT USAGE ON SECRET " + s.SQL() + " TO ROLE " + administrator.SQL(), Role: owner,
			})
		}
	}
	changes := d.integrationStatements(target, there, rule)
	if len(changes) > 0 {
		list = append(list, d.reachable(rule)...)
	}
	list = append(list, changes...)
	if d.granted(d.e.Owner, "USAGE", snowflake.KindIntegration, target) != OK {
		list = append(list, snowflake.Statement{SQL: "GRANT USAGE ON INTEGRATION " + target.SQL() + " TO ROLE " + d.e.Owner.SQL(), Role: administrator})
	}
	if !isAttached {
		d.needs.attach = []snowflake.Name{target}
	}
	return append(list, d.appStatement()...)
}

// reachable returns the grants that let the administrator use the schemas of the objects in an integration. Even
// ACCOUNTADMIN lacks them in a schema of a role outside its hierarchy.
// https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration
func (d *doctor) reachable(rule snowflake.Name) []snowflake.Statement {
	var list []snowflake.Statement
	var schemas []snowflake.Name
	for _, name := range append(slices.Clone(d.needs.allowed), rule) {
		schema := name.Parent()
		if schema.IsZero() || slices.Contains(schemas, schema) {
			continue
		}
		schemas = append(schemas, schema)
		list = append(list,
			snowflake.Statement{SQL: "GRANT USAGE ON DATABASE " + schema.InDatabase().SQL() + " TO ROLE " + administrator.SQL(), Role: administrator},
			snowflake.Statement{SQL: "GRANT USAGE ON SCHEMA " + schema.SQL() + " TO ROLE " + administrator.SQL(), Role: administrator})
	}
	return list
}

// secretOwner returns the owner of a secret, or the app's owner if it is not known.
func (d *doctor) secretOwner(name snowflake.Name) snowflake.Name {
	if owner := d.e.Get(snowflake.KindSecret, name).Owner; !owner.IsZero() {
		return owner
	}
	return d.e.Owner
}

// ruleStatements adds missing hosts to a rule of the integration, or creates a rule.
func (d *doctor) ruleStatements(integration snowflake.Observed, there bool) (list []snowflake.Statement, made snowflake.Name) {
	if len(d.needs.hosts) == 0 {
		return nil, snowflake.Name{}
	}
	missing := d.needs.hosts
	var rules []snowflake.Name
	if there {
		rules = names(integration.Lists["ALLOWED_NETWORK_RULES"])
	}
	for _, rule := range rules {
		seen := d.e.Get(snowflake.KindNetworkRule, rule)
		values, shown := d.ruleHosts(rule)
		if rule.Database == "SNOWFLAKE" || !shown || seen.Presence != snowflake.Present || !strings.EqualFold(seen.Values["TYPE"], "HOST_PORT") {
			continue
		}
		owner := seen.Owner
		if owner.IsZero() {
			owner = d.e.Owner
		}
		return []snowflake.Statement{{
			SQL:  "ALTER NETWORK RULE " + rule.SQL() + " SET VALUE_LIST = (" + strings.Join(snowflake.Literals(union(values, missing)), ", ") + ")",
			Role: owner,
		}}, snowflake.Name{}
	}
	made = snowflake.Name{Database: d.e.App.Database, Schema: d.e.App.Schema, Object: snowflake.Derived(snowflake.SanitizeIdent(d.e.App.Object), "_EGRESS")}
	for n := 2; d.e.Get(snowflake.KindNetworkRule, made).Presence == snowflake.Present; n++ {
		made.Object = snowflake.Derived(snowflake.SanitizeIdent(d.e.App.Object), "_EGRESS_"+string(rune('0'+n)))
	}
	return []snowflake.Statement{{
		SQL: "CREATE NETWORK RULE IF NOT EXISTS " + made.SQL() + "\n  TYPE = HOST_PORT\n  MODE = EGRESS\n  VALUE_LIST = (" +
			strings.Join(snowflake.Literals(missing), ", ") + ")",
		Role: d.e.Owner,
	}}, made
}

func union(have, add []string) []string {
	all := slices.Clone(have)
	for _, v := range add {
		if !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	return all
}

// integrationStatements creates the integration, or adds a rule and secrets to it.
func (d *doctor) integrationStatements(name snowflake.Name, there bool, rule snowflake.Name) []snowflake.Statement {
	seen := d.e.Get(snowflake.KindIntegration, name)
	var rules, secrets []snowflake.Name
	if there {
		rules, secrets = names(seen.Lists["ALLOWED_NETWORK_RULES"]), names(seen.Lists["ALLOWED_AUTHENTICATION_SECRETS"])
	}
	before := len(rules) + len(secrets)
	if !rule.IsZero() {
		rules = append(rules, rule)
	}
	for _, s := range d.needs.allowed {
		if allowsSecret(seen, s) != OK {
			secrets = append(secrets, s)
		}
	}
	clauses := ""
	if !rule.IsZero() || !there && len(rules) > 0 {
		clauses += "\n  ALLOWED_NETWORK_RULES = (" + joined(rules) + ")"
	}
	if len(d.needs.allowed) > 0 && len(secrets) > 0 {
		clauses += "\n  ALLOWED_AUTHENTICATION_SECRETS = (" + joined(secrets) + ")"
	}
	switch {
	case !there:
		return []snowflake.Statement{{
			SQL:  "CREATE EXTERNAL ACCESS INTEGRATION IF NOT EXISTS " + name.SQL() + clauses + "\n  ENABLED = TRUE",
			Role: administrator,
		}}
	case len(rules)+len(secrets) == before:
		return nil
	default:
		return []snowflake.Statement{{SQL: "ALTER EXTERNAL ACCESS INTEGRATION " + name.SQL() + " SET" + clauses, Role: administrator}}
	}
}

func joined(list []snowflake.Name) string {
	texts := make([]string, 0, len(list))
	for _, n := range list {
		texts = append(texts, n.SQL())
	}
	return strings.Join(texts, ", ")
}

// appStatement returns the ALTER of the app for everything that it lacks, or nil.
func (d *doctor) appStatement() []snowflake.Statement {
	var clauses string
	if len(d.needs.attach) > 0 {
		there := slices.DeleteFunc(d.attached(), func(i snowflake.Name) bool {
			return d.seen(d.e.Get(snowflake.KindIntegration, i)) == Broken // SET must not name an integration that does not exist
		})
		clauses += "\n  EXTERNAL_ACCESS_INTEGRATIONS = (" + joined(append(there, d.needs.attach...)) + ")"
	}
	if len(d.needs.bindings) > 0 {
		var list []string
		bound := slices.DeleteFunc(slices.Clone(d.e.Observed.Lists["SECRETS"]), func(e snowflake.Entry) bool {
			return slices.ContainsFunc(d.needs.bindings, func(n snowflake.Entry) bool { return n.Key == e.Key })
		})
		for _, e := range append(bound, d.needs.bindings...) {
			list = append(list, snowflake.Literal(e.Key)+" = "+e.Name.SQL())
		}
		clauses += "\n  SECRETS = (" + strings.Join(list, ", ") + ")"
	}
	if clauses == "" {
		return nil
	}
	return []snowflake.Statement{{SQL: "ALTER STREAMLIT " + d.e.App.SQL() + " SET" + clauses, Role: d.e.Owner}}
}
