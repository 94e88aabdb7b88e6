package engine

import (
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/ddl"
	"sleet/snowflake/snowflaketest/grammar"
)

// grant runs a GRANT or REVOKE of privileges.
func (s *Session) grant(g *ddl.Grant) (string, *grammar.Error) {
	if g.Revoke {
		return executed, s.eachGrant(g.Target, g.To, func(privilege, on, _, grantee string) {
			s.e.take(privilege, on, grantee)
		}, func(f futureGrant) {
			s.e.future = slices.DeleteFunc(s.e.future, func(have futureGrant) bool { return have.same(f) })
		})
	}
	return s.grantEach(g.Target, g.To, func(privilege, on, by, grantee string) {
		s.e.give(grant{privilege: privilege, on: on, to: grantee, by: by, option: g.Option})
	}, func(f futureGrant) {
		f.option = g.Option
		s.e.future = append(slices.DeleteFunc(s.e.future, func(have futureGrant) bool { return have.same(f) }), f)
	})
}

// grantEach performs the grants of a statement that the role may make. Accounts differ in their answer to the others.
func (s *Session) grantEach(t *grammar.Target, to ddl.Grantee, one func(privilege, on, by, grantee string), promise func(futureGrant)) (string, *grammar.Error) {
	if !s.e.is(GrantStatus) && !s.e.is(GrantRefused) {
		return executed, s.eachGrant(t, to, one, promise)
	}
	var refused []string
	for _, privilege := range t.Privileges {
		single := *t
		single.Privileges = []string{privilege}
		err := s.eachGrant(&single, to, one, promise)
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
	case len(refused) < len(t.Privileges):
		return "", grammar.Refuse(3011, "42501", "Grant partially executed: privileges [%s] not granted.", strings.Join(refused, ", "))
	case s.e.is(GrantStatus):
		return none, nil
	default:
		return "", grammar.Refuse(3102, "42501", none)
	}
}

func (f futureGrant) same(g futureGrant) bool {
	return f.privilege == g.privilege && f.kind == g.kind && f.in == g.in && f.to == g.to
}

// eachGrant finds the objects of a GRANT or REVOKE, checks the role's privileges, and calls one for each grant or
// promise for each future grant.
func (s *Session) eachGrant(t *grammar.Target, to ddl.Grantee, one func(privilege, on, by, grantee string), promise func(futureGrant)) *grammar.Error {
	grantee, err := s.find(to.Kind, to.Name, "GRANT")
	if err != nil {
		return err
	}
	for _, privilege := range t.Privileges {
		if err := s.e.grantable(t.Kind, privilege); err != nil && !t.All {
			return err
		}
	}
	if t.All {
		t.Privileges = slices.DeleteFunc(slices.Clone(t.Privileges), func(privilege string) bool {
			return privilege == grammar.ManageGrants || s.e.grantable(t.Kind, privilege) != nil
		})
	}
	if t.Global {
		return s.grantGlobal(t, grantee, one)
	}
	kind := t.Kind
	if t.Future || t.Every {
		kind = t.In
	}
	// A role with MANAGE GRANTS can grant on objects that it may not use.
	o, err := s.find(kind, t.Name, "GRANT")
	if err != nil {
		return err
	}
	if t.Future {
		if !s.owns(o) && !s.e.manages(s.roles(), o) {
			return s.lacks(o, "OWNERSHIP")
		}
		for _, privilege := range t.Privileges {
			promise(futureGrant{privilege: privilege, kind: t.Kind, in: o.key(), to: grantee.key(), by: s.owning(), created: s.e.tick()})
		}
		return nil
	}
	targets := []*object{o}
	if t.Every {
		targets = targets[:0]
		for _, inner := range s.e.all(t.Kind) {
			if len(inner.parts) > len(o.parts) && slices.Equal(inner.parts[:len(o.parts)], o.parts) {
				targets = append(targets, inner)
			}
		}
	}
	for _, target := range targets {
		for _, privilege := range t.Privileges {
			by, err := s.grantor(target, privilege)
			if err != nil {
				return err
			}
			one(privilege, target.key(), by, grantee.key())
		}
	}
	return nil
}

// grantGlobal is eachGrant for privileges on the account.
func (s *Session) grantGlobal(t *grammar.Target, grantee *object, one func(privilege, on, by, grantee string)) *grammar.Error {
	roles := s.roles()
	for _, privilege := range t.Privileges {
		may := s.e.hasGlobal(roles, "MANAGE GRANTS") || slices.ContainsFunc(s.e.grants, func(g grant) bool {
			return g.on == "" && g.privilege == privilege && g.option && roles[g.to]
		})
		if !may {
			return s.lacks(nil, grammar.ManageGrants)
		}
		one(privilege, "", s.owning(), grantee.key())
	}
	return nil
}

