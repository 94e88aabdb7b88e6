// Package engine is the SQL half of an account: it runs the statements that an app needs, keeps the objects, roles,
// grants and files that they make, and answers as an account does. Traits are the points on which accounts differ.
// It knows no wire: snowflaketest serves it.
package engine
