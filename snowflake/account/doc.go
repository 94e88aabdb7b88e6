// Package account runs a plan in a Snowflake account, and plans the removal of an app. It records every step in a
// journal, before and after. It sends its statements through a query.Session and does not know the driver.
package account
