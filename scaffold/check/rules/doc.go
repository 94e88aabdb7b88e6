// Package rules contains the rules of a check, one file for each: its row, its example, and the
// function that finds it. It does not run them.
package rules
