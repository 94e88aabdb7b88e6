// Package check finds what in an app a runtime does not support: rules over the model of the app that
// sleet/scaffold/existing reads. It does no I/O.
//
// The runtime that an app is held against is, in this order: the one asked for; what sleet.toml says;
// runtime_name in snowflake.yml; RUNTIME_NAME of a CREATE STREAMLIT in the folder's SQL; and
// where nothing says, the container, since a check is for what an app must become.
package check
