package session

import (
	"cmp"
	"context"
	"database/sql"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"time"

	sf "github.com/snowflakedb/gosnowflake/v2"

	"sleet/snowflake"
	"sleet/snowflake/account/browser"
	"sleet/snowflake/account/query"
	"sleet/ui/message"
)

// open logs in with a configuration of the driver.
func open(ctx context.Context, cfg sf.Config, o Options) (*Client, error) {
	if err := silence(); err != nil {
		return nil, err
	}
	dir, config, err := driverFolder()
	if err != nil {
		return nil, err
	}
	c := &Client{scrub: &scrubber{}, host: hostOf(cfg), driver: dir, database: cfg.Database, schema: cfg.Schema}
	c.own = []snowflake.Secret{
		snowflake.NewSecret(cfg.Password), snowflake.NewSecret(cfg.Token), snowflake.NewSecret(cfg.Passcode), snowflake.NewSecret(cfg.OauthClientSecret),
	}
	c.own, c.connection = append(c.own, o.own...), o.connection
	for _, s := range slices.Concat(o.Secrets, c.own) {
		c.scrub.Hide(s)
	}
	if o.LoginTimeout == 0 {
		o.LoginTimeout = loginTimeout
	}
	configure(&cfg, o, dir, config)
	carrier, err := newTransport(cfg, usualBounds)
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	carrier.started = c.facts.SetStart
	cfg.Transporter, c.carrier = carrier, carrier
	c.session = &connector{cfg: cfg, window: browser.Window{
		Open: o.Browse, Say: o.Say, Hide: func(value string) { c.scrub.Hide(snowflake.NewSecret(value)) },
	}}
	c.db = sql.OpenDB(c.session)
	c.db.SetMaxOpenConns(query.AtOnce)
	c.db.SetMaxIdleConns(query.AtOnce)
	var awake context.Context
	awake, c.rest = context.WithCancel(context.WithoutCancel(ctx))
	go keep(awake, c.db, cmp.Or(o.beat, beatEvery))
	ctx, cancel := context.WithTimeoutCause(ctx, o.LoginTimeout, invalidAnswer(errSilent, c.host, nil))
	defer cancel()
	if err = c.logInWithProbe(ctx, cfg); err != nil {
		f := failureOf(err, "", c.host, c.scrub)
		_ = c.Close()
		return nil, f
	}
	return c, nil
}

// logInWithProbe logs in and connects to the account's host meanwhile. The driver would retry for the whole time of a login, but
// an unknown host or a closed port is known immediately.
func (c *Client) logInWithProbe(ctx context.Context, cfg sf.Config) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	unreachable := make(chan error, 1)
	go func() {
		if err := probe(ctx, cfg, c.host); err != nil && ctx.Err() == nil {
			unreachable <- err
			cancel(err)
		}
	}()
	err := c.logIn(ctx)
	select {
	case knocked := <-unreachable:
		if err != nil {
			return knocked
		}
	default:
	}
	return err
}

// Time limits of a login; longer if a browser or a device asks a person.
const (
	loginTimeout  = 30 * time.Second
	personTimeout = 2 * time.Minute
)

// probe connects to the account's host. Behind a proxy it does nothing.
func probe(ctx context.Context, cfg sf.Config, host string) error {
	address := addressOf(cfg)
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: address})
	if err != nil || proxy != nil {
		return nil //nolint:nilerr // The driver reports an invalid proxy itself.
	}
	knock := address.Host
	if address.Port() == "" {
		knock = net.JoinHostPort(address.Hostname(), address.Scheme)
	}
	_, err = ask(ctx, host, message.New("failure.wait.connection"), func(ctx context.Context) (struct{}, error) {
		ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", knock)
		if err != nil {
			return struct{}{}, &url.Error{Op: "Connect", URL: host, Err: err}
		}
		return struct{}{}, conn.Close()
	})
	return err
}

// configure sets the options that keep the driver from waiting, writing and asking on its own.
func configure(cfg *sf.Config, o Options, dir, config string) {
	cfg.Application = o.Application
	//nolint:staticcheck // Deprecated without a replacement; the default is five minutes.
	cfg.LoginTimeout = o.LoginTimeout
	// For the driver's retries; an answer may take longer.
	cfg.RequestTimeout = time.Minute //nolint:staticcheck // As above.
	// The transport limits an answer. The driver's own timer would run for another quarter of an hour if a call is
	// cancelled just as its answer arrives, because the driver does not close that answer.
	cfg.ClientTimeout = -1 //nolint:staticcheck // As above.
	cfg.ClientConfigFile = config
	cfg.TmpDirPath = dir
	cfg.CrlOnDiskCacheDisabled = true
	cfg.ClientStoreTemporaryCredential = sf.ConfigBoolFalse
	cfg.ClientRequestMfaToken = sf.ConfigBoolFalse
	cfg.DisableConsoleLogin = sf.ConfigBoolFalse
	if cfg.Params == nil {
		cfg.Params = map[string]*string{}
	}
	no := "false"
	cfg.Params["CLIENT_TELEMETRY_ENABLED"] = &no
}
