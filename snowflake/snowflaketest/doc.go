// Package snowflaketest serves a Snowflake account over HTTP on the loopback interface, for tests and for trying sleet
// without an account. It speaks the wire protocol of Snowflake's drivers, so clients in any language can use it. It
// keeps objects, owners, roles and grants in memory, parses each statement strictly by Snowflake's reference pages, and
// enforces privileges.
package snowflaketest
