// Package answers reads and writes sleet.toml, the answers about one app: strictly, with a line and a column
// for each error, and keeping a person's own comments when an answer changes.
package answers
