// Package statestore persists data between runs of sleet: drafts of interrupted wizard runs, journals of runs in
// accounts, stopped surveys and locks. It stores them in the user's state folder, never in an app's folder, and stores
// no secrets.
package statestore
