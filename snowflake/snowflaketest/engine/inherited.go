package engine

import (
	"slices"
	"strings"
	"time"

	"sleet/snowflake/snowflaketest/ddl"
	"sleet/snowflake/snowflaketest/grammar"
)

// inheritedGrant is a privilege on every current and future object of a kind: in the account if in is empty, otherwise
// in the database or schema with that key.
type inheritedGrant struct {
	privilege, kind, in, to, by string
	created                     time.Time
}

func (g inheritedGrant) same(other inheritedGrant) bool {
	return g.privilege == other.privilege && g.kind == other.kind && g.in == other.in && g.to == other.to
}

// grantInherited runs GRANT INHERITED and REVOKE INHERITED.
func (s *Session) grantInherited(r *ddl.GrantInherited) (string, *grammar.Error) {
	if !s.e.is(InheritedGrants) {
		return "", grammar.Unsupported("INHERITED GRANTS")
	}
	grantee, err := s.find(r.To.Kind, r.To.Name, "GRANT")
	if err != nil {
		return "", err
	}
	within := ""
	if r.In != grammar.KindAccount {
		o, err := s.find(r.In, r.Place, "GRANT")
		if err != nil {
			return "", err
		}
		within = o.key()
	}
	// Owning the database or schema is not enough.
	if o := s.e.objects[within]; !s.e.hasGlobal(s.roles(), grammar.ManageGrants) && (o == nil || !s.e.manages(s.roles(), o)) {
		return "", s.lacks(o, grammar.ManageGrants)
	}
	for _, privilege := range r.Privileges {
		g := inheritedGrant{privilege: privilege, kind: r.Kind, in: within, to: grantee.key(), by: s.owning(), created: s.e.tick()}
		s.e.inheritedGrants = slices.DeleteFunc(s.e.inheritedGrants, g.same)
		if !r.Revoke {
			s.e.inheritedGrants = append(s.e.inheritedGrants, g)
		}
	}
	return executed, nil
}

// inherits reports whether roles have a privilege on an object through an inherited grant; any privilege if privilege
// is empty.
func (e *Engine) inherits(roles map[string]bool, o *object, privilege string) bool {
	return slices.ContainsFunc(e.inheritedGrants, func(g inheritedGrant) bool {
		if g.kind != o.kind || !roles[g.to] || privilege != "" && g.privilege != privilege {
			return false
		}
		place := e.objects[g.in]
		return g.in == "" || place != nil && len(place.parts) < len(o.parts) && slices.Equal(place.parts, o.parts[:len(place.parts)])
	})
}

// inheritedRow returns the row of SHOW GRANTS for an inherited grant. It names no object.
func (s *Session) inheritedRow(g inheritedGrant) grantRow {
	r := grantRow{
		created: stampText(g.created), privilege: g.privilege, on: strings.ReplaceAll(g.kind, " ", "_"),
		to: strings.ReplaceAll(kindOf(g.to), " ", "_"), grantee: named(g.to), by: named(g.by), t: strings.ReplaceAll(kindOf(g.by), " ", "_"),
		inherited: true, from: grammar.KindAccount,
	}
	if place := s.e.objects[g.in]; place != nil {
		r.from, r.fromDatabase, r.fromSchema = place.kind, place.parts[0], place.parts.Part(1)
	}
	return r
}
