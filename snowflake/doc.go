// Package snowflake has Snowflake's names, literals, statements and secrets as plain values.
// It does no I/O and knows no driver.
package snowflake
