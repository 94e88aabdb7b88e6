// Package safely reads files, texts and answers that somebody else wrote within bounds: regular files
// of a bounded size, TOML and YAML of a bounded depth, and panics that become errors. It knows nothing
// of sleet, and everything may import it.
package safely
