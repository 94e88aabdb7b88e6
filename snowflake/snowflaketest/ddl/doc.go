// Package ddl reads the statements that create, change, drop and grant. Each is a value that says what is asked; what an account does
// with it is package engine's.
package ddl
