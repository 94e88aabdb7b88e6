// Package account talks to a Snowflake account: it reads the connection profiles of the machine,
// logs in, looks at what is there, and runs a plan. It is the only package that knows the driver.
package account
