// Package check says what in a folder of Streamlit-in-Snowflake apps a runtime will not take: Read
// takes a snapshot of the folder, Findings judges it. Reading is the only I/O.
//
// The runtime that an app is held against is, in this order: the one asked for; what sleet.toml says;
// runtime_name in snowflake.yml; RUNTIME_NAME of a CREATE STREAMLIT in the folder's SQL; and
// where nobody says, the container, since what an app must become is what a check is for.
package check
