// Package textedit writes TOML values and finds the positions of keys in a text, so that an edit
// leaves the rest unchanged. It does not decode TOML.
package textedit
