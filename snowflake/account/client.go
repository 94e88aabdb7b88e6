package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"sync/atomic"
	"time"

	sf "github.com/snowflakedb/gosnowflake/v2"

	"sleet/snowflake"
)

// Options are what a Client may be told.
type Options struct {
	// Application names the program to the account.
	Application string
	// LoginTimeout bounds the log-in in all; zero means 30 seconds, or two minutes where a person is
	// asked in a browser or on a device.
	LoginTimeout time.Duration
	// Secrets are values that nothing the Client gives may hold; more can be added with Hide.
	Secrets []snowflake.Secret
}

// Rows is the result of a query: column names as the account gives them, and each row's values as
// text; null is nil.
type Rows struct {
	Columns []string
	Values  [][]*string
	QueryID string
}

// Querier runs statements of which the order does not matter, several at once.
type Querier interface {
	Query(ctx context.Context, sql string) (Rows, error)
}

// Session is one log-in's worth of statements, in order.
type Session interface {
	Querier
	// UseRole makes a role the session's, where it is not already.
	UseRole(ctx context.Context, role string) error
	// Put sends a file to a place on a stage, uncompressed, over what is there.
	Put(ctx context.Context, file File) (Rows, error)
	// Close ends the session; the Client stays.
	Close() error
}

// Client is an open connection to an account: one log-in for what runs in order, and a few more
// for reading several things at once, where a log-in asks nothing of the person.
type Client struct {
	db     *sql.DB
	scrub  *Scrubber
	host   string
	driver string             // the folder that the driver writes to
	own    []snowflake.Secret // the connection's credentials
	// database and schema are what the connection names.
	database, schema string
	home             atomic.Pointer[string]
	// noHierarchies says that the account does not know SHOW GRANTS … INCLUDE HIERARCHY.
	noHierarchies atomic.Bool
}

var _ Querier = (*Client)(nil)

// several is how many log-ins a Client makes at most.
const several = 4

// open logs in with a driver's configuration. alone allows one log-in only.
func open(ctx context.Context, cfg sf.Config, alone bool, o Options) (*Client, error) {
	if err := silence(); err != nil {
		return nil, err
	}
	dir, config, err := driverFolder()
	if err != nil {
		return nil, err
	}
	c := &Client{scrub: &Scrubber{}, host: hostOf(cfg), driver: dir, database: cfg.Database, schema: cfg.Schema}
	c.own = []snowflake.Secret{
		snowflake.NewSecret(cfg.Password), snowflake.NewSecret(cfg.Token), snowflake.NewSecret(cfg.Passcode), snowflake.NewSecret(cfg.OauthClientSecret),
	}
	for _, s := range slices.Concat(o.Secrets, c.own) {
		c.scrub.Hide(s)
	}
	if o.LoginTimeout == 0 {
		o.LoginTimeout = loginTimeout
	}
	tame(&cfg, o, dir, config)
	carrier, err := newTransport(cfg, usualBounds())
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	cfg.Transporter = carrier
	c.db = sql.OpenDB(sf.NewConnector(sf.SnowflakeDriver{}, cfg))
	c.db.SetMaxOpenConns(several)
	if alone {
		c.db.SetMaxOpenConns(1)
	}
	// A log-in that asks a device or a browser is not to be made twice because a person thinks.
	c.db.SetMaxIdleConns(several)
	ctx, cancel := context.WithTimeoutCause(ctx, o.LoginTimeout, broken(errSilent, c.host, nil))
	defer cancel()
	err = reach(ctx, cfg, c.host)
	if err == nil {
		// A connection is a log-in; a ping would be a statement besides.
		var conn *sql.Conn
		if conn, err = c.conn(ctx); err == nil {
			err = release(conn)
		}
	}
	if carrier.asked.Load() {
		c.db.SetMaxOpenConns(1) // Another log-in would ask the person again.
	}
	if err != nil {
		f := failureOf(err, "", c.host, c.scrub)
		_ = c.Close()
		return nil, f
	}
	return c, nil
}

// conn takes a session of the pool, or logs in.
func (c *Client) conn(ctx context.Context) (*sql.Conn, error) {
	return ask(ctx, c.host, say("failure.wait.login"), c.db.Conn)
}

