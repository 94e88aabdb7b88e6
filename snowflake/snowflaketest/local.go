package snowflaketest

import (
	"net"
	"net/http"
	"strings"
)

// localOnly rejects requests to any host other than this machine, if the account is served on loopback. A web page
// could otherwise reach it through a DNS name that resolves to loopback, and the password is public.
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

// loopback reports whether a host, with or without a port, is a loopback address or localhost.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = strings.Trim(address, "[]")
	}
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
