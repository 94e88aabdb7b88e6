package grammar

import "fmt"

// Error is an error of an account, with Snowflake's number and text.
type Error struct {
	Code           int
	State, Message string
	// Line and Pos are the position of a syntax error in the statement, from 1 and 0, and -1 for other errors.
	Line, Pos int
}

// Error returns the number, the SQLSTATE and the text.
func (e *Error) Error() string {
	return fmt.Sprintf("%06d (%s): %s", e.Code, e.State, e.Message)
}

// The errors of an account. Numbers and texts are the ones that users of the drivers see; the reference pages name many
// of them.

// Refuse returns an error.
func Refuse(code int, state, format string, args ...any) *Error {
	return &Error{Code: code, State: state, Message: fmt.Sprintf(format, args...), Line: -1, Pos: -1}
}

// Compile returns a compilation error.
func Compile(code int, state, format string, args ...any) *Error {
	return Refuse(code, state, "SQL compilation error:\n"+format, args...)
}

// SyntaxError returns the error for a text that is not valid SQL, with its position.
func SyntaxError(line, pos int, what string) *Error {
	e := Compile(1003, "42000", "syntax error line %d at position %d %s.", line, pos, what)
	e.Line, e.Pos = line, pos
	return e
}

// Absent returns the error for an object that does not exist or that the role may not see; it does not reveal which.
func Absent(title, name string) *Error {
	return Compile(2003, "02000", "%s '%s' does not exist or not authorized.", title, name)
}

// Impossible returns the error for warehouses, roles, databases and integrations that do not exist.
func Impossible() *Error {
	return Compile(2043, "02000", "Object does not exist, or operation cannot be performed.")
}

// Exists returns the error for creating an object whose name is in use.
func Exists(name string) *Error {
	return Compile(2002, "42710", "Object '%s' already exists.", name)
}

// Hidden returns the error for creating an object whose name is in use by one that the role may not see.
func Hidden(name string) *Error {
	return Compile(3041, "42710", "Object '%s' already exists, but current role has no privileges on it. If this is unexpected and you cannot resolve this problem, contact your system administrator. ACCOUNTADMIN role may be required to manage the privileges on the object.", name)
}

// Denied returns the error for a missing privilege.
func Denied(kind, name string) *Error {
	return Refuse(3001, "42501", "SQL access control error:\nInsufficient privileges to operate on %s '%s'", kind, name)
}

// InvalidProperty returns the error for a property that a kind of object does not have.
func InvalidProperty(property, kind string) *Error {
	return Compile(1422, "22023", "invalid property '%s' for '%s'", property, kind)
}

// InvalidValue returns the error for an invalid value of a property.
func InvalidValue(value, property string) *Error {
	return Compile(1008, "22023", "invalid value ['%s'] for parameter '%s'", value, property)
}

// MissingProperty returns the error for a statement without a required property.
func MissingProperty(property string) *Error {
	return Compile(2029, "22023", "Missing option(s): [%s]", property)
}

// Unsupported returns the error for a feature that the account does not have.
func Unsupported(feature string) *Error {
	return Refuse(2, "0A000", "Unsupported feature '%s'.", feature)
}

// NoDatabase returns the error for a statement that needs a current database.
func NoDatabase(statement string) *Error {
	return Refuse(90105, "22000", "Cannot perform %s. This session does not have a current database. Call 'USE DATABASE', or use a qualified name.", statement)
}

// NoSchema returns the error for a statement that needs a current schema.
func NoSchema(statement string) *Error {
	return Refuse(90106, "22000", "Cannot perform %s. This session does not have a current schema. Call 'USE SCHEMA', or use a qualified name.", statement)
}

// NoLiveVersion returns the error for a statement about the live version of an app that has none.
func NoLiveVersion() *Error { return Refuse(99108, "22000", "Live version is not found.") }

// NoWarehouse returns the error for a statement that needs a warehouse.
func NoWarehouse() *Error {
	return Refuse(606, "57P03", "No active warehouse selected in the current session.  Select an active warehouse with the 'use warehouse' command.")
}

// Sentence returns an error of CREATE or ALTER STREAMLIT. Its text is known from accounts, but its number was never
// published, so a client has to recognize it by its text.
func Sentence(format string, args ...any) *Error {
	return Refuse(1008, "22023", "SQL compilation error: "+format, args...)
}
