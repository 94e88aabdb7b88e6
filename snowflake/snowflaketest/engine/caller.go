package engine

import (
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
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
		if p.Is(words...) {
			return true
		}
	}
	return false
}

// callerGrant reads GRANT CALLER and REVOKE CALLER. Tables and the like, which this account does not have, are
// taken by their names.
// https://docs.snowflake.com/en/sql-reference/sql/grant-caller
func (p *parser) callerGrant(give bool) statement {
	all := p.Word("ALL")
	inherited := p.Word("INHERITED")
	p.Need("CALLER")
	privileges := []string{"ALL"}
	if all {
		p.Need("PRIVILEGES")
	} else {
		privileges = []string{p.Privilege()}
		for p.Symbol(",") {
			privileges = append(privileges, p.Privilege())
		}
	}
	p.Need("ON")
	kind, on := "", grammar.Name(nil)
	if inherited {
		p.Need("ALL")
	}
	kind = p.callerKind(inherited)
	if inherited {
		p.Need("IN")
		if in := p.One(grammar.KindAccount, grammar.KindDatabase, grammar.KindSchema); in != grammar.KindAccount {
			on = p.Name(grammar.Depth(in))
		}
	} else {
		on = p.Name(3)
	}
	if give {
		p.Need("TO")
	} else {
		p.Need("FROM")
	}
	to, toKind := p.Grantee()
	return ddl(func(s *Session) (string, *grammar.Error) {
		if roles := s.roles(); !roles[roleKey(AccountAdmin)] && !s.e.hasGlobal(roles, grammar.ManageCallerGrants) {
			return "", s.lacks(nil, grammar.ManageCallerGrants)
		}
		grantee, err := s.find(toKind, to, "GRANT CALLER")
		if err != nil {
			return "", err
		}
		if !inherited && slices.Contains(grammar.GrantKinds(), kind) {
			o, err := s.find(kind, on, "GRANT CALLER")
			if err != nil {
				return "", err
			}
			on = o.parts
		}
		for _, privilege := range privileges {
			g := callerGrant{privilege, kind, grammar.Qualified(on...), inherited, grantee.full()}
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
	for _, kind := range append(slices.Clone(grammar.GrantKinds()), "TABLE", "VIEW", "PROCEDURE", "DYNAMIC TABLE", "SEMANTIC VIEW", "MODEL") {
		word := kind
		if plurals {
			word = grammar.Plural(kind)
		}
		if p.Word(strings.Fields(word)...) {
			return kind
		}
	}
	p.Fail()
	return ""
}

// showCallerGrants reads SHOW CALLER GRANTS TO ROLE …, from there on.
// https://docs.snowflake.com/en/sql-reference/sql/show-caller-grants
func (p *parser) showCallerGrants() statement {
	p.Need("TO")
	to, kind := p.Grantee()
	return statement{kind: kindShow, run: func(s *Session) (*Result, *grammar.Error) {
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
