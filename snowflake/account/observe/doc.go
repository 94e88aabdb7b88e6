// Package observe reads what exists in a Snowflake account: the objects that an app wants, the objects that it depends
// on, its files and its logs. It sends its statements through a query.Session and changes nothing.
package observe
