package scaffold

import "slices"

// The Session class of Snowpark, under the two names that code imports it by.
const (
	snowparkSession = "snowflake.snowpark.Session"
	sessionClass    = "snowflake.snowpark.session.Session"
)

// ReturnsActiveSession reports whether a fully qualified name is a Snowpark function that returns the active session.
// Only a warehouse app has one: in a container, the function returns None or raises an error.
// https://docs.snowflake.com/en/developer-guide/snowpark/reference/python/latest/snowpark/api/snowflake.snowpark.context.get_active_session
func ReturnsActiveSession(name string) bool {
	return slices.Contains([]string{
		"snowflake.snowpark.context.get_active_session",
		"snowflake.snowpark.session._get_active_session",
		snowparkSession + ".get_active_session", snowparkSession + ".getActiveSession",
		sessionClass + ".get_active_session", sessionClass + ".getActiveSession",
	}, name)
}

// ReturnsDefaultSession reports whether a fully qualified name is a method of Session.builder that
// returns the active session of a warehouse when it is called without options. Elsewhere it looks
// for the default connection in connections.toml, which a container does not have.
// https://docs.snowflake.com/en/developer-guide/snowpark/python/creating-session
func ReturnsDefaultSession(name string) bool {
	return slices.Contains([]string{
		snowparkSession + ".builder.getOrCreate", snowparkSession + ".builder.create",
		sessionClass + ".builder.getOrCreate", sessionClass + ".builder.create",
	}, name)
}
