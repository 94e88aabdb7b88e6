package snowflake

import (
	"slices"
	"strings"
)

// Roles is who may do what, as far as the account shows it. It never shows everything.
type Roles struct {
	// Current is the session's role; Available are all that the person can take with USE ROLE.
	Current   Name
	Available []Name
	// Bound reports whether the session cannot leave its role, as with a token made for one role.
	Bound bool
	// Secondary says that what all available roles have counts, but for making objects.
	// https://docs.snowflake.com/en/sql-reference/sql/use-secondary-roles
	Secondary bool
	// Granted are the roles and database roles that each role has, directly.
	Granted map[Name][]Name
	// Privileges are those granted to each role directly. One without an object is inherited: it is on
	// every object of its kind.
	Privileges map[Name][]Privilege
	// Known are the roles whose grants could be read; about another nothing can be said.
	Known map[Name]bool
}

// Public is the role that everybody has.
var Public = StoredObject("PUBLIC") //nolint:gochecknoglobals // A constant, which Go has no word for.

// Effective are a role and all that it has through the hierarchy, PUBLIC among them.
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

// Has reports whether a role has a privilege by a grant that is shown, of its own or of a secondary role
// that counts for it: for a role of the person's, and for no other.
func (r Roles) Has(need Privilege) bool {
	if r.Holds(need.Role, need) {
		return true
	}
	if !r.Secondary || strings.HasPrefix(need.Name, "CREATE ") || !r.CanTake(need.Role) {
		return false
	}
	return slices.ContainsFunc(r.Available, func(role Name) bool { return r.Holds(role, need) })
}

// Holds reports whether a role itself has a privilege by a grant that is shown.
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

// covers reports whether one privilege is enough for another. CREATE INTEGRATION is the wider one.
// https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration
func covers(have, need string) bool {
	if need == manageGrants || need == manageCallerGrants || strings.HasPrefix(need, callerPrefix) { // the owner of a thing may not grant what others own in it
		return have == need
	}
	return have == need || have == ownership || have == "ALL" || have == "ALL PRIVILEGES" ||
		need == CreateExternalAccess && have == "CREATE INTEGRATION"
}

// CreateExternalAccess is the privilege to make an integration for external access, and no other.
const CreateExternalAccess = "CREATE EXTERNAL ACCESS INTEGRATION"

// On are the privileges that a role has on an object, by their words, as far as the grants tell that
// could be read.
func (r Roles) On(role Name, ref Ref) []string {
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

// Owner is the role that owns an object, as far as the grants tell that could be read; the zero Name
// where they do not.
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

// CanTake reports whether the session can take a role.
func (r Roles) CanTake(role Name) bool {
	if role == r.Current || role.IsZero() {
		return true
	}
	return !r.Bound && (len(r.Available) == 0 || slices.Contains(r.Available, role))
}

// ownership is the privilege of an object's owner.
const ownership = "OWNERSHIP"
