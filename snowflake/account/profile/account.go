package profile

import (
	"net"
	"strconv"
	"strings"
)

// domain is the domain of accounts, china the one of accounts in China.
const (
	domain = ".snowflakecomputing.com"
	china  = ".snowflakecomputing.cn"
)

// AccountOf splits the account of a profile, which is an identifier or a URL copied from a browser. host is empty if it
// follows from the identifier.
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
		if !strings.Contains(account, ".") { // Without a region, only the host shows that it is in China.
			host = text
		}
		return account, host
	}
	if strings.HasSuffix(lower, domain) {
		text = text[:len(text)-len(domain)]
	}
	return text, ""
}

// fromSnowsight returns the account of a Snowsight path: ORGANIZATION/ACCOUNT or REGION/LOCATOR. Names of organizations
// contain only letters and digits.
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

// SplitHost splits a profile's host, which may be a whole URL.
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
