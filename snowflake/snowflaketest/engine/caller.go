package engine

import (
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/ddl"
	"sleet/snowflake/snowflaketest/grammar"
)

// callerGrant lets executables owned by a role run with a privilege of their caller.
type callerGrant struct {
	privilege, kind, on string
	// inherited reports whether the grant is on every object of the kind in on.
	inherited bool
	to        string
}

// grantCaller runs GRANT CALLER and REVOKE CALLER. Kinds that this account does not have, such as tables, are accepted
// by name.
func (s *Session) grantCaller(r *ddl.GrantCaller) (string, *grammar.Error) {
	if roles := s.roles(); !roles[roleKey(AccountAdmin)] && !s.e.hasGlobal(roles, grammar.ManageCallerGrants) {
		return "", s.lacks(nil, grammar.ManageCallerGrants)
	}
	grantee, err := s.find(r.To.Kind, r.To.Name, "GRANT CALLER")
	if err != nil {
		return "", err
	}
	on := r.On
	if !r.Inherited && slices.Contains(grammar.GrantKinds(), r.Kind) {
		o, err := s.find(r.Kind, on, "GRANT CALLER")
		if err != nil {
			return "", err
		}
		on = o.parts
	}
	for _, privilege := range r.Privileges {
		g := callerGrant{privilege, r.Kind, grammar.Qualified(on...), r.Inherited, grantee.full()}
		s.e.callerGrants = slices.DeleteFunc(s.e.callerGrants, func(have callerGrant) bool { return have == g })
		if !r.Revoke {
			s.e.callerGrants = append(s.e.callerGrants, g)
		}
	}
	return executed, nil
}

// showCallerGrants reads SHOW CALLER GRANTS TO ROLE …, after the keyword GRANTS.
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
