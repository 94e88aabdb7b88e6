// Package change has the parts of a migration: edits as spans of bytes, what they are about, and what is said of a file.
package change
