// Package check finds what a runtime does not support in an app. It applies rules to the model of
// the app that package existing reads, and does no I/O.
//
// The runtime to check for is the first of these that is known: the requested one; the one in
// sleet.toml; runtime_name in snowflake.yml; RUNTIME_NAME of a CREATE STREAMLIT in the folder's
// SQL; the container.
package check
