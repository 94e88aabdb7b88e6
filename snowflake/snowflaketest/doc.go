// Package snowflaketest serves a Snowflake account over HTTP on the loopback interface, for tests
// and for trying sleet without an account. It speaks the wire protocol of Snowflake's drivers, so
// that clients of any language work with it, keeps objects, owners, roles and grants in memory,
// reads each statement strictly by Snowflake's reference pages, and enforces privileges.
package snowflaketest
