package snowflake

import (
	"slices"
	"strings"

	"sleet/ui/message"
)

// administrator is the role in an administrator's script. It may grant anything.
// https://docs.snowflake.com/en/user-guide/security-access-control-overview
const administrator = "ACCOUNTADMIN"

// lacking returns the privileges that a resource needs and its role is known to lack.
func (p *planner) lacking(x Resource) []Privilege {
	var list []Privilege
	for _, need := range x.Needs {
		if !p.satisfied(need) {
			list = append(list, need)
		}
	}
	return list
}

// remedy returns the statements with which an administrator makes an item possible: the grants that its role is known
// to lack or, if none is known, those that are not known to exist.
func (p *planner) remedy(item Item) []Statement {
	switch {
	case item.Kind == KindUpload:
		return nil
	case item.Kind == KindGrant:
		return p.grantStatements([]Privilege{item.Grant})
	case item.Action == ActionAlter:
		found := p.account.Found[item.Ref]
		if !found.Owner.IsZero() && !p.has(item.Owner, found.Owner) {
			return asRole(item.Statements, found.Owner)
		}
		return item.Statements
	case !p.available(item.Owner):
		return p.byAdministrator(item)
	}
	if item.Kind == KindSchema && item.Name.Schema == "PUBLIC" {
		return p.grantsIfExists(item.Resource) // every database has it
	}
	needs := slices.Clone(item.Needs)
	lacking := p.lacking(item.Resource)
	if item.Kind == KindStreamlit {
		// Its CREATE statement names the objects that it runs on.
		for _, used := range p.desired.List {
			if !used.Managed {
				needs, lacking = append(needs, used.Needs...), append(lacking, p.lacking(used)...)
			}
		}
	}
	if len(lacking) > 0 {
		return p.grantStatements(p.withUsage(lacking))
	}
	var unproven []Privilege
	for _, need := range needs {
		if !p.granted(need) {
			unproven = append(unproven, need)
		}
	}
	if len(unproven) == 0 {
		unproven = needs
	}
	return p.grantStatements(p.withUsage(unproven))
}

// grantsIfExists returns the grants for a schema that exists but that its role may not use: every privilege that the
// app needs in it.
func (p *planner) grantsIfExists(schema Resource) []Statement {
	if schema.Kind != KindSchema {
		return nil
	}
	var needs []Privilege
	for _, x := range p.desired.List {
		for _, need := range x.Needs {
			if need.On == OnSchema && need.Object == schema.Name && need.Role == schema.Owner && !slices.Contains(needs, need) {
				needs = append(needs, need)
			}
		}
	}
	return p.grantStatements(p.withUsage(needs))
}

// byAdministrator returns the statements with which an administrator creates an object that the person has no role for.
func (p *planner) byAdministrator(item Item) []Statement {
	if user := p.account.Context.User; user != "" && item.Kind != KindIntegration && item.Owner.Object != administrator {
		// The app's own role: once the person has it, the administrator has nothing else to do.
		return []Statement{{
			Ref: Ref{Kind: KindSession, Name: item.Owner}, Role: StoredObject(administrator),
			SQL: "GRANT ROLE " + p.desired.Spelling.SQL(item.Owner) + " TO USER " + FromStored(user),
		}}
	}
	// ACCOUNTADMIN creates the integration. Another role, named in the answers, may not see a network rule that it does
	// not own, and no documented privilege changes that.
	role := StoredObject(administrator)
	var needs []Privilege
	for _, need := range item.Needs {
		if need.Role = role; need.On != OnAccount {
			needs = append(needs, need)
		}
	}
	return append(p.grantStatements(p.withUsage(needs)), asRole(item.Create(p.desired.Spelling), role)...)
}

// withUsage adds USAGE on the database and schema of each privilege's object, unless the role is known to have it.
func (p *planner) withUsage(needs []Privilege) []Privilege {
	var all []Privilege
	add := func(need Privilege) {
		if !slices.Contains(all, need) {
			all = append(all, need)
		}
	}
	for _, need := range needs {
		if need.On == OnAccount || need.On == OnDatabaseRole {
			add(need)
			continue
		}
		for _, on := range []struct {
			kind string
			name Name
		}{{OnDatabase, need.Object.InDatabase()}, {OnSchema, Name{Database: need.Object.Database, Schema: need.Object.Schema}}} {
			way := Privilege{Name: "USAGE", On: on.kind, Object: on.name, Role: need.Role}
			if !on.name.IsZero() && (on.kind == OnDatabase || on.name.Schema != "") && !p.granted(way) && need.Object != on.name {
				add(way)
			}
		}
		add(need)
	}
	return all
}

// grantStatements returns the statements with which an administrator grants privileges.
func (p *planner) grantStatements(needs []Privilege) []Statement {
	list := make([]Statement, 0, len(needs))
	for _, need := range needs {
		if !p.granted(need) {
			list = append(list, Statement{
				Ref: Ref{Kind: KindGrant, Grant: need}, SQL: p.desired.Spelling.Grant(need), Role: StoredObject(administrator),
			})
		}
	}
	return list
}

// text returns a privilege as a message.
func (p Privilege) text() message.Message {
	switch {
	case p.On == OnDatabaseRole:
		return message.New("planned.privilege_role", "name", p.Object.SQL())
	case p.Object.IsZero():
		return message.New("planned.privilege_account", "privilege", p.Name)
	default:
		return message.New("planned.privilege", "privilege", p.Name, "kind", Kind(strings.ToLower(p.On)).Text(), "name", p.Object.SQL())
	}
}

