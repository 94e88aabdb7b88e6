package engine

import (
	"slices"
)

// grantOwnership reads GRANT OWNERSHIP, from ON on.
// https://docs.snowflake.com/en/sql-reference/sql/grant-ownership
func (p *parser) grantOwnership() statement {
	p.need("ON")
	if p.is("FUTURE") || p.is("ALL") {
		return p.grantOwnershipOfMany()
	}
	kind := p.kind(grantKinds()...)
	n := p.name(depth(kind))
	if kind == kindFunction {
		n[len(n)-1] += p.signature()
	}
	p.need("TO")
	to, toKind := p.grantee()
	current := ""
	if p.is("COPY") || p.is("REVOKE") {
		current = p.one("COPY", "REVOKE")
		p.need("CURRENT", "GRANTS")
	}
	return ddl(func(s *Session) (string, *Error) {
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
	t := &target{privileges: []string{"OWNERSHIP"}, future: p.is("FUTURE"), every: p.is("ALL")}
	p.skip(1)
	t.kind = p.plural(grantKinds())
	p.need("IN")
	t.in = p.one(kindDatabase, kindSchema)
	t.name = p.name(depth(t.in))
	p.need("TO")
	to, toKind := p.grantee()
	current := ""
	if p.is("COPY") || p.is("REVOKE") {
		current = p.one("COPY", "REVOKE")
		p.need("CURRENT", "GRANTS")
	}
	return ddl(func(s *Session) (string, *Error) {
		var refused *Error
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
func (s *Session) handOver(o, to *object, current string) *Error {
	if o.kind == kindStreamlit {
		return unsupported("GRANT OWNERSHIP ON STREAMLIT")
	}
	if !s.owns(o) && !s.e.manages(s.roles(), o) {
		return s.lacks(o, "OWNERSHIP")
	}
	if grants := s.e.outgoing(o.key()); len(grants) > 0 && current == "" && o.owner != to.key() {
		return refuse(3082, "42501", "SQL execution error: Dependent grant of privilege '%s' on securable '%s' to role '%s' exists. It must be revoked first. More than one dependent grant may exist: use 'SHOW GRANTS' command to view them. To revoke all dependent grants while transferring object ownership, use convenience command 'GRANT OWNERSHIP ON <target_objects> TO <target_role> REVOKE CURRENT GRANTS'.", grants[0].privilege, o.full(), named(grants[0].to))
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
