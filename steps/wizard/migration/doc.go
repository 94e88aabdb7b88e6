// Package migration has the screens of a migration to the container runtime: the report, the changes and the manual
// work. It does not know the wizard: screens return where to go in a screen.Outcome.
package migration
