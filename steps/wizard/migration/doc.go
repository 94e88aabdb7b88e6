// Package migration has the screens of an app on its way to the container runtime: the report, each change, and the manual
// work. It knows no wizard: screens return what they want in a screen.Outcome.
package migration
