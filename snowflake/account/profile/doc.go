// Package profile reads and writes the connection profiles of the Snowflake CLI's files and the environment, reports
// their problems, and reads the keys and tokens that they refer to. It does not import the driver and sends nothing.
package profile
