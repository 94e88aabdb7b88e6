package engine

import (
	"slices"
	"strings"
	"time"

	"sleet/snowflake/snowflaketest/grammar"
)

// inheritedGrant is a privilege on every object of a kind, now and later: in the account where in is
// empty, otherwise in the database or schema with that key.
type inheritedGrant struct {
	privilege, kind, in, to, by string
	created                     time.Time
}

func (g inheritedGrant) same(other inheritedGrant) bool {
	return g.privilege == other.privilege && g.kind == other.kind && g.in == other.in && g.to == other.to
}

// inherited reads GRANT INHERITED … TO and REVOKE INHERITED … FROM, from the privileges on.
// https://docs.snowflake.com/en/user-guide/inherited-grants-using
func (p *parser) inherited(direction string) statement {
	privileges := []string{p.Privilege()}
	for p.Symbol(",") {
		privileges = append(privileges, p.Privilege())
	}
	p.Need("ON", "ALL")
	kind := p.Plural(grammar.GrantKinds())
	p.Need("IN")
	in := p.One(grammar.KindAccount, grammar.KindDatabase, grammar.KindSchema)
	var place grammar.Name
	if in != grammar.KindAccount {
		place = p.Name(grammar.Depth(in))
	}
	p.Need(direction)
	to, toKind := p.Grantee()
	return ddl(func(s *Session) (string, *grammar.Error) {
		if !s.e.is(InheritedGrants) {
			return "", grammar.Unsupported("INHERITED GRANTS")
		}
		grantee, err := s.find(toKind, to, "GRANT")
		if err != nil {
			return "", err
		}
		within := ""
		if in != grammar.KindAccount {
			o, err := s.find(in, place, "GRANT")
			if err != nil {
				return "", err
			}
			within = o.key()
		}
		// To own the database or schema is not enough.
		if o := s.e.objects[within]; !s.e.hasGlobal(s.roles(), grammar.ManageGrants) && (o == nil || !s.e.manages(s.roles(), o)) {
			return "", s.lacks(o, grammar.ManageGrants)
		}
		for _, privilege := range privileges {
			g := inheritedGrant{privilege: privilege, kind: kind, in: within, to: grantee.key(), by: s.owning(), created: s.e.tick()}
			s.e.inheritedGrants = slices.DeleteFunc(s.e.inheritedGrants, g.same)
			if direction == "TO" {
				s.e.inheritedGrants = append(s.e.inheritedGrants, g)
			}
		}
		return executed, nil
	})
}

// inherits reports whether roles have a privilege on an object, or any where that is empty, through an
// inherited grant.
func (e *Engine) inherits(roles map[string]bool, o *object, privilege string) bool {
	return slices.ContainsFunc(e.inheritedGrants, func(g inheritedGrant) bool {
		if g.kind != o.kind || !roles[g.to] || privilege != "" && g.privilege != privilege {
			return false
		}
		place := e.objects[g.in]
		return g.in == "" || place != nil && len(place.parts) < len(o.parts) && slices.Equal(place.parts, o.parts[:len(place.parts)])
	})
}

// inheritedRow is a row of SHOW GRANTS about an inherited grant: it names no object.
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
