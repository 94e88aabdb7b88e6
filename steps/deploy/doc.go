// Package deploy applies an app to an account and removes it: it reads the account's state, plans, runs the plan,
// verifies the result, and writes the script for an administrator with what the person may not do. It has no terminal
// code.
package deploy
