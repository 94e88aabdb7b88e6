package engine

import (
	"slices"
	"strings"
)

// grant reads GRANT ….
func (p *parser) grant() statement {
	switch {
	case p.word("OWNERSHIP"):
		return p.grantOwnership()
	case p.word("DATABASE", "ROLE"):
		return p.grantRole(kindDatabaseRole, true)
	case p.word("ROLE"):
		return p.grantRole(kindRole, true)
	}
	switch {
	case p.isCallerGrant():
		return p.callerGrant(true)
	case p.word("APPLICATION", "ROLE"):
		return p.grantApplicationRole(true)
	case p.word("INHERITED"):
		return p.inherited("TO")
	}
	t := p.target()
	p.need("TO")
	to, toKind := p.grantee()
	option := p.word("WITH", "GRANT", "OPTION")
	return ddl(func(s *Session) (string, *Error) {
		return s.grantEach(t, toKind, to, func(privilege, on, by, grantee string) {
			s.e.give(grant{privilege: privilege, on: on, to: grantee, by: by, option: option})
		}, func(f futureGrant) {
			f.option = option
			s.e.future = append(slices.DeleteFunc(s.e.future, func(have futureGrant) bool { return have.same(f) }), f)
		})
	})
}

// grantEach makes each grant of a statement that the role may make. Accounts differ in what they answer
// about the others.
func (s *Session) grantEach(t *target, toKind string, to name, one func(privilege, on, by, grantee string), promise func(futureGrant)) (string, *Error) {
	if !s.e.is(GrantStatus) && !s.e.is(GrantRefused) {
		return executed, s.eachGrant(t, toKind, to, one, promise)
	}
	var refused []string
	for _, privilege := range t.privileges {
		single := *t
		single.privileges = []string{privilege}
		err := s.eachGrant(&single, toKind, to, one, promise)
		switch {
		case err == nil:
		case err.Code == 3001:
			refused = append(refused, privilege)
		default:
			return "", err
		}
	}
	const none = "Grant not executed: Insufficient privileges."
	switch {
	case len(refused) == 0:
		return executed, nil
	case len(refused) < len(t.privileges):
		return "", refuse(3011, "42501", "Grant partially executed: privileges [%s] not granted.", strings.Join(refused, ", "))
	case s.e.is(GrantStatus):
		return none, nil
	default:
		return "", refuse(3102, "42501", none)
	}
}

// revoke reads REVOKE ….
func (p *parser) revoke() statement {
	switch {
	case p.word("DATABASE", "ROLE"):
		return p.grantRole(kindDatabaseRole, false)
	case p.word("ROLE"):
		return p.grantRole(kindRole, false)
	}
	switch {
	case p.isCallerGrant():
		return p.callerGrant(false)
	case p.word("APPLICATION", "ROLE"):
		return p.grantApplicationRole(false)
	case p.word("INHERITED"):
		return p.inherited("FROM")
	}
	p.word("GRANT", "OPTION", "FOR")
	t := p.target()
	p.need("FROM")
	to, toKind := p.grantee()
	_ = p.word("CASCADE") || p.word("RESTRICT")
	return ddl(func(s *Session) (string, *Error) {
		return executed, s.eachGrant(t, toKind, to, func(privilege, on, _, grantee string) {
			s.e.take(privilege, on, grantee)
		}, func(f futureGrant) {
			s.e.future = slices.DeleteFunc(s.e.future, func(have futureGrant) bool { return have.same(f) })
		})
	})
}

func (f futureGrant) same(g futureGrant) bool {
	return f.privilege == g.privilege && f.kind == g.kind && f.in == g.in && f.to == g.to
}

