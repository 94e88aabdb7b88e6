// Package facts provides what the rules of a check need to know about an app: its files with the
// values of their expressions, the code that runs in Snowflake, the hosts, modules and secrets that
// it uses, its package lists and its SQL. It also creates findings. It does not know any rule.
package facts
