// Package generate makes the files of an app: its Python, its options, its list of packages, snowflake.yml and
// its scripts of SQL. It is pure: the same answers give the same bytes.
package generate
