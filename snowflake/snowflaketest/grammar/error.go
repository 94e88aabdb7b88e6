package grammar

import "fmt"

// Error is a refusal, in Snowflake's numbers and words.
type Error struct {
	Code           int
	State, Message string
	// Line and Pos are where in the statement, from 1 and 0, for an error of syntax; -1 otherwise.
	Line, Pos int
}

// Error returns number, SQLSTATE and text.
func (e *Error) Error() string {
	return fmt.Sprintf("%06d (%s): %s", e.Code, e.State, e.Message)
}

// The refusals of an account, in its numbers and words. Texts and numbers are those that the
// drivers' users see; the pages of the statements name many of them.

// Refuse makes a refusal.
func Refuse(code int, state, format string, args ...any) *Error {
	return &Error{Code: code, State: state, Message: fmt.Sprintf(format, args...), Line: -1, Pos: -1}
}

// Compile makes a refusal of a statement that cannot be compiled.
func Compile(code int, state, format string, args ...any) *Error {
	return Refuse(code, state, "SQL compilation error:\n"+format, args...)
}

// SyntaxError is the refusal of a text that is not SQL, at a place in it.
func SyntaxError(line, pos int, what string) *Error {
	e := Compile(1003, "42000", "syntax error line %d at position %d %s.", line, pos, what)
	e.Line, e.Pos = line, pos
	return e
}

// Absent is the answer to what is not there or may not be seen: which, is not told.
func Absent(title, name string) *Error {
	return Compile(2003, "02000", "%s '%s' does not exist or not authorized.", title, name)
}

// Impossible is what the account says of warehouses, roles, databases and integrations that are not there.
func Impossible() *Error {
	return Compile(2043, "02000", "Object does not exist, or operation cannot be performed.")
}

// Exists is the refusal to make an object whose name is taken.
func Exists(name string) *Error {
	return Compile(2002, "42710", "Object '%s' already exists.", name)
}

// Hidden is the refusal to make an object whose name is taken by one that the role may not see.
func Hidden(name string) *Error {
	return Compile(3041, "42710", "Object '%s' already exists, but current role has no privileges on it. If this is unexpected and you cannot resolve this problem, contact your system administrator. ACCOUNTADMIN role may be required to manage the privileges on the object.", name)
}

// Denied is the refusal of what a role has no privilege for.
func Denied(kind, name string) *Error {
	return Refuse(3001, "42501", "SQL access control error:\nInsufficient privileges to operate on %s '%s'", kind, name)
}

// InvalidProperty is the refusal of a property that a kind of object does not have.
func InvalidProperty(property, kind string) *Error {
	return Compile(1422, "22023", "invalid property '%s' for '%s'", property, kind)
}

// InvalidValue is the refusal of the value of a property.
func InvalidValue(value, property string) *Error {
	return Compile(1008, "22023", "invalid value ['%s'] for parameter '%s'", value, property)
}

// MissingProperty is the refusal of a statement that lacks a property.
func MissingProperty(property string) *Error {
	return Compile(2029, "22023", "Missing option(s): [%s]", property)
}

// Unsupported is the refusal of what the account does not have.
func Unsupported(feature string) *Error {
	return Refuse(2, "0A000", "Unsupported feature '%s'.", feature)
}

// NoDatabase is the refusal of a statement that needs a current database.
func NoDatabase(statement string) *Error {
	return Refuse(90105, "22000", "Cannot perform %s. This session does not have a current database. Call 'USE DATABASE', or use a qualified name.", statement)
}

// NoSchema is the refusal of a statement that needs a current schema.
func NoSchema(statement string) *Error {
	return Refuse(90106, "22000", "Cannot perform %s. This session does not have a current schema. Call 'USE SCHEMA', or use a qualified name.", statement)
}

// NoLiveVersion is the answer to a statement about the live version of an app that has none.
func NoLiveVersion() *Error { return Refuse(99108, "22000", "Live version is not found.") }

// NoWarehouse is the refusal of a statement that needs a warehouse.
func NoWarehouse() *Error {
	return Refuse(606, "57P03", "No active warehouse selected in the current session.  Select an active warehouse with the 'use warehouse' command.")
}

// Sentence is a refusal of CREATE or ALTER STREAMLIT whose words are known from accounts and whose
// number was never published: a client has to know it by its words.
func Sentence(format string, args ...any) *Error {
	return Refuse(1008, "22023", "SQL compilation error: "+format, args...)
}
