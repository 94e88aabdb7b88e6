package engine

import (
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// grantable returns an error for a privilege that this account does not have on a kind of object.
func (e *Engine) grantable(kind, privilege string) *grammar.Error {
	inside := privilege == grammar.ManageGrants && kind != grammar.KindAccount && !e.is(ManageGrantsInside)
	rule := kind == grammar.KindRule && privilege == "USAGE" && !e.is(RuleUsage)
	if inside || rule {
		return grammar.Compile(3008, "42601", "Invalid privilege '%s' for object type '%s'.", privilege, kind)
	}
	return nil
}

// manages reports whether roles may grant on an object that they do not own: whether they have MANAGE GRANTS on the
// account, on the object's database or schema, or on the object if it is one.
func (e *Engine) manages(roles map[string]bool, o *object) bool {
	if e.hasGlobal(roles, grammar.ManageGrants) {
		return true
	}
	places := []*object{e.get(grammar.KindDatabase, o.parts[0])}
	if len(o.parts) > 1 {
		places = append(places, e.get(grammar.KindSchema, o.parts[:2]...))
	}
	return slices.ContainsFunc(places, func(place *object) bool {
		return place != nil && (grammar.Depth(o.kind) > 1 || o == place) && slices.ContainsFunc(e.grants, func(g grant) bool {
			return g.on == place.key() && g.privilege == grammar.ManageGrants && roles[g.to]
		})
	})
}

// has reports whether one of the roles owns an object or has a privilege on it.
func (e *Engine) has(roles map[string]bool, privilege string, o *object) bool {
	if o.owner != "" && roles[o.owner] {
		return true
	}
	return slices.ContainsFunc(e.grants, func(g grant) bool {
		return g.on == o.key() && g.privilege == privilege && roles[g.to]
	}) || e.inherits(roles, o, privilege)
}

// hasGlobal reports whether one of the roles has a privilege on the account.
func (e *Engine) hasGlobal(roles map[string]bool, privilege string) bool {
	return slices.ContainsFunc(e.grants, func(g grant) bool {
		return g.on == "" && g.privilege == privilege && roles[g.to]
	})
}

// owns reports whether the session's roles own an object.
func (s *Session) owns(o *object) bool { return o.owner != "" && s.roles()[o.owner] }

// may reports whether the session's roles own an object or have one of the given privileges on it.
func (s *Session) may(o *object, privileges ...string) bool {
	roles := s.roles()
	return slices.ContainsFunc(privileges, func(p string) bool { return s.e.has(roles, p, o) })
}

// touches reports whether roles have any privilege on an object.
func (e *Engine) touches(roles map[string]bool, o *object) bool {
	if o.owner != "" && roles[o.owner] {
		return true
	}
	k := o.key()
	return slices.ContainsFunc(e.grants, func(g grant) bool { return g.on == k && roles[g.to] }) || e.inherits(roles, o, "")
}

// sees reports whether the session may see an object: whether its roles have any privilege on it, or MANAGE GRANTS.
// Everyone sees roles and users.
func (s *Session) sees(o *object) bool {
	roles := s.roles()
	switch o.kind {
	case grammar.KindRole, grammar.KindUser, grammar.KindDatabaseRole:
		return true
	default:
		return s.e.manages(roles, o) || s.e.touches(roles, o)
	}
}

// owning returns the role that owns what the session creates.
func (s *Session) owning() string { return roleKey(s.role) }

// mayCreate returns an error if the session's role may not create an object in a schema. The role needs the privilege
// on the schema, and any privilege on schema and database.
func (s *Session) mayCreate(kind string, n grammar.Name) *grammar.Error {
	database := s.e.get(grammar.KindDatabase, n[0])
	if database == nil || !s.sees(database) {
		return s.missingPlace(kind, grammar.Absent("Database", grammar.Qualified(n[0])))
	}
	roles := s.primary()
	if kind == grammar.KindSchema {
		if !s.e.has(roles, "CREATE SCHEMA", database) {
			return s.lacks(database, "CREATE SCHEMA")
		}
		return nil
	}
	schema := s.e.get(grammar.KindSchema, n[0], n[1])
	if schema == nil || !s.sees(schema) {
		return s.missingPlace(kind, grammar.Absent("Schema", grammar.Qualified(n[:2]...)))
	}
	if !s.e.touches(roles, database) {
		return s.lacks(database, "USAGE")
	}
	if s.e.has(roles, "CREATE "+kind, schema) {
		return nil
	}
	// https://docs.snowflake.com/en/sql-reference/sql/create-network-rule#access-control-requirements
	if kind == grammar.KindRule && roles[roleKey(securityAdmin)] && s.e.touches(roles, schema) {
		return nil
	}
	return s.lacks(schema, "CREATE "+kind)
}

// mayCreateGlobal returns an error if the session's role may not create an object in the account.
func (s *Session) mayCreateGlobal(privileges ...string) *grammar.Error {
	roles := s.primary()
	if slices.ContainsFunc(privileges, func(p string) bool { return s.e.hasGlobal(roles, p) }) {
		return nil
	}
	return s.lacks(nil, privileges[:1]...)
}

// lacks returns the error for a role that has none of the given privileges on an object, or on the account if o is nil.
func (s *Session) lacks(o *object, privileges ...string) *grammar.Error {
	kind, short, full := grammar.KindAccount, s.e.Options.account, s.e.Options.account
	if o != nil {
		kind, short, full = o.kind, grammar.QuoteName(o.short()), o.full()
	}
	err := grammar.Denied(strings.ToLower(strings.ReplaceAll(kind, " ", "_")), short)
	if s.e.is(RefusalsExplained) {
		privileges = slices.DeleteFunc(slices.Clone(privileges), func(p string) bool { return p == "" })
		err.Message += ". Your primary role " + s.role + " must have " + strings.Join(privileges, " or ") + " granted on " + kind + " " + full + "."
	}
	return err
}

// mustOwn returns an error unless the session owns an object.
func (s *Session) mustOwn(o *object) *grammar.Error { return s.must(o, "OWNERSHIP") }

// must returns an error unless the session has one of the given privileges on an object.
func (s *Session) must(o *object, privileges ...string) *grammar.Error {
	if !s.may(o, privileges...) {
		return s.lacks(o, privileges...)
	}
	return s.reach(o)
}

// reach returns an error if the role has no privilege on an object's database or schema. Being able to see everything,
// as with MANAGE GRANTS, is not enough to use an object.
func (s *Session) reach(o *object) *grammar.Error {
	roles := s.roles()
	for i := 1; i < len(o.parts) && grammar.Depth(o.kind) == 3; i++ {
		kind := grammar.KindDatabase
		if i == 2 {
			kind = grammar.KindSchema
		}
		if above := s.e.get(kind, o.parts[:i]...); above != nil && !s.e.touches(roles, above) {
			return s.lacks(above, "USAGE")
		}
	}
	return nil
}

// refer returns an object that another object will refer to, or an error if a privilege is missing.
func (s *Session) refer(kind string, n grammar.Name, doing string, privileges ...string) (*object, *grammar.Error) {
	o, err := s.find(kind, n, doing)
	if err != nil {
		return nil, err
	}
	return o, s.must(o, privileges...)
}

// applyFuture applies the future grants for its kind to a new object. Future grants in the schema take precedence over
// those in the database.
func (e *Engine) applyFuture(o *object) {
	if len(o.parts) < 2 {
		return
	}
	var list []futureGrant
	for _, in := range []string{key(grammar.KindSchema, o.parts[:len(o.parts)-1]...), key(grammar.KindDatabase, o.parts[0])} {
		if len(list) > 0 {
			break
		}
		for _, f := range e.future {
			if f.in == in && f.kind == o.kind {
				list = append(list, f)
			}
		}
	}
	for _, f := range list {
		if f.privilege == "OWNERSHIP" {
			o.owner = f.to
			continue
		}
		e.give(grant{privilege: f.privilege, on: o.key(), to: f.to, by: f.by, option: f.option})
	}
}
