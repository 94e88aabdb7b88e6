package ddl

import "sleet/snowflake/snowflaketest/grammar"

// Statement is one of the statements of this package.
type Statement interface{ statement() }

func (*Create) statement()               {}
func (*Alter) statement()                {}
func (*Drop) statement()                 {}
func (*Grant) statement()                {}
func (*GrantOwnership) statement()       {}
func (*GrantRole) statement()            {}
func (*GrantApplicationRole) statement() {}
func (*GrantInherited) statement()       {}
func (*GrantCaller) statement()          {}

// Read reads the next statement, or returns nil if it is of another kind. Like a Reader it panics with a
// *grammar.Error.
func Read(r *grammar.Reader) Statement {
	switch {
	case r.Word("CREATE"):
		return readCreate(r)
	case r.Is("ALTER") && !r.Is("ALTER", "SESSION") && !r.Is("ALTER", "ACCOUNT"):
		r.Skip(1)
		return readAlter(r)
	case r.Word("COMMENT"):
		return readComment(r)
	case r.Word("DROP"):
		return readDrop(r)
	case r.Word("GRANT"):
		return readGrant(r, false)
	case r.Word("REVOKE"):
		return readGrant(r, true)
	}
	return nil
}
