// Package rules has the rules of a check, one file a rule: its row, its example, and the function that finds it.
package rules
