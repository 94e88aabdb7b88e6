package grammar

import (
	"slices"
	"strings"
)

// privilegesOf returns the privileges on each kind of object, except OWNERSHIP.
// https://docs.snowflake.com/en/sql-reference/sql/grant-privilege
func privilegesOf(kind string) []string {
	switch kind {
	case KindAccount:
		return []string{
			"CREATE ACCOUNT", "CREATE COMPUTE POOL", "CREATE DATABASE", "CREATE EXTERNAL ACCESS INTEGRATION", "CREATE INTEGRATION",
			"CREATE NETWORK POLICY", "CREATE ROLE", "CREATE SHARE", "CREATE USER", "CREATE WAREHOUSE",
			"EXECUTE TASK", "MANAGE GRANTS", ManageCallerGrants, "READ SESSION", "MONITOR", "MONITOR USAGE", "MANAGE ACCOUNT SUPPORT CASES",
		}
	case KindDatabase:
		return []string{"CREATE DATABASE ROLE", "CREATE SCHEMA", "IMPORTED PRIVILEGES", "MODIFY", "MONITOR", "USAGE", ManageGrants}
	case KindSchema:
		return []string{
			"ADD SEARCH OPTIMIZATION", "CREATE FILE FORMAT", "CREATE FUNCTION", "CREATE NETWORK RULE", "CREATE PROCEDURE", "CREATE SECRET",
			"CREATE SEQUENCE", "CREATE STAGE", "CREATE STREAMLIT", "CREATE TABLE", "CREATE TASK", "CREATE VIEW", "MODIFY", "MONITOR", "USAGE", ManageGrants,
		}
	case KindStage:
		return []string{"READ", "USAGE", "WRITE"}
	case KindRule:
		return []string{"USAGE"}
	case KindSecret:
		return []string{"MODIFY", "READ", "USAGE"}
	case KindIntegration:
		return []string{"USAGE", "USE_ANY_ROLE"}
	case KindFunction:
		return []string{"USAGE"}
	case KindStreamlit:
		return []string{"EMBED", "USAGE"}
	case KindWarehouse:
		return []string{"APPLYBUDGET", "MODIFY", "MONITOR", "OPERATE", "USAGE"}
	case KindPool:
		return []string{"MODIFY", "MONITOR", "OPERATE", "USAGE"}
	case KindUser:
		return []string{"MONITOR"}
	default: // roles have OWNERSHIP only
		return nil
	}
}

// ManageGrants is the privilege to grant on objects of other owners, in the account or in one database or schema.
const ManageGrants = "MANAGE GRANTS"

// ManageCallerGrants is the privilege to run caller grants.
const ManageCallerGrants = "MANAGE CALLER GRANTS"

// GrantKinds returns the kinds of objects with privileges, as in GRANT.
func GrantKinds() []string {
	return []string{KindDatabaseRole, KindDatabase, KindSchema, KindStage, KindSecret, KindRule, KindIntegration, KindFunction, KindStreamlit, KindWarehouse, KindPool, KindRole, KindUser}
}

// Target is the object of a GRANT or REVOKE, with its privileges.
type Target struct {
	Privileges []string
	All        bool
	Global     bool
	Kind       string
	Name       Name
	// Future and Every select FUTURE or ALL objects of a kind in a schema or database.
	Future, Every bool
	In            string
}

// Grantee reads [ROLE] name or DATABASE ROLE name.
func (r *Reader) Grantee() (Name, string) {
	if r.Word("DATABASE", "ROLE") {
		return r.Name(2), KindDatabaseRole
	}
	r.Word("ROLE")
	return r.Name(1), KindRole
}

// Target reads privileges and their object.
func (r *Reader) Target() *Target {
	t := &Target{}
	if r.Word("ALL") {
		r.Word("PRIVILEGES")
		t.All = true
	} else {
		t.Privileges = []string{r.Privilege()}
		for r.Symbol(",") {
			t.Privileges = append(t.Privileges, r.Privilege())
		}
	}
	r.Need("ON")
	switch {
	case r.Word("ACCOUNT"):
		t.Global, t.Kind = true, KindAccount
	case r.Word("FUTURE"), r.Word("ALL"):
		t.Future = strings.EqualFold(r.Ahead(-1).Text, "FUTURE")
		t.Every = !t.Future
		t.Kind = r.Plural(GrantKinds())
		r.Need("IN")
		t.In = r.One(KindDatabase, KindSchema)
		t.Name = r.Name(Depth(t.In))
	default:
		if r.Is("EXTERNAL", "ACCESS", "INTEGRATION") {
			r.Fail()
		}
		t.Kind = r.Kind(GrantKinds()...)
		t.Name = r.ObjectName(t.Kind)
	}
	known := privilegesOf(t.Kind)
	for _, privilege := range t.Privileges {
		if !slices.Contains(known, privilege) {
			panic(Compile(3008, "42601", "Invalid privilege '%s' for object type '%s'.", privilege, t.Kind))
		}
	}
	if t.All {
		t.Privileges = known
	}
	return t
}

// Privilege reads the words of one privilege.
func (r *Reader) Privilege() string {
	var list []string
	for r.Peek().Kind == TokenWord && !r.Is("ON") {
		list = append(list, strings.ToUpper(r.Peek().Text))
		r.Skip(1)
	}
	if len(list) == 0 {
		r.Fail()
	}
	return strings.Join(list, " ")
}

// Plural reads the plural of one of the kinds.
func (r *Reader) Plural(kinds []string) string {
	for _, kind := range kinds {
		if r.Word(strings.Fields(Plural(kind))...) {
			return kind
		}
	}
	r.Fail()
	return ""
}

// Plural returns the plural of a kind, as GRANT writes it.
func Plural(kind string) string { return kind + "S" }

// Kind reads one of the kinds, which may have several words.
func (r *Reader) Kind(kinds ...string) string {
	for _, kind := range kinds {
		if r.Word(strings.Fields(kind)...) {
			return kind
		}
	}
	r.Fail()
	return ""
}

// ObjectName reads the name of an object of a kind. A function's ends with the types of its arguments.
func (r *Reader) ObjectName(kind string) Name {
	name := r.Name(Depth(kind))
	if kind == KindFunction {
		name[len(name)-1] += r.Signature()
	}
	return name
}

// SkipCategory skips the words before INTEGRATION, where the name alone tells which one is meant.
func (r *Reader) SkipCategory() {
	if r.Is("EXTERNAL", "ACCESS", "INTEGRATION") {
		r.Skip(2)
	}
	for _, category := range []string{"API", "SECURITY"} {
		if r.Is(category, "INTEGRATION") {
			r.Skip(1)
		}
	}
}
