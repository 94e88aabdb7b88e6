package engine

import (
	"slices"
	"strings"
	"time"

	"sleet/snowflake/snowflaketest/grammar"
)

// The roles that every account has.
// https://docs.snowflake.com/en/user-guide/security-access-control-overview#system-defined-roles
const (
	AccountAdmin  = "ACCOUNTADMIN"
	securityAdmin = "SECURITYADMIN"
	sysAdmin      = "SYSADMIN"
	userAdmin     = "USERADMIN"
	publicRole    = "PUBLIC"
)

// member is a role or user that a role is granted to.
type member struct {
	to, by  string
	created time.Time
}

// grant is one privilege of a role: on an object, or on the account if on is empty.
type grant struct {
	privilege, on, to, by string
	option                bool
	created               time.Time
}

// futureGrant is a privilege on future objects in a schema or database.
type futureGrant struct {
	privilege, kind, in, to, by string
	option                      bool
	created                     time.Time
}

// pypiKey returns the key of the database role that lets an app install packages from PyPI.
func pypiKey() string { return key(grammar.KindDatabaseRole, "SNOWFLAKE", "PYPI_REPOSITORY_USER") }

func roleKey(role string) string { return key(grammar.KindRole, role) }

// ship adds what Snowflake ships with an account.
func (e *Engine) ship() {
	e.objects, e.members = map[string]*object{}, map[string][]member{}
	e.parameters = accountParameters()
	for _, role := range []string{AccountAdmin, securityAdmin, sysAdmin, userAdmin, publicRole} {
		e.add(&object{kind: grammar.KindRole, parts: grammar.Name{role}})
	}
	e.join(roleKey(securityAdmin), roleKey(AccountAdmin), "")
	e.join(roleKey(sysAdmin), roleKey(AccountAdmin), "")
	e.join(roleKey(userAdmin), roleKey(securityAdmin), "")
	for role, privileges := range map[string][]string{
		AccountAdmin: {
			"CREATE INTEGRATION", "CREATE EXTERNAL ACCESS INTEGRATION", "CREATE ACCOUNT", "CREATE SHARE",
			"MANAGE ACCOUNT SUPPORT CASES", "MONITOR USAGE",
		},
		securityAdmin: {"MANAGE GRANTS", "CREATE NETWORK POLICY"},
		sysAdmin:      {"CREATE DATABASE", "CREATE WAREHOUSE", "CREATE COMPUTE POOL"},
		userAdmin:     {"CREATE USER", "CREATE ROLE"},
	} {
		for _, privilege := range privileges {
			e.give(grant{privilege: privilege, to: roleKey(role)})
		}
	}
	e.add(&object{kind: grammar.KindDatabase, parts: grammar.Name{"SNOWFLAKE"}})
	for _, schema := range []string{"CORE", "CORTEX", "SNOWPARK", "EXTERNAL_ACCESS", "NETWORK_SECURITY"} {
		e.add(&object{kind: grammar.KindSchema, parts: grammar.Name{"SNOWFLAKE", schema}})
	}
	for _, role := range []string{"CORTEX_USER", "CORTEX_ANALYST_USER", "PYPI_REPOSITORY_USER", "CORE_VIEWER", "ML_USER"} {
		e.add(&object{kind: grammar.KindDatabaseRole, parts: grammar.Name{"SNOWFLAKE", role}})
		if k := key(grammar.KindDatabaseRole, "SNOWFLAKE", role); k != pypiKey() || !e.is(PypiWithheld) {
			e.join(k, roleKey(publicRole), "")
		}
	}
	e.add(&object{kind: grammar.KindDatabaseRole, parts: grammar.Name{"SNOWFLAKE", usageViewer}})
	e.give(grant{privilege: "USAGE", on: key(grammar.KindDatabase, "SNOWFLAKE"), to: roleKey(publicRole)})
	e.give(grant{privilege: "USAGE", on: key(grammar.KindSchema, "SNOWFLAKE", "EXTERNAL_ACCESS"), to: roleKey(publicRole)})
	rule := e.add(&object{kind: grammar.KindRule, parts: grammar.Name{"SNOWFLAKE", "EXTERNAL_ACCESS", "PYPI_RULE"}})
	rule.props = map[string]value{
		"TYPE": {text: "HOST_PORT"}, "MODE": {text: "EGRESS"},
		"VALUE_LIST": {list: []string{"pypi.org", "pypi.python.org", "pythonhosted.org", "files.pythonhosted.org"}},
	}
	e.give(grant{privilege: "USAGE", on: rule.key(), to: roleKey(publicRole)})
	pool := e.add(&object{kind: grammar.KindPool, parts: grammar.Name{"SYSTEM_COMPUTE_POOL_CPU"}, owner: roleKey(AccountAdmin)})
	pool.props = map[string]value{
		"MIN_NODES": {text: "1"}, "MAX_NODES": {text: "150"}, "INSTANCE_FAMILY": {text: "CPU_X64_S"},
		"AUTO_RESUME": {text: "true"}, "AUTO_SUSPEND_SECS": {text: "259200"},
	}
	e.give(grant{privilege: "USAGE", on: pool.key(), to: roleKey(publicRole), by: roleKey(AccountAdmin)})
}

