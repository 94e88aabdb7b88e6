// Package manifest edits the files that describe an app: its packages, options, values and snowflake.yml. It returns
// edits and writes no files.
package manifest
