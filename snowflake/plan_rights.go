package snowflake

import (
	"slices"
	"strings"
)

// may says whether the person can make an object; if not, why, and the statements that mend it.
func (p *planner) may(x Object) (reason Text, mend []Statement, ok bool) {
	if !p.available(x.Role) {
		return p.noRole(x.Role), x.Create, false
	}
	if x.Grant != nil {
		if !p.mayGrant(x) && p.managed(*x.Grant) {
			return say("planned.managed"), asRole(x.Create, "SECURITYADMIN"), false
		}
		if !p.mayGrant(x) {
			return say("planned.no_grant", "role", x.Role), asRole(x.Create, "SECURITYADMIN"), false
		}
		return Text{}, nil, true
	}
	var lacking []Text
	for _, need := range x.Needs {
		if !p.satisfied(need) {
			lacking = append(lacking, need.text())
			mend = append(mend, grantOf(need))
		}
	}
	if len(lacking) > 0 && x.Kind == KindSchema {
		mend = p.schemaFor(x)
	}
	if len(lacking) > 0 {
		return say("planned.lacks", "role", x.Role, "privileges", Joined(", ", lacking...)), mend, false
	}
	return Text{}, nil, true
}

// schemaFor are the grants for a schema that the person may not make, or not see. PUBLIC is in
// every database, so what is needed in it is granted; another is the person's own to make, and
// then nothing in it needs a grant. All of them are grants: an administrator need not own the
// database to give them.
// https://docs.snowflake.com/en/sql-reference/sql/create-database
func (p *planner) schemaFor(schema Object) []Statement {
	database := upTo(schema.Name)
	needs := []Privilege{{Name: "USAGE", On: "DATABASE", Object: database, Role: schema.Role}}
	if storedName(schema.Name) != storedName(database)+".PUBLIC" {
		needs = append(needs, schema.Needs...)
	} else {
		for _, x := range p.wanted {
			for _, need := range x.Needs {
				if need.On == "SCHEMA" && storedName(need.Object) == storedName(schema.Name) && Same(need.Role, schema.Role) {
					needs = append(needs, need)
				}
			}
		}
	}
	var list []Statement
	for _, need := range needs {
		grant := grantOf(need)
		known := p.granted(need) || slices.ContainsFunc(list, func(st Statement) bool { return st.SQL == grant.SQL })
		if !known {
			list = append(list, grant)
		}
	}
	return list
}

// upTo is a qualified name without its last part.
func upTo(name string) string {
	parts, err := Qualified(name)
	if err != nil {
		return name
	}
	return strings.Join(parts[:len(parts)-1], ".")
}

// grantsFor are the grants that an object needs, for an administrator.
func (p *planner) grantsFor(x Object) []Statement {
	list := make([]Statement, 0, len(x.Needs))
	for _, need := range x.Needs {
		if !p.satisfied(need) {
			list = append(list, grantOf(need))
		}
	}
	return list
}

// grantOf is the statement that gives a privilege.
func grantOf(p Privilege) Statement {
	if p.On == "DATABASE ROLE" {
		sql := "GRANT DATABASE ROLE " + p.Object + " TO ROLE " + p.Role
		return Statement{Kind: KindGrant, Name: "DATABASE ROLE " + p.Object, SQL: sql, Role: "ACCOUNTADMIN"}
	}
	on := p.Name + " ON " + strings.TrimSpace(p.On+" "+p.Object)
	return Statement{Kind: KindGrant, Name: on, SQL: "GRANT " + on + " TO ROLE " + p.Role, Role: "ACCOUNTADMIN"}
}

// text is a privilege in words.
func (p Privilege) text() Text {
	if p.On == "DATABASE ROLE" {
		return say("planned.privilege_role", "name", p.Object)
	}
	if p.Object == "" {
		return say("planned.privilege_account", "privilege", p.Name)
	}
	return say("planned.privilege", "privilege", p.Name, "kind", Kind(strings.ToLower(p.On)).Text(), "name", p.Object)
}

// noRole says that a role is not the person's.
func (p *planner) noRole(role string) Text {
	if p.account.Roles.Bound {
		return say("planned.bound", "current", p.account.Roles.Current, "role", role)
	}
	return say("planned.no_role", "role", role)
}

// available says whether the session can take a role.
func (p *planner) available(role string) bool { return p.account.Roles.CanTake(role) }