// eachGrant finds what a GRANT or REVOKE is about, checks that the role may, and does it.
func (s *Session) eachGrant(t *target, toKind string, to name, one func(privilege, on, by, grantee string), promise func(futureGrant)) *Error {
	grantee, err := s.find(toKind, to, "GRANT")
	if err != nil {
		return err
	}
	for _, privilege := range t.privileges {
		if err := s.e.grantable(t.kind, privilege); err != nil && !t.all {
			return err
		}
	}
	if t.all {
		t.privileges = slices.DeleteFunc(slices.Clone(t.privileges), func(privilege string) bool {
			return privilege == manageGrants || s.e.grantable(t.kind, privilege) != nil
		})
	}
	if t.global {
		return s.grantGlobal(t, grantee, one)
	}
	kind := t.kind
	if t.future || t.every {
		kind = t.in
	}
	// MANAGE GRANTS lets a role grant on what it cannot use.
	o, err := s.find(kind, t.name, "GRANT")
	if err != nil {
		return err
	}
	if t.future {
		if !s.owns(o) && !s.e.manages(s.roles(), o) {
			return s.lacks(o, "OWNERSHIP")
		}
		for _, privilege := range t.privileges {
			promise(futureGrant{privilege: privilege, kind: t.kind, in: o.key(), to: grantee.key(), by: s.owning(), created: s.e.tick()})
		}
		return nil
	}
	targets := []*object{o}
	if t.every {
		targets = targets[:0]
		for _, inner := range s.e.all(t.kind) {
			if len(inner.parts) > len(o.parts) && slices.Equal(inner.parts[:len(o.parts)], o.parts) {
				targets = append(targets, inner)
			}
		}
	}
	for _, target := range targets {
		for _, privilege := range t.privileges {
			by, err := s.grantor(target, privilege)
			if err != nil {
				return err
			}
			one(privilege, target.key(), by, grantee.key())
		}
	}
	return nil
}

// grantGlobal does it for privileges on the account.
func (s *Session) grantGlobal(t *target, grantee *object, one func(privilege, on, by, grantee string)) *Error {
	roles := s.roles()
	for _, privilege := range t.privileges {
		may := s.e.hasGlobal(roles, "MANAGE GRANTS") || slices.ContainsFunc(s.e.grants, func(g grant) bool {
			return g.on == "" && g.privilege == privilege && g.option && roles[g.to]
		})
		if !may {
			return s.lacks(nil, manageGrants)
		}
		one(privilege, "", s.owning(), grantee.key())
	}
	return nil
}

// grantor returns the role that a grant is shown to come from, and refuses a session that may not
// grant.
// https://docs.snowflake.com/en/sql-reference/sql/grant-privilege#access-control-requirements
func (s *Session) grantor(o *object, privilege string) (string, *Error) {
	roles := s.roles()
	manages := s.e.manages(roles, o)
	if privilege == manageGrants { // https://docs.snowflake.com/en/user-guide/container-manage-grants-intro
		if !s.e.hasGlobal(roles, manageGrants) {
			return "", s.lacks(o, manageGrants)
		}
		return s.owning(), nil
	}
	if schema := s.schemaOf(o); schema != nil && schema.props["MANAGED ACCESS"].text == "true" {
		if !manages && !s.owns(schema) {
			return "", s.lacks(schema, "OWNERSHIP")
		}
		return schema.owner, nil
	}
	if s.owns(o) || manages {
		return o.owner, nil
	}
	for _, g := range s.e.grants {
		if g.on == o.key() && g.privilege == privilege && g.option && roles[g.to] {
			return g.to, nil
		}
	}
	return "", s.lacks(o, "OWNERSHIP")
}

// schemaOf is the schema that an object is in, or nil.
func (s *Session) schemaOf(o *object) *object {
	if depth(o.kind) != 3 {
		return nil
	}
	return s.e.get(kindSchema, o.parts[:2]...)
}

// grantRole reads GRANT ROLE and REVOKE ROLE, from the role's name on.
func (p *parser) grantRole(kind string, give bool) statement {
	role := p.name(depth(kind))
	if give {
		p.need("TO")
	} else {
		p.need("FROM")
	}
	toKind := ""
	switch {
	case p.word("DATABASE", "ROLE"):
		toKind = kindDatabaseRole
	case kind == kindRole:
		toKind = p.one("ROLE", "USER")
	default:
		p.need("ROLE")
		toKind = kindRole
	}
	to := p.name(depth(toKind))
	return ddl(func(s *Session) (string, *Error) {
		r, err := s.find(kind, role, "GRANT ROLE")
		if err != nil {
			return "", err
		}
		t, err := s.find(toKind, to, "GRANT ROLE")
		if err != nil {
			return "", err
		}
		if !s.owns(r) && !s.e.hasGlobal(s.roles(), "MANAGE GRANTS") {
			return "", s.lacks(r, "OWNERSHIP")
		}
		if give && r.key() == roleKey(publicRole) {
			return "Granting role PUBLIC has no effect.", nil // every role has it
		}
		if give && s.e.closure(r.key())[t.key()] {
			return "", refuse(3028, "42501", "Role '%s' cannot be granted to '%s': the hierarchy would have a cycle.", r.full(), t.full())
		}
		if give {
			s.e.join(r.key(), t.key(), s.owning())
		} else {
			s.e.leave(r.key(), t.key())
		}
		return executed, nil
	})
}
