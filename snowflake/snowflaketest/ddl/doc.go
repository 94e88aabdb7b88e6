// Package ddl parses the statements that create, change, drop and grant into values. Package engine runs them.
package ddl
