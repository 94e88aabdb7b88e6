package steps

import (
	"net/url"
	"strings"
)

// HostOf returns the host of an HTTP URL, with its port unless that is 443: network rules list hosts, not URLs. changed
// is false for any other text.
func HostOf(text string) (host string, changed bool) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return text, false
	}
	if port := u.Port(); port != "" && port != "443" {
		return u.Hostname() + ":" + port, true
	}
	return u.Hostname(), true
}

// hostsOf returns the hosts that the lines name.
func hostsOf(lines []string) []string {
	var hosts []string
	for _, line := range lines {
		host, _ := HostOf(line)
		hosts = append(hosts, host)
	}
	return hosts
}
