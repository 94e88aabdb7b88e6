package snowflaketest

import (
	"net"
	"net/http"
	"strings"
)

// localOnly refuses requests by another name than this machine's, where the account is served to this machine alone. A page in a browser
// can reach it by a name of its own that leads here, and everybody knows the password.
func localOnly(address string, next http.Handler) http.Handler {
	if !loopback(address) {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !loopback(r.Host) || r.Header.Get("Origin") != "" {
			http.Error(w, "this account is served to programs of this machine alone", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// loopback reports whether a host, with or without a port, is this machine by an address of its own, or localhost.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = strings.Trim(address, "[]")
	}
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