// has says whether a role has another, directly or through the hierarchy.
func (p *planner) has(role, other string) bool {
	return slices.Contains(p.effective(role), storedName(FromStored(other)))
}

// effective are a role and all that it has, PUBLIC among them.
func (p *planner) effective(role string) []string { return p.account.Roles.Effective(role) }

// satisfied says whether a role has a privilege, will have it by this plan, or cannot be known not
// to have it.
func (p *planner) satisfied(need Privilege) bool {
	if p.granted(need) {
		return true
	}
	if !p.account.Roles.Known[storedName(need.Role)] {
		return true
	}
	if _, planned := p.plannedGrant(need); planned {
		return true // Where the grant cannot be, what needs it waits for it.
	}
	for _, w := range p.wanted {
		if len(w.Create) == 0 || kindOn(w.Kind) != need.On || storedName(w.Name) != storedName(need.Object) ||
			p.account.Found[w.Ref].Presence != Absent {
			continue
		}
		// Nothing can be granted on what is not there; what is to be made is its maker's.
		if p.state[w.Ref] == ActionCannot || Same(w.Role, need.Role) || p.has(need.Role, storedName(w.Role)) {
			return true
		}
	}
	return false
}

// plannedGrant finds the plan's own grant of a privilege.
func (p *planner) plannedGrant(need Privilege) (Object, bool) {
	for _, w := range p.wanted {
		if w.Grant != nil && w.Grant.Name == need.Name && w.Grant.On == need.On &&
			storedName(w.Grant.Object) == storedName(need.Object) && Same(w.Grant.Role, need.Role) {
			return w, true
		}
	}
	return Object{}, false
}

// granted says whether a role has a privilege already, by a grant or as the owner.
func (p *planner) granted(need Privilege) bool {
	roles := p.effective(need.Role)
	if need.On == "DATABASE ROLE" {
		return slices.Contains(roles, storedName(need.Object))
	}
	if need.On == "ACCOUNT" && slices.Contains(roles, "ACCOUNTADMIN") {
		return true
	}
	object := storedName(need.Object)
	for _, role := range roles {
		for _, have := range p.account.Roles.Privileges[role] {
			if have.On == need.On && storedName(have.Object) == object && covers(have.Name, need.Name) {
				return true
			}
		}
	}
	for ref, found := range p.account.Found {
		if found.Owner != "" && kindOn(ref.Kind) == need.On && storedName(ref.Name) == object && slices.Contains(roles, found.Owner) {
			return true
		}
	}
	return false
}

// covers says whether one privilege is enough for another.
// https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration
func covers(have, need string) bool {
	return have == need || have == ownership || have == "ALL" || have == "ALL PRIVILEGES" ||
		need == "CREATE INTEGRATION" && have == "CREATE EXTERNAL ACCESS INTEGRATION"
}

// kindOn is a kind as GRANT … ON writes it.
func kindOn(k Kind) string {
	if k == KindIntegration || k == KindSecurity {
		return "INTEGRATION"
	}
	return strings.ToUpper(string(k))
}

// mayGrant says whether the role of a grant can give it.
func (p *planner) mayGrant(x Object) bool {
	roles := p.effective(x.Role)
	if slices.Contains(roles, "SECURITYADMIN") || slices.Contains(roles, "ACCOUNTADMIN") {
		return true
	}
	if p.granted(Privilege{Name: "MANAGE GRANTS", On: "ACCOUNT", Role: x.Role}) || !p.account.Roles.Known[storedName(x.Role)] {
		return true
	}
	if p.managed(*x.Grant) {
		return p.satisfied(Privilege{Name: ownership, On: "SCHEMA", Object: upTo(x.Grant.Object), Role: x.Role})
	}
	return p.satisfied(Privilege{Name: ownership, On: x.Grant.On, Object: x.Grant.Object, Role: x.Role})
}

// managed says whether a grant is on what lies in a schema with managed access.
// https://docs.snowflake.com/en/sql-reference/sql/create-schema
func (p *planner) managed(g Privilege) bool {
	if g.On == "SCHEMA" || upTo(g.Object) == "" {
		return false
	}
	for ref, found := range p.account.Found {
		if ref.Kind == KindSchema && storedName(ref.Name) == storedName(upTo(g.Object)) {
			return found.Values["MANAGED ACCESS"] == "true"
		}
	}
	return false
}
