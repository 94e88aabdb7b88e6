// Package resources describes what an app needs in an account as typed data: an App's answers, with
// defaults filled in and names parsed, become a list of snowflake.Resource. The scripts
// sql/setup.sql, sql/teardown.sql, sql/migrate.sql and sql/rollback.sql are renderings of that
// list. It does no I/O.
package resources
