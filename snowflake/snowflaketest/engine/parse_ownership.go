package engine

import (
	"slices"

	"sleet/snowflake/snowflaketest/grammar"
)

// grantOwnership reads GRANT OWNERSHIP, from ON on.
// https://docs.snowflake.com/en/sql-reference/sql/grant-ownership
func (p *parser) grantOwnership() statement {
	p.Need("ON")
	if p.Is("FUTURE") || p.Is("ALL") {
		return p.grantOwnershipOfMany()
	}
	kind := p.Kind(grammar.GrantKinds()...)
	n := p.Name(grammar.Depth(kind))
	if kind == grammar.KindFunction {
		n[len(n)-1] += p.Signature()
	}
	p.Need("TO")
	to, toKind := p.Grantee()
	current := ""
	if p.Is("COPY") || p.Is("REVOKE") {
		current = p.One("COPY", "REVOKE")
		p.Need("CURRENT", "GRANTS")
	}
	return ddl(func(s *Session) (string, *grammar.Error) {
		o, err := s.find(kind, n, "GRANT OWNERSHIP")
		if err != nil {
			return "", err
		}
		t, err := s.find(toKind, to, "GRANT OWNERSHIP")
		if err != nil {
			return "", err
		}
		return executed, s.handOver(o, t, current)
	})
}

// grantOwnershipOfMany reads GRANT OWNERSHIP ON {FUTURE | ALL} ….
func (p *parser) grantOwnershipOfMany() statement {
	t := &grammar.Target{Privileges: []string{"OWNERSHIP"}, Future: p.Is("FUTURE"), Every: p.Is("ALL")}
	p.Skip(1)
	t.Kind = p.Plural(grammar.GrantKinds())
	p.Need("IN")
	t.In = p.One(grammar.KindDatabase, grammar.KindSchema)
	t.Name = p.Name(grammar.Depth(t.In))
	p.Need("TO")
	to, toKind := p.Grantee()
	current := ""
	if p.Is("COPY") || p.Is("REVOKE") {
		current = p.One("COPY", "REVOKE")
		p.Need("CURRENT", "GRANTS")
	}
	return ddl(func(s *Session) (string, *grammar.Error) {
		var refused *grammar.Error
		err := s.eachGrant(t, toKind, to, func(_, on, _, grantee string) {
			if err := s.handOver(s.e.objects[on], s.e.objects[grantee], current); err != nil && refused == nil {
				refused = err
			}
		}, func(f futureGrant) { s.e.future = append(s.e.future, f) })
		if err == nil {
			err = refused
		}
		return executed, err
	})
}

// handOver moves the ownership of an object.
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
