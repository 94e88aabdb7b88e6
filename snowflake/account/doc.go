// Package account carries a plan out in a Snowflake account, and plans how an app is removed from it again. What it does is in a journal
// before and after it is done. It asks over a query.Session and knows no driver.
package account