// noRole returns the reason that the person cannot take a role.
func (p *planner) noRole(role Name) message.Message {
	if p.account.Roles.Bound {
		return message.New("planned.bound", "current", p.account.Roles.Current.SQL(), "role", role.SQL())
	}
	return message.New("planned.no_role", "role", role.SQL())
}

// available reports whether the session can take a role.
func (p *planner) available(role Name) bool { return p.account.Roles.CanUse(role) }

// has reports whether a role has another one, directly or through the hierarchy.
func (p *planner) has(role, other Name) bool {
	return slices.Contains(p.account.Roles.Effective(role), other)
}

// satisfied reports whether a role has a privilege, gets it by this plan, or is not known to lack it.
func (p *planner) satisfied(need Privilege) bool {
	if p.granted(need) || !p.account.Roles.Known[need.Role] {
		return true
	}
	if _, planned := p.plannedGrant(need); planned {
		return true // If that grant is impossible, what needs it waits for it.
	}
	for _, x := range p.at[place{need.On, need.Object}] {
		presence := p.account.Found[x.Ref].Presence
		if !x.Managed || presence != Absent && presence != Unknown {
			continue
		}
		// Nothing can be granted on an object that does not exist yet; the role that creates it will own it.
		if p.state[x.Ref] == ActionCannot || x.Owner == need.Role || p.has(need.Role, x.Owner) {
			return true
		}
	}
	return false
}

// plannedGrant returns the grant of a privilege that is part of the plan.
func (p *planner) plannedGrant(need Privilege) (Resource, bool) {
	grant, ok := p.grants[need]
	return grant, ok
}

// granted reports whether a role already has a privilege, by a grant or as the owner.
func (p *planner) granted(need Privilege) bool {
	return p.account.Roles.Has(need) || p.owns(need)
}

// holds reports whether the role itself has a privilege, ignoring the session's other roles. A grant of the privilege
// to another role is compared this way.
func (p *planner) holds(need Privilege) bool {
	return p.account.Roles.Holds(need.Role, need) || p.owns(need)
}

// owns reports whether a role has a privilege as the owner of its object.
func (p *planner) owns(need Privilege) bool {
	if need.Name == manageGrants || need.OfCaller() {
		return false // ownership implies neither
	}
	roles := p.account.Roles.Effective(need.Role)
	return slices.ContainsFunc(p.owners[place{need.On, need.Object}], func(owner Name) bool { return slices.Contains(roles, owner) })
}

// granter returns the role that runs a grant. If the person cannot take the planned role, the owner of the object can
// grant it as well.
func (p *planner) granter(x Resource) Name {
	if p.available(x.Owner) || x.Grant.On == OnAccount || x.Grant.On == OnDatabaseRole {
		return x.Owner
	}
	for _, on := range p.at[place{x.Grant.On, x.Grant.Object}] {
		owner := p.account.Found[on.Ref].Owner
		if owner.IsZero() && on.Managed {
			owner = on.Owner
		}
		if !owner.IsZero() && p.available(owner) {
			return owner
		}
	}
	return x.Owner
}

// grantForecast returns why a grant may be refused, or the zero message.
func (p *planner) grantForecast(x Resource) message.Message {
	switch {
	case p.mayGrant(x):
		return message.Message{}
	case p.managed(x.Grant):
		return message.New("planned.managed")
	default:
		return message.New("planned.no_grant", "role", x.Owner.SQL())
	}
}

// mayGrant reports whether the role of a grant may run it, according to the visible grants.
func (p *planner) mayGrant(x Resource) bool {
	roles := p.account.Roles.Effective(x.Owner)
	if slices.Contains(roles, StoredObject("SECURITYADMIN")) || slices.Contains(roles, StoredObject(administrator)) {
		return true
	}
	if x.Grant.OfCaller() {
		return p.granted(Privilege{Name: manageCallerGrants, On: OnAccount, Role: x.Owner})
	}
	schema := Name{Database: x.Grant.Object.Database, Schema: x.Grant.Object.Schema}
	for _, all := range []Privilege{
		{Name: manageGrants, On: OnAccount, Role: x.Owner},
		{Name: manageGrants, On: OnDatabase, Object: schema.InDatabase(), Role: x.Owner},
		{Name: manageGrants, On: OnSchema, Object: schema, Role: x.Owner},
	} {
		if p.granted(all) {
			return true
		}
	}
	owner := Privilege{Name: ownership, On: x.Grant.On, Object: x.Grant.Object, Role: x.Owner}
	if p.managed(x.Grant) {
		owner.On, owner.Object = OnSchema, schema
	}
	return p.satisfied(owner)
}

// manageGrants is the privilege to grant privileges on objects of other owners.
const manageGrants = "MANAGE GRANTS"

// manageCallerGrants is the privilege to run caller grants.
// https://docs.snowflake.com/en/sql-reference/sql/grant-caller
const manageCallerGrants = "MANAGE CALLER GRANTS"

// managed reports whether a grant is on an object in a managed access schema.
// https://docs.snowflake.com/en/sql-reference/sql/create-schema
func (p *planner) managed(g Privilege) bool {
	if g.On == OnSchema || g.Object.Object == "" || g.Object.Schema == "" {
		return false
	}
	schema := Ref{Kind: KindSchema, Name: g.Object.Parent()}
	return p.account.Found[schema].Values["MANAGED ACCESS"] == "true"
}

// asRole returns the statements with another role.
func asRole(list []Statement, role Name) []Statement {
	other := slices.Clone(list)
	for i := range other {
		other[i].Role = role
	}
	return other
}

func joined(words []string) string { return strings.Join(words, ", ") }
