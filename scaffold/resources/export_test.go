package resources

import (
	"sleet/scaffold"
	"sleet/snowflake"
)

// Setup returns the statements of sql/setup.sql.
func Setup(a scaffold.App) []snowflake.Statement {
	p := Parse(a)
	return p.statements(p.parts())
}

// Teardown returns the statements of sql/teardown.sql.
func Teardown(a scaffold.App) []snowflake.Statement {
	p := Parse(a)
	return p.statements(p.teardownParts(p.parts()))
}

// Migrate returns the statements of sql/migrate.sql.
func Migrate(a scaffold.App, from Deployed) []snowflake.Statement {
	p, old := migration(a, from)
	return p.statements(p.migrationParts(old))
}

// Rollback returns the statements of sql/rollback.sql.
func Rollback(a scaffold.App, from Deployed) []snowflake.Statement {
	p, old := migration(a, from)
	return p.statements(p.rollbackParts(old))
}
