// Package safely handles untrusted input within bounds: regular files of bounded size, TOML and YAML of bounded depth,
// text in any Unicode encoding, and panics that become errors. It also creates temporary folders. It imports no other
// package of sleet.
package safely