// grantor returns the role that a grant is shown to come from, or an error if the session may not grant.
// https://docs.snowflake.com/en/sql-reference/sql/grant-privilege#access-control-requirements
func (s *Session) grantor(o *object, privilege string) (string, *grammar.Error) {
	roles := s.roles()
	manages := s.e.manages(roles, o)
	if privilege == grammar.ManageGrants { // https://docs.snowflake.com/en/user-guide/container-manage-grants-intro
		if !s.e.hasGlobal(roles, grammar.ManageGrants) {
			return "", s.lacks(o, grammar.ManageGrants)
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

// schemaOf returns the schema that contains an object, or nil.
func (s *Session) schemaOf(o *object) *object {
	if grammar.Depth(o.kind) != 3 {
		return nil
	}
	return s.e.get(grammar.KindSchema, o.parts[:2]...)
}

// grantRole runs GRANT ROLE and REVOKE ROLE.
func (s *Session) grantRole(g *ddl.GrantRole) (string, *grammar.Error) {
	r, err := s.find(g.Kind, g.Role, "GRANT ROLE")
	if err != nil {
		return "", err
	}
	t, err := s.find(g.To.Kind, g.To.Name, "GRANT ROLE")
	if err != nil {
		return "", err
	}
	if !s.owns(r) && !s.e.hasGlobal(s.roles(), "MANAGE GRANTS") {
		return "", s.lacks(r, "OWNERSHIP")
	}
	if !g.Revoke && r.key() == roleKey(publicRole) {
		return "Granting role PUBLIC has no effect.", nil // every role has it
	}
	if !g.Revoke && s.e.closure(r.key())[t.key()] {
		return "", grammar.Refuse(3028, "42501", "Role '%s' cannot be granted to '%s': the hierarchy would have a cycle.", r.full(), t.full())
	}
	if !g.Revoke {
		s.e.join(r.key(), t.key(), s.owning())
	} else {
		s.e.leave(r.key(), t.key())
	}
	return executed, nil
}

// grantOwnership runs GRANT OWNERSHIP.
func (s *Session) grantOwnership(g *ddl.GrantOwnership) (string, *grammar.Error) {
	if g.Many != nil {
		var refused *grammar.Error
		err := s.eachGrant(g.Many, g.To, func(_, on, _, grantee string) {
			if err := s.handOver(s.e.objects[on], s.e.objects[grantee], g.Current); err != nil && refused == nil {
				refused = err
			}
		}, func(f futureGrant) { s.e.future = append(s.e.future, f) })
		if err == nil {
			err = refused
		}
		return executed, err
	}
	o, err := s.find(g.Kind, g.Name, "GRANT OWNERSHIP")
	if err != nil {
		return "", err
	}
	t, err := s.find(g.To.Kind, g.To.Name, "GRANT OWNERSHIP")
	if err != nil {
		return "", err
	}
	return executed, s.handOver(o, t, g.Current)
}

// handOver transfers the ownership of an object.
func (s *Session) handOver(o, to *object, current string) *grammar.Error {
	if o.kind == grammar.KindStreamlit {
		return grammar.Unsupported("GRANT OWNERSHIP ON STREAMLIT")
	}
	if !s.owns(o) && !s.e.manages(s.roles(), o) {
		return s.lacks(o, "OWNERSHIP")
	}
	if grants := s.e.outgoing(o.key()); len(grants) > 0 && current == "" && o.owner != to.key() {
		return grammar.Refuse(3082, "42501", "SQL execution error: Dependent grant of privilege '%s' on securable '%s' to role '%s' exists. It must be revoked first. More than one dependent grant may exist: use 'SHOW GRANTS' command to view them. To revoke all dependent grants while transferring object ownership, use convenience command 'GRANT OWNERSHIP ON <target_objects> TO <target_role> REVOKE CURRENT GRANTS'.", grants[0].privilege, o.full(), named(grants[0].to))
	}
	if current == "REVOKE" {
		s.e.grants = slices.DeleteFunc(s.e.grants, func(g grant) bool { return g.on == o.key() })
	}
	for i := range s.e.grants {
		if s.e.grants[i].on == o.key() && s.e.grants[i].by == o.owner {
			s.e.grants[i].by = to.key()
		}
	}
	o.owner = to.key()
	return nil
}
