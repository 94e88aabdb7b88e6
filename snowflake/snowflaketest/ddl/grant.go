package ddl

import (
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// Grantee is the recipient of a grant: a role, a database role or a user.
type Grantee struct {
	Kind string
	Name grammar.Name
}

// Grant is GRANT or REVOKE of privileges.
type Grant struct {
	*grammar.Target
	To             Grantee
	Revoke, Option bool
}

// GrantOwnership is GRANT OWNERSHIP on one object, or on the objects of Many.
// https://docs.snowflake.com/en/sql-reference/sql/grant-ownership
type GrantOwnership struct {
	Kind string
	Name grammar.Name
	Many *grammar.Target
	To   Grantee
	// Current is what happens to the grants on the object: COPY, REVOKE, or empty.
	Current string
}

// GrantRole is GRANT or REVOKE of a role or database role. To may be a user.
type GrantRole struct {
	Kind   string
	Role   grammar.Name
	To     Grantee
	Revoke bool
}

// GrantApplicationRole is GRANT APPLICATION ROLE … TO ROLE … or its REVOKE.
// https://docs.snowflake.com/en/sql-reference/sql/grant-application-role
type GrantApplicationRole struct {
	Role, To grammar.Name
	Revoke   bool
}

// GrantInherited is GRANT INHERITED or its REVOKE. In is ACCOUNT, or the kind of Place.
// https://docs.snowflake.com/en/user-guide/inherited-grants-using
type GrantInherited struct {
	Privileges []string
	Kind, In   string
	Place      grammar.Name
	To         Grantee
	Revoke     bool
}

// GrantCaller is GRANT CALLER or its REVOKE. On is an object or, for inherited grants, the database or schema of the
// objects.
// https://docs.snowflake.com/en/sql-reference/sql/grant-caller
type GrantCaller struct {
	Privileges        []string
	Kind              string
	On                grammar.Name
	Inherited, Revoke bool
	To                Grantee
}

// readGrant reads GRANT or REVOKE, after the keyword.
func readGrant(r *grammar.Reader, revoke bool) Statement {
	switch {
	case !revoke && r.Word("OWNERSHIP"):
		return readOwnership(r)
	case r.Word("DATABASE", "ROLE"):
		return readGrantRole(r, grammar.KindDatabaseRole, revoke)
	case r.Word("ROLE"):
		return readGrantRole(r, grammar.KindRole, revoke)
	case isCaller(r):
		return readCaller(r, revoke)
	case r.Word("APPLICATION", "ROLE"):
		g := &GrantApplicationRole{Role: r.Name(2), Revoke: revoke}
		direction(r, revoke)
		r.Need("ROLE")
		g.To = r.Name(1)
		return g
	case r.Word("INHERITED"):
		return readInherited(r, revoke)
	}
	if revoke {
		r.Word("GRANT", "OPTION", "FOR")
	}
	g := &Grant{Target: r.Target(), Revoke: revoke}
	direction(r, revoke)
	g.To = grantee(r)
	if revoke {
		_ = r.Word("CASCADE") || r.Word("RESTRICT")
	} else {
		g.Option = r.Word("WITH", "GRANT", "OPTION")
	}
	return g
}

// direction reads TO of a GRANT or FROM of a REVOKE.
func direction(r *grammar.Reader, revoke bool) {
	if revoke {
		r.Need("FROM")
	} else {
		r.Need("TO")
	}
}

func grantee(r *grammar.Reader) Grantee {
	name, kind := r.Grantee()
	return Grantee{kind, name}
}

// readOwnership reads GRANT OWNERSHIP, from ON.
func readOwnership(r *grammar.Reader) Statement {
	r.Need("ON")
	g := &GrantOwnership{}
	if r.Is("FUTURE") || r.Is("ALL") {
		t := &grammar.Target{Privileges: []string{"OWNERSHIP"}, Future: r.Is("FUTURE"), Every: r.Is("ALL")}
		r.Skip(1)
		t.Kind = r.Plural(grammar.GrantKinds())
		r.Need("IN")
		t.In = r.One(grammar.KindDatabase, grammar.KindSchema)
		t.Name = r.Name(grammar.Depth(t.In))
		g.Many = t
	} else {
		g.Kind = r.Kind(grammar.GrantKinds()...)
		g.Name = r.ObjectName(g.Kind)
	}
	r.Need("TO")
	g.To = grantee(r)
	if r.Is("COPY") || r.Is("REVOKE") {
		g.Current = r.One("COPY", "REVOKE")
		r.Need("CURRENT", "GRANTS")
	}
	return g
}

// readGrantRole reads GRANT ROLE and REVOKE ROLE, from the role's name.
func readGrantRole(r *grammar.Reader, kind string, revoke bool) Statement {
	g := &GrantRole{Kind: kind, Role: r.Name(grammar.Depth(kind)), Revoke: revoke}
	direction(r, revoke)
	switch {
	case r.Word("DATABASE", "ROLE"):
		g.To.Kind = grammar.KindDatabaseRole
	case kind == grammar.KindRole:
		g.To.Kind = r.One("ROLE", "USER")
	default:
		r.Need("ROLE")
		g.To.Kind = grammar.KindRole
	}
	g.To.Name = r.Name(grammar.Depth(g.To.Kind))
	return g
}

// privileges reads a list of privileges.
func privileges(r *grammar.Reader) []string {
	list := []string{r.Privilege()}
	for r.Symbol(",") {
		list = append(list, r.Privilege())
	}
	return list
}

// readInherited reads GRANT INHERITED and REVOKE INHERITED, from the privileges.
func readInherited(r *grammar.Reader, revoke bool) Statement {
	g := &GrantInherited{Privileges: privileges(r), Revoke: revoke}
	r.Need("ON", "ALL")
	g.Kind = r.Plural(grammar.GrantKinds())
	r.Need("IN")
	g.In = r.One(grammar.KindAccount, grammar.KindDatabase, grammar.KindSchema)
	if g.In != grammar.KindAccount {
		g.Place = r.Name(grammar.Depth(g.In))
	}
	direction(r, revoke)
	g.To = grantee(r)
	return g
}

// isCaller reports whether a GRANT or REVOKE, after its keyword, is of caller's rights.
func isCaller(r *grammar.Reader) bool {
	return slices.ContainsFunc([][]string{{"CALLER"}, {"ALL", "CALLER"}, {"INHERITED", "CALLER"}, {"ALL", "INHERITED", "CALLER"}}, func(words []string) bool {
		return r.Is(words...)
	})
}

// readCaller reads GRANT CALLER and REVOKE CALLER.
func readCaller(r *grammar.Reader, revoke bool) Statement {
	all := r.Word("ALL")
	g := &GrantCaller{Inherited: r.Word("INHERITED"), Revoke: revoke, Privileges: []string{"ALL"}}
	r.Need("CALLER")
	if all {
		r.Need("PRIVILEGES")
	} else {
		g.Privileges = privileges(r)
	}
	r.Need("ON")
	if g.Inherited {
		r.Need("ALL")
	}
	g.Kind = callerKind(r, g.Inherited)
	if g.Inherited {
		r.Need("IN")
		if in := r.One(grammar.KindAccount, grammar.KindDatabase, grammar.KindSchema); in != grammar.KindAccount {
			g.On = r.Name(grammar.Depth(in))
		}
	} else {
		g.On = r.Name(3)
	}
	direction(r, revoke)
	g.To = grantee(r)
	return g
}

// callerKind reads the kind of a caller grant's object, in the plural for inherited grants. It accepts kinds that the
// account does not have, such as tables.
func callerKind(r *grammar.Reader, plurals bool) string {
	for _, kind := range append(grammar.GrantKinds(), "TABLE", "VIEW", "PROCEDURE", "DYNAMIC TABLE", "SEMANTIC VIEW", "MODEL") {
		word := kind
		if plurals {
			word = grammar.Plural(kind)
		}
		if r.Word(strings.Fields(word)...) {
			return kind
		}
	}
	r.Fail()
	return ""
}
