package scaffold

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Host is one value of a network rule of type HOST_PORT.
// https://docs.snowflake.com/en/sql-reference/sql/create-network-rule
type Host struct {
	// Name is the domain in lower case. It may contain one "*"; "0.0.0.0" means every host.
	Name string
	// From and To are the first and last port, equal for a single port. Both are 0 for every port.
	From, To int
	// Port is the text after the colon, "" if there is none.
	Port string
}

// defaultPort is the port of a host without an explicit one.
const defaultPort = 443

// maxPort is the highest port number.
const maxPort = 65535

// EveryHost matches every host.
const EveryHost = "0.0.0.0"

// String returns the host as a network rule writes it.
func (h Host) String() string {
	if h.Port == "" {
		return h.Name
	}
	return h.Name + ":" + h.Port
}

// IsWildcard reports whether the host matches more than one host.
func (h Host) IsWildcard() bool { return h.Name == EveryHost || strings.Contains(h.Name, "*") }

// URL returns the address for a request to the host: its first port, and http for port 80. It
// returns "" for a wildcard.
func (h Host) URL() string {
	switch {
	case h.IsWildcard():
		return ""
	case h.From == 80:
		return "http://" + h.Name
	case h.From == defaultPort || h.From == 0:
		return "https://" + h.Name
	default:
		return fmt.Sprintf("https://%s:%d", h.Name, h.From)
	}
}

// Covers reports whether the rule lets the app reach address, a name or name:port.
func (h Host) Covers(address string) bool {
	other, err := ParseHost(address)
	if err != nil || other.IsWildcard() {
		return false
	}
	if h.From != 0 && (other.From < h.From || other.To > h.To) {
		return false
	}
	if h.Name == EveryHost {
		return true
	}
	before, after, wild := strings.Cut(h.Name, "*")
	if !wild {
		return h.Name == other.Name
	}
	middle, found := strings.CutPrefix(other.Name, before)
	middle, ends := strings.CutSuffix(middle, after)
	return found && ends && middle != "" && !strings.Contains(middle, ".")
}

// HostError reports which rule for hosts a text breaks.
type HostError struct {
	// Rule is the ID of the rule, Text the host as entered, Part the part of it that is wrong.
	Rule, Text, Part string
}

func (e *HostError) Error() string { return fmt.Sprintf("host %q: %s", e.Text, e.Rule) }

// ParseHost parses a host of network.hosts: a domain, optionally with a port or a range of ports.
// The error is a *HostError.
func ParseHost(text string) (Host, error) {
	fail := func(rule, part string) (Host, error) { return Host{}, &HostError{Rule: rule, Text: text, Part: part} }
	if rule, part := foreignPart(text); rule != "" {
		return fail(rule, part)
	}
	name, port, hasPort := strings.Cut(text, ":")
	if hasPort && strings.Contains(port, ":") {
		return fail("host-port", port) // IPv6 addresses were rejected above
	}
	h := Host{Name: strings.ToLower(name), From: defaultPort, To: defaultPort}
	if hasPort {
		var ok bool
		if h.From, h.To, ok = ports(port); !ok {
			return fail("host-port", port)
		}
		h.Port = port
	}
	if h.Name == EveryHost {
		if h.From != h.To || h.From != 80 && h.From != defaultPort {
			return fail("host-every-port", port)
		}
		return h, nil
	}
	if rule, part := domainFault(h.Name); rule != "" {
		return fail(rule, part)
	}
	return h, nil
}

// foreignPart finds the part of a URL or an IP address that does not belong in a host.
func foreignPart(text string) (rule, part string) {
	if strings.TrimSpace(text) == "" {
		return "host-empty", ""
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }) {
		return "host-characters", ""
	}
	if scheme, _, found := strings.Cut(text, "://"); found {
		return "host-scheme", scheme + "://"
	}
	if isAddress(text) {
		return "host-address", ""
	}
	if strings.Contains(text, "@") {
		return "host-user", "" // not shown: it may contain a password
	}
	if i := strings.IndexAny(text, `/\?#`); i >= 0 {
		return "host-path", text[i:]
	}
	return "", ""
}

// isAddress reports whether text is an IP address, a CIDR block or an address range.
func isAddress(text string) bool {
	first, last, ranged := strings.Cut(text, "-")
	if ranged && isIP(first) && isIP(last) {
		return true
	}
	bare, _, _ := strings.Cut(text, "/")
	if host, port, found := strings.Cut(bare, ":"); found && !strings.Contains(port, ":") {
		bare = host
	}
	return isIP(bare) && (bare != EveryHost || strings.Contains(text, "/"))
}

func isIP(text string) bool {
	text = strings.TrimPrefix(text, "[")
	text, _, _ = strings.Cut(text, "]")
	_, err := netip.ParseAddr(text)
	return err == nil
}

// ports parses "8443" or "8000-8100"; "0" means every port.
func ports(text string) (from, to int, ok bool) {
	if text == "0" {
		return 0, 0, true
	}
	low, high, ranged := strings.Cut(text, "-")
	if !ranged {
		high = low
	}
	from, okFrom := port(low)
	to, okTo := port(high)
	return from, to, okFrom && okTo && (!ranged || from < to)
}

func port(text string) (int, bool) {
	if text == "" || len(text) > len("65535") || text[0] == '0' || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n <= maxPort
}

const (
	// maxDomain and maxLabel are the limits of RFC 1035.
	maxDomain = 253
	maxLabel  = 63
)

// domainFault returns the first rule that a lower-case name breaks.
func domainFault(name string) (rule, part string) {
	if strings.ContainsFunc(name, func(r rune) bool { return r > unicode.MaxASCII }) {
		return "host-unicode", ""
	}
	if strings.HasSuffix(name, ".") && strings.Trim(name, ".") != "" {
		return "host-dot", ""
	}
	labels := strings.Split(name, ".")
	if rule := starFault(name, labels); rule != "" {
		return rule, ""
	}
	if len(name) > maxDomain {
		return "host-length", ""
	}
	if len(labels) == 1 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") == "" {
		return "host-local", ""
	}
	for _, label := range labels {
		switch {
		case len(label) > maxLabel:
			return "host-length", label
		case label == "":
			return "host-characters", ""
		case strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_*") != "",
			label[0] == '-', label[len(label)-1] == '-':
			return "host-characters", label
		}
	}
	return "", ""
}

// starFault checks a name's wildcard: at most one, and not in the last two labels, which name the
// owner.
func starFault(name string, labels []string) string {
	switch stars := strings.Count(name, "*"); {
	case stars > 1:
		return "host-stars"
	case stars == 1 && strings.Contains(strings.Join(labels[max(0, len(labels)-2):], "."), "*"):
		return "host-star-place"
	}
	return ""
}
