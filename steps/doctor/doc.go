// Package doctor says why an app in an account does not work: it walks each chain from the code outward, from
// the key that the code reads to the grant that lets the value through, and names the first broken link with the
// statement or the edit that fixes it. It is pure: what the account shows goes in as a value, chains come out.
//
// It does not change anything and does not talk to the account: that is sleet/snowflake/account.
package doctor
