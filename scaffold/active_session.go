package scaffold

import "slices"

// The classes of Snowpark that have the session of a warehouse app, under both names that code
// imports.
const (
	snowparkSession = "snowflake.snowpark.Session"
	sessionClass    = "snowflake.snowpark.session.Session"
)

// TakesActiveSession reports whether a full dotted name is a function of Snowpark that returns the
// session which a warehouse gives an app. A container has none: the functions of the class return None
// or raise an error there.
// https://docs.snowflake.com/en/developer-guide/snowpark/reference/python/latest/snowpark/api/snowflake.snowpark.context.get_active_session
func TakesActiveSession(name string) bool {
	return slices.Contains([]string{
		"snowflake.snowpark.context.get_active_session",
		"snowflake.snowpark.session._get_active_session",
		snowparkSession + ".get_active_session", snowparkSession + ".getActiveSession",
		sessionClass + ".get_active_session", sessionClass + ".getActiveSession",
	}, name)
}

// TakesDefaultSession reports whether a full dotted name is a method of Session.builder that, called
// without options, returns the active session of a warehouse. Elsewhere it looks for the default
// connection of a connections.toml, which a container does not have.
// https://docs.snowflake.com/en/developer-guide/snowpark/python/creating-session
func TakesDefaultSession(name string) bool {
	return slices.Contains([]string{
		snowparkSession + ".builder.getOrCreate", snowparkSession + ".builder.create",
		sessionClass + ".builder.getOrCreate", sessionClass + ".builder.create",
	}, name)
}
