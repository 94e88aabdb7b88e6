// Package engine is the SQL half of a test account. It runs the statements that an app needs, stores objects, roles,
// grants and files, and answers like an account. Traits are the differences between accounts. It has no network
// protocol: snowflaketest serves it.
package engine
