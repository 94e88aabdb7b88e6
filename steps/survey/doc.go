// Package survey grades the Streamlit apps of an account by the effort of migrating each to the container runtime, and
// writes the result as a table, CSV, JSON or HTML. It does not read the account: the caller passes what the account
// shows.
package survey
