package session

import (
	"testing"

	"sleet/snowflake/account/profile"

	sf "github.com/snowflakedb/gosnowflake/v2"
)

// TestAddress compares the address of a login with the driver's rule and with the addresses that a browser shows.
func TestAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ account, region, host, wantAccount, wantHost string }{
		{"acme-dev", "", "", "acme-dev", "acme-dev.snowflakecomputing.com"},
		{"ab12345", "eu-west-1", "", "ab12345", "ab12345.eu-west-1.snowflakecomputing.com"},
		{"ab12345.eu-west-1", "", "", "ab12345", "ab12345.eu-west-1.snowflakecomputing.com"},
		{"ab12345.eu-west-1", "eu-west-1", "", "ab12345", "ab12345.eu-west-1.snowflakecomputing.com"},
		{"ab12345", "us-west-2", "", "ab12345", "ab12345.snowflakecomputing.com"},
		{"ab12345.us-west-2", "", "", "ab12345", "ab12345.snowflakecomputing.com"},
		{"ab12345.east-us-2.azure", "", "", "ab12345", "ab12345.east-us-2.azure.snowflakecomputing.com"},
		{"ab12345.cn-northwest-1", "", "", "ab12345", "ab12345.cn-northwest-1.snowflakecomputing.cn"},
		{"ab12345", "cn-northwest-1", "", "ab12345", "ab12345.cn-northwest-1.snowflakecomputing.cn"},
		{"ab12345.eu-west-1.privatelink", "", "", "ab12345", "ab12345.eu-west-1.privatelink.snowflakecomputing.com"},
		{"acme-dev.privatelink", "", "", "acme-dev", "acme-dev.privatelink.snowflakecomputing.com"},
		{"acme-dev", "", "acme-dev.privatelink.snowflakecomputing.com", "acme-dev", "acme-dev.privatelink.snowflakecomputing.com"},
		{"https://acme-dev.snowflakecomputing.com/", "", "", "acme-dev", "acme-dev.snowflakecomputing.com"},
		{"HTTPS://Acme-Dev.SnowflakeComputing.com:443/console#/x", "", "", "Acme-Dev", "Acme-Dev.snowflakecomputing.com"},
		{" acme.eu-central-1.snowflakecomputing.com ", "", "", "acme", "acme.eu-central-1.snowflakecomputing.com"},
		{"https://myorg-acct.snowflakecomputing.cn", "", "", "myorg-acct", "myorg-acct.snowflakecomputing.cn"},
		{"ab12345.cn-northwest-1.snowflakecomputing.cn", "", "", "ab12345", "ab12345.cn-northwest-1.snowflakecomputing.cn"},
		{"https://app.snowflake.com/myorg/acct/", "", "", "myorg-acct", "myorg-acct.snowflakecomputing.com"},
		{"app.snowflake.com/myorg/acct/#/homepage", "", "", "myorg-acct", "myorg-acct.snowflakecomputing.com"},
		{"https://app.snowflake.com/myorg/acct#/homepage", "", "", "myorg-acct", "myorg-acct.snowflakecomputing.com"},
		{"https://app.snowflake.com/us-east-1/ab12345/w/x", "", "", "ab12345", "ab12345.us-east-1.snowflakecomputing.com"},
		{"https://app.snowflake.com/west-europe.azure/ab12345/", "", "", "ab12345", "ab12345.west-europe.azure.snowflakecomputing.com"},
		{"https://app.snowflake.cn/myorg/acct/", "", "", "myorg-acct", "myorg-acct.snowflakecomputing.cn"},
		{"https://app-acme-dev.privatelink.snowflakecomputing.com/", "", "", "acme-dev", "acme-dev.privatelink.snowflakecomputing.com"},
		{"https://app.us-east-1.privatelink.snowflakecomputing.com/us-east-1/ab12345/", "", "", "ab12345", "ab12345.us-east-1.privatelink.snowflakecomputing.com"},
		{"demo", "", "https://proxy.example.com/", "demo", "proxy.example.com"},
		{"demo", "", "127.0.0.1:18085", "demo", "127.0.0.1:18085"},
	} {
		p := profile.Profile{Name: "x", Account: c.account, Region: c.region, Host: c.host, User: "u", Authenticator: "externalbrowser"}
		cfg, err := configOf(t.Context(), &p, nil)
		if err != nil {
			t.Errorf("%s, %s, %s: %v", c.account, c.region, c.host, err)
			continue
		}
		if cfg.Account != c.wantAccount || hostOf(cfg) != c.wantHost {
			t.Errorf("%s, %s, %s: the log-in names %s at %s, want %s at %s", c.account, c.region, c.host, cfg.Account, hostOf(cfg), c.wantAccount, c.wantHost)
		}
	}
	for _, account := range []string{"app.snowflake.com", "https://app.snowflake.com/", "https://app.snowflake.com/#/homepage"} {
		if got, host := profile.AccountOf(account); got != "" || host != "" {
			t.Errorf("accountOf(%q) = %q, %q, want nothing", account, got, host)
		}
	}
}

// TestDriverAgrees compares addresses with the driver's own.
func TestDriverAgrees(t *testing.T) {
	t.Parallel()
	for _, account := range []string{"acme-dev", "ab12345.eu-west-1", "ab12345.cn-north-1", "a.b.privatelink", "x_y-z"} {
		cfg := sf.Config{Account: account}
		if err := addressed(&cfg); err != nil {
			t.Fatal(err)
		}
		again, err := sf.ParseDSN("u:p@" + account)
		if err != nil {
			t.Fatal(err)
		}
		if cfg.Host != again.Host || cfg.Account != again.Account {
			t.Errorf("%s: %s at %s, and the driver %s at %s", account, cfg.Account, cfg.Host, again.Account, again.Host)
		}
	}
}
