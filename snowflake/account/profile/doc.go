// Package profile reads and writes the profiles of connections that the Snowflake CLI's files and the
// environment hold, says what is wrong with them, and reads the keys and tokens that they name. It knows
// no driver and sends nothing.
package profile
