// Package rewrite edits the Python code of an app for the container runtime: sessions, secrets, requests to Snowflake's
// REST API, and APIs that Streamlit removed. It returns edits and writes no files.
package rewrite
