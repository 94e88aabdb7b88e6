// Package reports renders the results of commands: plans, diagnoses and migrations as text and as values for JSON. It
// does no I/O.
package reports
