// Package scaffold has a Streamlit app in Snowflake as one plain value, App, with its defaults and the
// facts about runtimes and types of secrets. Packages below it read, check and write that value and make
// files, SQL and resources from it. It does no I/O.
package scaffold
