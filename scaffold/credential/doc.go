// Package credential tells credentials from other texts: by their names, by their shapes, and private keys by
// their content.
package credential
