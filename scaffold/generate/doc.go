// Package generate makes the files of an app: Python, Streamlit options, the package list,
// snowflake.yml and SQL scripts. It is pure: the same answers return the same bytes, and nothing is
// written to disk.
package generate
