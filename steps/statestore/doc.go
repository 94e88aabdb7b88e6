// Package statestore has what outlives a run of sleet: the drafts of interrupted wizard runs, and the
// journals of what was done in accounts. It lies in the user's state folder, never in the app's,
// and holds no secret.
package statestore
