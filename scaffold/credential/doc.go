// Package credential recognizes credentials by their names and formats, and private keys by their
// content. It does not check whether a credential is valid.
package credential
