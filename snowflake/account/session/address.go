package session

import (
	"net"
	"net/url"
	"strconv"
	"strings"

	"sleet/snowflake/safely"
	"sleet/ui/message"

	sf "github.com/snowflakedb/gosnowflake/v2"
)

// addressed sets the host of a configuration by the driver's own rule, and the account without its region, which is the
// form that a login uses.
func addressed(cfg *sf.Config) error {
	try := sf.Config{
		Account: cfg.Account, Region: cfg.Region, Host: cfg.Host, Port: cfg.Port, Protocol: cfg.Protocol,
		User: "-", Password: "-", // The rule wants some.
	}
	if _, region, ok := strings.Cut(cfg.Account, "."); ok && strings.EqualFold(region, cfg.Region) {
		try.Region = ""
	}
	if _, err := sf.DSN(&try); err != nil {
		return message.NewError("failure.profile.address", "why", truncated(safely.Visible(err.Error())))
	}
	cfg.Account, cfg.Region, cfg.Host, cfg.Port, cfg.Protocol = try.Account, try.Region, try.Host, try.Port, try.Protocol
	cfg.OCSPFailOpen, cfg.DisableOCSPChecks = try.OCSPFailOpen, try.DisableOCSPChecks
	return nil
}

// hostOf returns the host that the driver will connect to, with an unusual port.
func hostOf(cfg sf.Config) string {
	if cfg.Port != 0 && cfg.Port != 443 {
		return net.JoinHostPort(cfg.Host, strconv.Itoa(cfg.Port))
	}
	return cfg.Host
}

// addressOf returns the URL of the account.
func addressOf(cfg sf.Config) *url.URL {
	scheme := cfg.Protocol
	if scheme == "" {
		scheme = "https"
	}
	host := cfg.Host
	if cfg.Port != 0 {
		host = net.JoinHostPort(host, strconv.Itoa(cfg.Port))
	}
	return &url.URL{Scheme: scheme, Host: host}
}
