package engine

import "fmt"

// Error is a refusal, in Snowflake's numbers and words.
type Error struct {
	Code           int
	State, Message string
	// line and pos are where in the statement, from 1 and 0, for an error of syntax; -1 otherwise.
	line, pos int
}

// Error returns number, SQLSTATE and text.
func (e *Error) Error() string {
	return fmt.Sprintf("%06d (%s): %s", e.Code, e.State, e.Message)
}

// The refusals of an account, in its numbers and words. Texts and numbers are those that the
// drivers' users see; the pages of the statements name many of them.

// refuse makes a refusal.
func refuse(code int, state, format string, args ...any) *Error {
	return &Error{Code: code, State: state, Message: fmt.Sprintf(format, args...), line: -1, pos: -1}
}

// compile makes a refusal of a statement that cannot be compiled.
func compile(code int, state, format string, args ...any) *Error {
	return refuse(code, state, "SQL compilation error:\n"+format, args...)
}

func syntaxError(line, pos int, what string) *Error {
	e := compile(1003, "42000", "syntax error line %d at position %d %s.", line, pos, what)
	e.line, e.pos = line, pos
	return e
}

// absent is the answer to what is not there or may not be seen: which, is not told.
func absent(title, name string) *Error {
	return compile(2003, "02000", "%s '%s' does not exist or not authorized.", title, name)
}

// impossible is what the account says of warehouses, roles, databases and integrations that are not there.
func impossible() *Error {
	return compile(2043, "02000", "Object does not exist, or operation cannot be performed.")
}

func exists(name string) *Error {
	return compile(2002, "42710", "Object '%s' already exists.", name)
}

func hidden(name string) *Error {
	return compile(3041, "42710", "Object '%s' already exists, but current role has no privileges on it. If this is unexpected and you cannot resolve this problem, contact your system administrator. ACCOUNTADMIN role may be required to manage the privileges on the object.", name)
}

func denied(kind, name string) *Error {
	return refuse(3001, "42501", "SQL access control error:\nInsufficient privileges to operate on %s '%s'", kind, name)
}

func invalidProperty(property, kind string) *Error {
	return compile(1422, "22023", "invalid property '%s' for '%s'", property, kind)
}

func invalidValue(value, property string) *Error {
	return compile(1008, "22023", "invalid value ['%s'] for parameter '%s'", value, property)
}

func missingProperty(property string) *Error {
	return compile(2029, "22023", "Missing option(s): [%s]", property)
}

func unsupported(feature string) *Error {
	return refuse(2, "0A000", "Unsupported feature '%s'.", feature)
}

func noDatabase(statement string) *Error {
	return refuse(90105, "22000", "Cannot perform %s. This session does not have a current database. Call 'USE DATABASE', or use a qualified name.", statement)
}

func noSchema(statement string) *Error {
	return refuse(90106, "22000", "Cannot perform %s. This session does not have a current schema. Call 'USE SCHEMA', or use a qualified name.", statement)
}

// noLiveVersion is the answer to a statement about the live version of an app that has none.
func noLiveVersion() *Error { return refuse(99108, "22000", "Live version is not found.") }

func noWarehouse() *Error {
	return refuse(606, "57P03", "No active warehouse selected in the current session.  Select an active warehouse with the 'use warehouse' command.")
}

// sentence is a refusal of CREATE or ALTER STREAMLIT whose words are known from accounts and whose
// number was never published: a client has to know it by its words.
func sentence(format string, args ...any) *Error {
	return refuse(1008, "22023", "SQL compilation error: "+format, args...)
}
