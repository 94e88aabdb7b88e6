package scaffold

import "sleet/snowflake"

// Setup gives the statements that make the whole app in the account, in order.
func Setup(App) []snowflake.Statement { return nil }

// Teardown gives the statements that remove what Setup makes, in order.
func Teardown(App) []snowflake.Statement { return nil }

// SetupSQL is Setup as a script, sql/setup.sql.
func SetupSQL(App) []byte { return nil }

// TeardownSQL is Teardown as a script, sql/teardown.sql.
func TeardownSQL(App) []byte { return nil }
