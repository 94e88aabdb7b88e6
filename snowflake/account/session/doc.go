// Package session keeps one session of a Snowflake account: it logs in, runs statements and moves files, and bounds what the account
// and its storage answer. It is the only package that knows the driver, and texts leave it without the values of secrets.
package session
