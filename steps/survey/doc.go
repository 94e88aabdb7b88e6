// Package survey grades the Streamlit apps of an account by what moving each to the container runtime takes, and
// writes the result as a table, CSV, JSON or HTML. It is pure: what the account shows goes in as a value.
package survey
