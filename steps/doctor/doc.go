// Package doctor diagnoses why an app in an account does not work. It follows each chain from the code outward, such as
// from the key that the code reads to the grant that exposes the value, and names the first broken link with the
// statement or the edit that fixes it.
//
// It is pure: the state of the account goes in as a value, and chains come out. Package account reads that state.
package doctor
