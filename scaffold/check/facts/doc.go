// Package facts has what the rules of a check ask of an app: its files with the values of their expressions, the code
// that runs in Snowflake, the hosts, modules and secrets that it uses, its package lists and its SQL. It also makes
// findings: places in the app with what is said of them. It knows no rule.
package facts
