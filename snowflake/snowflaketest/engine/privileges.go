package engine

import (
	"slices"
	"strings"
)

// privilegesOf are the privileges of each kind of object, without OWNERSHIP.
// https://docs.snowflake.com/en/sql-reference/sql/grant-privilege
func privilegesOf(kind string) []string {
	switch kind {
	case kindAccount:
		return []string{
			"CREATE ACCOUNT", "CREATE COMPUTE POOL", "CREATE DATABASE", "CREATE EXTERNAL ACCESS INTEGRATION", "CREATE INTEGRATION",
			"CREATE NETWORK POLICY", "CREATE ROLE", "CREATE SHARE", "CREATE USER", "CREATE WAREHOUSE",
			"EXECUTE TASK", "MANAGE GRANTS", manageCallerGrants, "READ SESSION", "MONITOR", "MONITOR USAGE", "MANAGE ACCOUNT SUPPORT CASES",
		}
	case kindDatabase:
		return []string{"CREATE DATABASE ROLE", "CREATE SCHEMA", "IMPORTED PRIVILEGES", "MODIFY", "MONITOR", "USAGE", manageGrants}
	case kindSchema:
		return []string{
			"ADD SEARCH OPTIMIZATION", "CREATE FILE FORMAT", "CREATE FUNCTION", "CREATE NETWORK RULE", "CREATE PROCEDURE", "CREATE SECRET",
			"CREATE SEQUENCE", "CREATE STAGE", "CREATE STREAMLIT", "CREATE TABLE", "CREATE TASK", "CREATE VIEW", "MODIFY", "MONITOR", "USAGE", manageGrants,
		}
	case kindStage:
		return []string{"READ", "USAGE", "WRITE"}
	case kindRule:
		return []string{"USAGE"}
	case kindSecret:
		return []string{"MODIFY", "READ", "USAGE"}
	case kindIntegration:
		return []string{"USAGE", "USE_ANY_ROLE"}
	case kindFunction:
		return []string{"USAGE"}
	case kindStreamlit:
		return []string{"EMBED", "USAGE"}
	case kindWarehouse:
		return []string{"APPLYBUDGET", "MODIFY", "MONITOR", "OPERATE", "USAGE"}
	case kindPool:
		return []string{"MODIFY", "MONITOR", "OPERATE", "USAGE"}
	case kindUser:
		return []string{"MONITOR"}
	default: // roles have OWNERSHIP alone
		return nil
	}
}

// manageGrants lets a role grant on what it does not own: in the account, or in one database or schema.
const manageGrants = "MANAGE GRANTS"

// manageCallerGrants is the privilege to make caller grants.
const manageCallerGrants = "MANAGE CALLER GRANTS"

// grantKinds are the kinds that a privilege can be granted on, by the words of GRANT.
func grantKinds() []string {
	return []string{kindDatabaseRole, kindDatabase, kindSchema, kindStage, kindSecret, kindRule, kindIntegration, kindFunction, kindStreamlit, kindWarehouse, kindPool, kindRole, kindUser}
}

// target is what a GRANT or REVOKE is about.
type target struct {
	privileges []string
	all        bool
	global     bool
	kind       string
	name       name
	// future and every: FUTURE or ALL objects of a kind in a schema or database.
	future, every bool
	in            string
}

// grantee reads [ROLE] name or DATABASE ROLE name.
func (r *reader) grantee() (name, string) {
	if r.word("DATABASE", "ROLE") {
		return r.name(2), kindDatabaseRole
	}
	r.word("ROLE")
	return r.name(1), kindRole
}

// target reads the privileges and what they are on.
func (r *reader) target() *target {
	t := &target{}
	if r.word("ALL") {
		r.word("PRIVILEGES")
		t.all = true
	} else {
		t.privileges = []string{r.privilege()}
		for r.symbol(",") {
			t.privileges = append(t.privileges, r.privilege())
		}
	}
	r.need("ON")
	switch {
	case r.word("ACCOUNT"):
		t.global, t.kind = true, kindAccount
	case r.word("FUTURE"), r.word("ALL"):
		t.future = strings.EqualFold(r.ahead(-1).text, "FUTURE")
		t.every = !t.future
		t.kind = r.plural(grantKinds())
		r.need("IN")
		t.in = r.one(kindDatabase, kindSchema)
		t.name = r.name(depth(t.in))
	default:
		if r.is("EXTERNAL", "ACCESS", "INTEGRATION") {
			r.fail()
		}
		t.kind = r.kind(grantKinds()...)
		t.name = r.name(depth(t.kind))
		if t.kind == kindFunction {
			t.name[len(t.name)-1] += r.signature()
		}
	}
	known := privilegesOf(t.kind)
	for _, privilege := range t.privileges {
		if !slices.Contains(known, privilege) {
			panic(compile(3008, "42601", "Invalid privilege '%s' for object type '%s'.", privilege, t.kind))
		}
	}
	if t.all {
		t.privileges = known
	}
	return t
}

// privilege reads the words of one privilege.
func (r *reader) privilege() string {
	var list []string
	for r.peek().kind == tokenWord && !r.is("ON") {
		list = append(list, strings.ToUpper(r.peek().text))
		r.skip(1)
	}
	if len(list) == 0 {
		r.fail()
	}
	return strings.Join(list, " ")
}

// plural reads the plural of one of some kinds.
func (r *reader) plural(kinds []string) string {
	for _, kind := range kinds {
		if r.word(strings.Fields(plural(kind))...) {
			return kind
		}
	}
	r.fail()
	return ""
}

func plural(kind string) string { return kind + "S" }

// kind takes one of some kinds of objects, which may be two words.
func (r *reader) kind(kinds ...string) string {
	for _, kind := range kinds {
		if r.word(strings.Fields(kind)...) {
			return kind
		}
	}
	r.fail()
	return ""
}
