// Package account reads what is in a Snowflake account, and carries a plan out there. It asks over a query.Session and knows no driver.
package account
