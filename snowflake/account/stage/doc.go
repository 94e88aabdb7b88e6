// Package stage compares an app's files with those in the account, on a stage or in a version. It decides which ones to
// upload, which ones somebody edited in Snowsight, and which ones the folder no longer has.
package stage
