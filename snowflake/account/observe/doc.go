// Package observe reads what is in a Snowflake account: the objects that an app wants and those that it depends on, its files and
// its output. It asks over a query.Session and changes nothing.
package observe
