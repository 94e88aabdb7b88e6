// Package stage compares an app's files with those that an account has of it, on a stage or in a version: which have to be sent, which
// somebody edited in Snowsight, and which the folder no longer has.
package stage
