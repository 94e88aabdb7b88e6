// Package textedit writes TOML values and finds the places of keys in a text, so that an edit changes nothing
// else.
package textedit
