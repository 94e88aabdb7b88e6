// Package rewrite edits the Python of an app for the container runtime: sessions, secrets, requests to Snowflake's REST API,
// and what Streamlit no longer has.
package rewrite
