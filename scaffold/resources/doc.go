// Package resources says what an app wants in an account, as typed data: an App's answers, defaults
// filled in and names parsed, become a list of snowflake.Resource. The scripts sql/setup.sql,
// sql/teardown.sql, sql/migrate.sql and sql/rollback.sql are renderings of that list. It does no I/O.
package resources