// The times that a log-in may take in all: one that a browser or a device asks a person for more.
const (
	loginTimeout  = 30 * time.Second
	personTimeout = 2 * time.Minute
)

// reach knocks at the account's host. The driver would try for as long as a log-in may take, where
// a name that does not exist, or a port where nobody listens, is known at once. Behind a proxy
// there is nothing to knock at.
func reach(ctx context.Context, cfg sf.Config, host string) error {
	address := addressOf(cfg)
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: address})
	if err != nil || proxy != nil {
		return nil //nolint:nilerr // The driver has its own say on a proxy that cannot be read.
	}
	knock := address.Host
	if address.Port() == "" {
		knock = net.JoinHostPort(address.Hostname(), address.Scheme)
	}
	_, err = ask(ctx, host, say("failure.wait.connection"), func(ctx context.Context) (struct{}, error) {
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

// tame sets what keeps the driver from waiting, writing and asking on its own.
func tame(cfg *sf.Config, o Options, dir, config string) {
	cfg.Application = o.Application
	//nolint:staticcheck // Deprecated without another way yet: the default waits for five minutes.
	cfg.LoginTimeout = o.LoginTimeout
	// For the driver's retries; an answer may take longer.
	cfg.RequestTimeout = time.Minute //nolint:staticcheck // As above.
	cfg.ClientConfigFile = config
	cfg.TmpDirPath = dir
	cfg.CrlOnDiskCacheDisabled = true
	cfg.ClientStoreTemporaryCredential = sf.ConfigBoolFalse
	cfg.ClientRequestMfaToken = sf.ConfigBoolFalse
	cfg.DisableConsoleLogin = sf.ConfigBoolFalse
	if cfg.Params == nil {
		cfg.Params = map[string]*string{}
	}
	no, yes := "false", "true"
	cfg.Params["CLIENT_TELEMETRY_ENABLED"] = &no
	// While a person reads a plan, the driver's heartbeat keeps the session.
	cfg.Params["CLIENT_SESSION_KEEP_ALIVE"] = &yes
}

// sessions is how many sessions may be open at once.
func (c *Client) sessions() int {
	if c.db.Stats().MaxOpenConnections == 1 {
		return 1
	}
	return several
}

// Hide adds a value that nothing the Client gives may hold.
func (c *Client) Hide(secret snowflake.Secret) { c.scrub.Hide(secret) }

// Holds reports whether a text has a credential of the connection in it.
func (c *Client) Holds(text []byte) bool {
	return slices.ContainsFunc(c.own, func(s snowflake.Secret) bool { return s.In(text) })
}

// Host is the account's host, for messages.
func (c *Client) Host() string { return c.host }

// closing is how long the end of the sessions may take.
const closing = 3 * time.Second

// Close ends all sessions. Where the account does not answer, it does not wait.
func (c *Client) Close() error {
	err := errors.Join(atMost(closing, c.db.Close), os.RemoveAll(c.driver))
	if err != nil {
		return fmt.Errorf("close the connection to %s: %w", c.host, err)
	}
	return nil
}

// Query runs one statement on any session of the Client, beside others. It is for statements that
// change nothing. Where the session has ended meanwhile, those that lie idle have as well: they
// are let go, and the statement runs on a new one.
func (c *Client) Query(ctx context.Context, statement string) (rows Rows, err error) {
	for range several + 1 {
		conn, failed := c.conn(ctx)
		if failed != nil {
			return Rows{}, failureOf(failed, "", c.host, c.scrub)
		}
		if rows, err = c.run(ctx, conn, statement); !again(err) {
			_ = release(conn) // the statement's own outcome counts
			return rows, err
		}
		_ = discard(conn)
	}
	return rows, err
}

// role is the role that a new session has, where it is known.
func (c *Client) role() string {
	if role := c.home.Load(); role != nil {
		return *role
	}
	return ""
}

// again says whether a statement can be sent once more: its session had ended before it ran.
func again(err error) bool {
	var f *Failure
	return errors.As(err, &f) && f.ended
}

// Configured returns the place that the connection names for its sessions. A database or a schema that
// the role cannot use is not the session's all the same.
func Configured(c *Client) snowflake.Context {
	return snowflake.Context{Database: c.database, Schema: c.schema}
}
