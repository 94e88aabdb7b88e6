// Package scaffold has a Streamlit app in Snowflake as one plain value, App, and everything that
// is made from it: its files, its set-up statements, its checks. It does no I/O but in Read and
// Write.
package scaffold
