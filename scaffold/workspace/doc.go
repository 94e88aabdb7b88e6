// Package workspace reads and writes the folder of an app. What it writes stays inside of the folder, replaces
// whole files and keeps what a person edited.
package workspace
