// Package workspace reads and writes the folder of an app. It never writes outside the folder,
// replaces whole files, and keeps what a person edited.
package workspace
