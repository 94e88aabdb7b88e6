// Package answers reads and writes sleet.toml, the answers about one app. Reading is strict: each
// error has a line and a column. Writing keeps a person's comments when an answer changes.
package answers
