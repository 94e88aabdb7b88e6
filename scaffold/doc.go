// Package scaffold represents a Streamlit app in Snowflake as one plain value, App, and holds the
// defaults and the facts about runtimes and secret types. Its subpackages read, validate and write
// that value and make files, SQL and resources from it. This package does no I/O.
package scaffold