// furnish adds the other contents of a new account, and a developer's workspace: a warehouse, the role DEV, and the
// database APPS, which DEV owns.
func (e *Engine) furnish() {
	dev := e.add(&object{kind: grammar.KindRole, parts: grammar.Name{"DEV"}, owner: roleKey(userAdmin)}).key()
	warehouse := e.add(&object{kind: grammar.KindWarehouse, parts: grammar.Name{"COMPUTE_WH"}, owner: roleKey(AccountAdmin)})
	e.give(grant{privilege: "USAGE", on: warehouse.key(), to: dev, by: warehouse.owner})
	e.add(&object{kind: grammar.KindDatabase, parts: grammar.Name{"APPS"}, owner: dev})
	e.add(&object{kind: grammar.KindSchema, parts: grammar.Name{"APPS", "PUBLIC"}, owner: dev})
}

// join grants a role to a role or user.
func (e *Engine) join(role, to, by string) {
	if !slices.ContainsFunc(e.members[role], func(m member) bool { return m.to == to }) {
		e.members[role] = append(e.members[role], member{to: to, by: by, created: e.tick()})
	}
}

// leave revokes a role.
func (e *Engine) leave(role, to string) {
	e.members[role] = slices.DeleteFunc(e.members[role], func(m member) bool { return m.to == to })
}

// give adds a privilege, or the grant option to an existing one.
func (e *Engine) give(g grant) {
	g.created = e.tick()
	for i, have := range e.grants {
		if have.privilege == g.privilege && have.on == g.on && have.to == g.to {
			e.grants[i].option = have.option || g.option
			return
		}
	}
	e.grants = append(e.grants, g)
}

// take revokes a privilege.
func (e *Engine) take(privilege, on, to string) {
	e.grants = slices.DeleteFunc(e.grants, func(g grant) bool {
		return g.privilege == privilege && g.on == on && g.to == to
	})
}

// closure returns the keys of all roles that roles have: themselves, the roles granted to them, and PUBLIC.
func (e *Engine) closure(roles ...string) map[string]bool {
	held := map[string]bool{}
	queue := append(slices.Clone(roles), roleKey(publicRole))
	for len(queue) > 0 {
		role := queue[0]
		queue = queue[1:]
		if held[role] {
			continue
		}
		held[role] = true
		for child, list := range e.members {
			if !held[child] && slices.ContainsFunc(list, func(m member) bool { return m.to == role }) {
				queue = append(queue, child)
			}
		}
	}
	return held
}

// available returns the account roles that a user can switch to, sorted.
func (e *Engine) available(user string) []string {
	var roles []string
	for k := range e.closure(key(grammar.KindUser, user)) {
		if o := e.objects[k]; o != nil && o.kind == grammar.KindRole {
			roles = append(roles, o.parts[0])
		}
	}
	slices.Sort(roles)
	return roles
}

// primary returns the roles that the session has through its role alone. Only these own and create objects.
func (s *Session) primary() map[string]bool { return s.e.closure(roleKey(s.role)) }

// roles returns all roles of the session, including secondary roles if they are active.
func (s *Session) roles() map[string]bool {
	if s.Secondary {
		return s.e.closure(roleKey(s.role), key(grammar.KindUser, s.user))
	}
	return s.primary()
}

// named returns a role's name from its key, for display.
func named(key string) string {
	parts := strings.Split(key, "\x00")
	return strings.Join(parts[1:], ".")
}

// kindOf returns the kind from a key.
func kindOf(key string) string { return strings.Split(key, "\x00")[0] }
