// Package ddl parses statements that create, alter, drop and grant into values. Package engine runs them.
package ddl
