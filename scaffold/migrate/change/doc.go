// Package change contains the parts of a migration: edits as spans of bytes, their kinds, and notes about a file.
package change
