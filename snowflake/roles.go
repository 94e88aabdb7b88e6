package snowflake

import (
	"slices"
	"strings"
)

// Roles is who may do what, as far as the account shows it, which is never everything.
type Roles struct {
	// Current is the session's role. Available are all roles that the person can take with USE ROLE.
	Current   Name
	Available []Name
	// Bound reports whether the session cannot switch roles, as with a token that is restricted to one role.
	Bound bool
	// Secondary reports whether the privileges of all available roles count, except for creating objects.
	// https://docs.snowflake.com/en/sql-reference/sql/use-secondary-roles
	Secondary bool
	// Granted are the roles and database roles granted to each role directly.
	Granted map[Name][]Name
	// Privileges are the privileges granted to each role directly. One without an object is inherited: it applies to
	// every object of its type.
	Privileges map[Name][]Privilege
	// Known are the roles whose grants could be read. Nothing is known about any other role.
	Known map[Name]bool
}

// Public is the role that every user has.
var Public = StoredObject("PUBLIC") //nolint:gochecknoglobals // A constant, which Go has no word for.

// Effective returns a role and all roles that it has through the hierarchy, including PUBLIC.
func (r Roles) Effective(role Name) []Name {
	all := []Name{role, Public}
	for i := 0; i < len(all); i++ {
		for _, child := range r.Granted[all[i]] {
			if !slices.Contains(all, child) {
				all = append(all, child)
			}
		}
	}
	return all
}

// Has reports whether a role has a privilege by a visible grant to itself or, for a role of the person, to a secondary
// role.
func (r Roles) Has(need Privilege) bool {
	if r.Holds(need.Role, need) {
		return true
	}
	if !r.Secondary || strings.HasPrefix(need.Name, "CREATE ") || !r.CanUse(need.Role) {
		return false
	}
	return slices.ContainsFunc(r.Available, func(role Name) bool { return r.Holds(role, need) })
}

// Holds reports whether a role itself has a privilege by a visible grant.
func (r Roles) Holds(role Name, need Privilege) bool {
	roles := r.Effective(role)
	if need.On == OnDatabaseRole {
		return slices.Contains(roles, need.Object)
	}
	if need.On == OnAccount && slices.Contains(roles, StoredObject(administrator)) {
		return true
	}
	for _, has := range roles {
		for _, p := range r.Privileges[has] {
			inherited := p.Object.IsZero() && p.On != OnAccount
			if p.On == need.On && (p.Object == need.Object || inherited) && covers(p.Name, need.Name) {
				return true
			}
		}
	}
	return false
}

// covers reports whether one privilege implies another. CREATE INTEGRATION implies CREATE EXTERNAL ACCESS INTEGRATION.
// https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration
func covers(have, need string) bool {
	if need == manageGrants || need == manageCallerGrants || strings.HasPrefix(need, callerPrefix) { // the owner of an object may not grant on objects of others inside it
		return have == need
	}
	return have == need || have == ownership || have == "ALL" || have == "ALL PRIVILEGES" ||
		need == CreateExternalAccess && have == "CREATE INTEGRATION"
}

// CreateExternalAccess is the privilege to create external access integrations only.
const CreateExternalAccess = "CREATE EXTERNAL ACCESS INTEGRATION"

// PrivilegesOn returns the names of a role's privileges on an object, according to the grants that could be read.
func (r Roles) PrivilegesOn(role Name, ref Ref) []string {
	var list []string
	for _, has := range r.Effective(role) {
		for _, p := range r.Privileges[has] {
			if p.On == ref.Kind.On() && p.Object == ref.Name {
				list = append(list, p.Name)
			}
		}
	}
	return list
}

// Owner returns the owner of an object according to the grants that could be read, or the zero Name.
func (r Roles) Owner(ref Ref) Name {
	for role, list := range r.Privileges {
		for _, p := range list {
			if p.Name == ownership && p.On == ref.Kind.On() && p.Object == ref.Name {
				return role
			}
		}
	}
	return Name{}
}

// CanUse reports whether the session can switch to a role.
func (r Roles) CanUse(role Name) bool {
	if role == r.Current || role.IsZero() {
		return true
	}
	return !r.Bound && (len(r.Available) == 0 || slices.Contains(r.Available, role))
}

// ownership is the privilege of an object's owner.
const ownership = "OWNERSHIP"
