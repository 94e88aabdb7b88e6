// Package deploy brings an app to an account and takes it away again: it reads what the account has,
// plans, runs the plan, verifies the result, and writes the script for an administrator with what the
// person may not do. It has no terminal code.
package deploy
