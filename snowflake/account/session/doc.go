// Package session is a session of a Snowflake account: it logs in, runs statements, transfers files, and limits the
// answers of the account and its storage. It is the only package that imports the driver. No text leaves it with the
// value of a secret.
package session
