package engine

import (
	"slices"
	"strings"
)

// callerGrant lets what a role owns run with a privilege of its caller.
type callerGrant struct {
	privilege, kind, on string
	// inherited says that it is on every object of the kind in on.
	inherited bool
	to        string
}

// isCallerGrant reports whether a GRANT or REVOKE, from behind its first word on, is of caller's rights.
func (p *parser) isCallerGrant() bool {
	for _, words := range [][]string{{"CALLER"}, {"ALL", "CALLER"}, {"INHERITED", "CALLER"}, {"ALL", "INHERITED", "CALLER"}} {
		if p.is(words...) {
			return true
		}
	}
	return false
}

// callerGrant reads GRANT CALLER and REVOKE CALLER. Tables and the like, which this account does not have, are
// taken by their names.
// https://docs.snowflake.com/en/sql-reference/sql/grant-caller
func (p *parser) callerGrant(give bool) statement {
	all := p.word("ALL")
	inherited := p.word("INHERITED")
	p.need("CALLER")
	privileges := []string{"ALL"}
	if all {
		p.need("PRIVILEGES")
	} else {
		privileges = []string{p.privilege()}
		for p.symbol(",") {
			privileges = append(privileges, p.privilege())
		}
	}
	p.need("ON")
	kind, on := "", name(nil)
	if inherited {
		p.need("ALL")
	}
	kind = p.callerKind(inherited)
	if inherited {
		p.need("IN")
		if in := p.one(kindAccount, kindDatabase, kindSchema); in != kindAccount {
			on = p.name(depth(in))
		}
	} else {
		on = p.name(3)
	}
	if give {
		p.need("TO")
	} else {
		p.need("FROM")
	}
	to, toKind := p.grantee()
	return ddl(func(s *Session) (string, *Error) {
		if roles := s.roles(); !roles[roleKey(AccountAdmin)] && !s.e.hasGlobal(roles, manageCallerGrants) {
			return "", s.lacks(nil, manageCallerGrants)
		}
		grantee, err := s.find(toKind, to, "GRANT CALLER")
		if err != nil {
			return "", err
		}
		if !inherited && slices.Contains(grantKinds(), kind) {
			o, err := s.find(kind, on, "GRANT CALLER")
			if err != nil {
				return "", err
			}
			on = o.parts
		}
		for _, privilege := range privileges {
			g := callerGrant{privilege, kind, qualified(on...), inherited, grantee.full()}
			s.e.callerGrants = slices.DeleteFunc(s.e.callerGrants, func(have callerGrant) bool { return have == g })
			if give {
				s.e.callerGrants = append(s.e.callerGrants, g)
			}
		}
		return executed, nil
	})
}

// callerKind reads the kind of what a caller grant is on, in the plural for inherited ones.
func (p *parser) callerKind(plurals bool) string {
	for _, kind := range append(slices.Clone(grantKinds()), "TABLE", "VIEW", "PROCEDURE", "DYNAMIC TABLE", "SEMANTIC VIEW", "MODEL") {
		word := kind
		if plurals {
			word = plural(kind)
		}
		if p.word(strings.Fields(word)...) {
			return kind
		}
	}
	p.fail()
	return ""
}

// showCallerGrants reads SHOW CALLER GRANTS TO ROLE …, from there on.
// https://docs.snowflake.com/en/sql-reference/sql/show-caller-grants
func (p *parser) showCallerGrants() statement {
	p.need("TO")
	to, kind := p.grantee()
	return statement{kind: kindShow, run: func(s *Session) (*Result, *Error) {
		role, err := s.find(kind, to, "SHOW CALLER GRANTS")
		if err != nil {
			return nil, err
		}
		r := propertyTable("privilege", "granted_on", "name", "is_inherited", "grantee_name")
		for _, g := range s.e.callerGrants {
			if g.to == role.full() {
				r.Rows = append(r.Rows, []any{"CALLER " + g.privilege, strings.ReplaceAll(g.kind, " ", "_"), g.on, truth(g.inherited), g.to})
			}
		}
		return r, nil
	}}
}
