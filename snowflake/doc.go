// Package snowflake models Snowflake's names, literals, statements, secrets and plans as plain values. It does no I/O
// and does not import the driver.
package snowflake
