package profile

import (
	"net"
	"strconv"
	"strings"
)

// domain is where accounts are; china is that of the accounts in China.
const (
	domain = ".snowflakecomputing.com"
	china  = ".snowflakecomputing.cn"
)

// AccountOf splits what a profile has as its account: the identifier, or an address that somebody has
// copied from a browser. host is empty where the identifier gives it.
// https://docs.snowflake.com/en/user-guide/organizations-connect
func AccountOf(text string) (account, host string) {
	text = strings.TrimSpace(text)
	if _, rest, ok := strings.Cut(text, "://"); ok {
		text = rest
	}
	text, path, _ := strings.Cut(text, "/")
	text, _, _ = strings.Cut(text, "?")
	text, _, _ = strings.Cut(text, "#")
	if name, _, err := net.SplitHostPort(text); err == nil {
		text = name
	}
	text = strings.TrimSuffix(text, ".")
	lower := strings.ToLower(text)
	switch {
	case lower == "app.snowflake.com":
		return fromSnowsight(path, "")
	case lower == "app.snowflake.cn":
		account, _ = fromSnowsight(path, "")
		if account != "" && !strings.Contains(account, ".") {
			host = strings.ToLower(account) + china
		}
		return account, host
	case strings.HasPrefix(lower, "app.") && strings.HasSuffix(lower, ".privatelink"+domain):
		return fromSnowsight(path, ".privatelink")
	case strings.HasSuffix(lower, ".privatelink"+domain):
		lower = strings.TrimPrefix(lower, "app-")
		text = text[len(text)-len(lower):]
	}
	if strings.HasSuffix(lower, china) {
		account = text[:len(text)-len(china)]
		if !strings.Contains(account, ".") { // Without a region, only the host tells.
			host = text
		}
		return account, host
	}
	if strings.HasSuffix(lower, domain) {
		text = text[:len(text)-len(domain)]
	}
	return text, ""
}

// fromSnowsight is the account of an address of Snowsight: ORGANIZATION/ACCOUNT or REGION/LOCATOR.
// Names of organizations hold letters and digits only.
func fromSnowsight(path, link string) (account, host string) {
	first, rest, _ := strings.Cut(path, "/")
	second, _, _ := strings.Cut(rest, "/")
	second, _, _ = strings.Cut(second, "#")
	switch {
	case first == "" || second == "" || strings.HasPrefix(first, "#"):
		return "", ""
	case strings.ContainsAny(first, "-."):
		return second + "." + first + link, ""
	}
	return first + "-" + second + link, ""
}

// SplitHost takes a profile's host apart, where it is a whole address.
func SplitHost(text string) (scheme, host string, port int) {
	text = strings.TrimSpace(text)
	if before, rest, ok := strings.Cut(text, "://"); ok {
		scheme, text = strings.ToLower(before), rest
	}
	text, _, _ = strings.Cut(text, "/")
	if name, number, err := net.SplitHostPort(text); err == nil {
		if n, err := strconv.ParseUint(number, 10, 16); err == nil {
			return scheme, name, int(n)
		}
	}
	return scheme, strings.TrimSuffix(text, "."), 0
}
