package grammar

import (
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// hostShape matches a host name: labels of letters, digits and hyphens, with asterisks.
var hostShape = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[A-Za-z0-9*_]([A-Za-z0-9*_-]*[A-Za-z0-9*_])?(\.[A-Za-z0-9*_]([A-Za-z0-9*_-]*[A-Za-z0-9*_])?)*$`)
})

// CheckHosts returns an error for a value that is invalid for the type of network rule.
// https://docs.snowflake.com/en/sql-reference/sql/create-network-rule
func CheckHosts(kind string, values []string) *Error {
	for _, v := range values {
		ok := true
		switch kind {
		case "HOST_PORT":
			ok = validHost(v)
		case "IPV4":
			ip, _, _ := strings.Cut(v, "/")
			address, err := netip.ParseAddr(ip)
			ok = err == nil && address.Is4()
		}
		if !ok {
			return InvalidValue(v, "VALUE_LIST")
		}
	}
	return nil
}

func validHost(v string) bool {
	host, ports, hasPort := strings.Cut(v, ":")
	if hasPort && !validPorts(ports) {
		return false
	}
	if host == "0.0.0.0" {
		return !hasPort || ports == "80" || ports == "443"
	}
	labels := strings.Split(host, ".")
	stars := strings.Count(host, "*")
	if stars > 1 || stars == 1 && (len(labels) < 3 || strings.Contains(labels[len(labels)-1]+labels[len(labels)-2], "*")) {
		return false
	}
	return len(host) <= 255 && len(labels) > 1 && hostShape().MatchString(host)
}

// validPorts accepts a port, 0 for all ports, or a range of ports.
func validPorts(ports string) bool {
	first, last, isRange := strings.Cut(ports, "-")
	from, err := strconv.ParseUint(first, 10, 16)
	if err != nil {
		return false
	}
	if !isRange {
		return true
	}
	to, err := strconv.ParseUint(last, 10, 16)
	return err == nil && from > 0 && from <= to
}
