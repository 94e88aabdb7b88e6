package account

import (
	"cmp"
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
	"sleet/snowflake/account/browser"
	"sleet/snowflake/account/query"
	"sleet/ui/message"
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
	// Browse opens an address in the person's browser, for a log-in that takes place there, and Say words what sleet shows in it. Without
	// them no browser is opened, and the words are English.
	Browse func(address string) error
	Say    func(message.Message) string

	// own are credentials of the connection that the driver's configuration does not have as text.
	own []snowflake.Secret
	// connection is the name of the profile.
	connection string
	// beat is how often the session is kept; zero means beatEvery.
	beat time.Duration
}

// Client is one session of an account, in which several statements run at once.
type Client struct {
	db         *sql.DB // of connections that all work in the session
	session    *oneSession
	turns      turns
	scrub      *Scrubber
	host       string
	driver     string             // the folder that the driver writes to
	own        []snowflake.Secret // the connection's credentials
	connection string             // the name of the profile
	// database and schema are what the connection names.
	database, schema string
	// rest ends the heartbeat.
	rest context.CancelFunc
	// carrier has the connections of all sessions.
	carrier *transport
	// start is what the account said of the session at the log-in.
	start atomic.Pointer[sessionStart]
	// noHierarchies reports whether the account does not know SHOW GRANTS … INCLUDE HIERARCHY.
	noHierarchies atomic.Bool
}

var _ query.Querier = (*Client)(nil)

// several is how many statements run at once.
const several = 8

// Connection returns the name of the profile that the client was opened with.
func (c *Client) Connection() string { return c.connection }

// open logs in with a driver's configuration.
func open(ctx context.Context, cfg sf.Config, o Options) (*Client, error) {
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
	c.own, c.connection = append(c.own, o.own...), o.connection
	for _, s := range slices.Concat(o.Secrets, c.own) {
		c.scrub.Hide(s)
	}
	if o.LoginTimeout == 0 {
		o.LoginTimeout = loginTimeout
	}
	tame(&cfg, o, dir, config)
	carrier, err := newTransport(cfg, usualBounds)
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	carrier.started = c.start.Store
	cfg.Transporter, c.carrier = carrier, carrier
	c.session = &oneSession{cfg: cfg, window: browser.Window{
		Open: o.Browse, Say: o.Say, Hide: func(value string) { c.scrub.Hide(snowflake.NewSecret(value)) },
	}}
	c.db = sql.OpenDB(c.session)
	c.db.SetMaxOpenConns(several)
	c.db.SetMaxIdleConns(several)
	var awake context.Context
	awake, c.rest = context.WithCancel(context.WithoutCancel(ctx))
	go keep(awake, c.db, cmp.Or(o.beat, beatEvery))
	ctx, cancel := context.WithTimeoutCause(ctx, o.LoginTimeout, broken(errSilent, c.host, nil))
	defer cancel()
	if err = c.first(ctx, cfg); err != nil {
		f := failureOf(err, "", c.host, c.scrub)
		_ = c.Close()
		return nil, f
	}
	return c, nil
}

// first logs in, and knocks at the account's host meanwhile: the driver would try for as long as a log-in
// may take, where a name that does not exist, or a port where nobody listens, is known at once.
func (c *Client) first(ctx context.Context, cfg sf.Config) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	unreachable := make(chan error, 1)
	go func() {
		if err := reach(ctx, cfg, c.host); err != nil && ctx.Err() == nil {
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

// logIn opens the session.
func (c *Client) logIn(ctx context.Context) error {
	_, err := ask(ctx, c.host, message.New("failure.wait.login"), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, c.session.logIn(ctx)
	})
	return err
}

// The times that a log-in may take in all: one that a browser or a device asks a person for more.
const (
	loginTimeout  = 30 * time.Second
	personTimeout = 2 * time.Minute
)

// reach knocks at the account's host. Behind a proxy there is nothing to knock at.
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

// tame sets what keeps the driver from waiting, writing and asking on its own.
func tame(cfg *sf.Config, o Options, dir, config string) {
	cfg.Application = o.Application
	//nolint:staticcheck // Deprecated without another way yet: the default waits for five minutes.
	cfg.LoginTimeout = o.LoginTimeout
	// For the driver's retries; an answer may take longer.
	cfg.RequestTimeout = time.Minute //nolint:staticcheck // As above.
	// The transport bounds an answer. The driver's own timer for it would run on for a quarter of an hour where a call is stopped just as
	// its answer comes: the driver does not close such an answer.
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

// Hide adds a value that nothing the Client gives may hold.
func (c *Client) Hide(secret snowflake.Secret) { c.scrub.Hide(secret) }

// Credentials are those of the connection, which no file of an app may have in it.
func (c *Client) Credentials() []snowflake.Secret { return c.own }

// Host is the account's host, for messages.
func (c *Client) Host() string { return c.host }

// closing is how long the end of the session may take.
const closing = 3 * time.Second

// Close ends the session. Where the account does not answer, it does not wait.
func (c *Client) Close() error {
	c.rest()
	err := errors.Join(atMost(closing, func() error { return errors.Join(c.db.Close(), c.session.end()) }), os.RemoveAll(c.driver))
	c.carrier.base.CloseIdleConnections()
	if err != nil {
		return fmt.Errorf("close the connection to %s: %w", c.host, err)
	}
	return nil
}

// Query runs one statement as the role of the log-in, beside others.
func (c *Client) Query(ctx context.Context, statement string) (query.Rows, error) {
	return c.once(ctx, snowflake.Name{}, func() (query.Rows, error) { return c.run(ctx, statement) })
}

// As returns a Querier whose statements run as a role; the zero Name is the role of the log-in.
func (c *Client) As(role snowflake.Name) query.Querier { return asRole{c, role} }

// asRole runs statements as a role.
type asRole struct {
	*Client
	role snowflake.Name
}

// Query runs one statement.
func (a asRole) Query(ctx context.Context, statement string) (query.Rows, error) {
	return a.once(ctx, a.role, func() (query.Rows, error) { return a.run(ctx, statement) })
}

// once runs something in the session as a role. Where the session has ended, which is known before
// anything runs, it logs in once more and runs it there.
func (c *Client) once(ctx context.Context, role snowflake.Name, do func() (query.Rows, error)) (rows query.Rows, err error) {
	if role == c.home() {
		role = snowflake.Name{}
	}
	for range 2 {
		var session int
		session, err = c.turns.enter(ctx, role, func(to snowflake.Name) error { return c.take(ctx, to) })
		if err == nil {
			rows, err = do()
			c.turns.leave()
		}
		if !again(err) {
			return rows, err
		}
		if failed := c.turns.renew(ctx, session, func() error { return c.logIn(ctx) }); failed != nil {
			return query.Rows{}, failureOf(failed, "", c.host, c.scrub)
		}
	}
	return rows, err
}

// take makes a role the session's.
func (c *Client) take(ctx context.Context, role snowflake.Name) error {
	if role.IsZero() {
		role = c.home()
	}
	if role.IsZero() {
		return nil
	}
	_, err := c.run(ctx, "USE ROLE "+role.SQL())
	var f *query.Failure
	if errors.As(err, &f) && !cut(err) && !again(err) {
		forbidden := *f
		forbidden.Forbidden = true
		return &forbidden
	}
	return err
}

// tries is how often a statement of which no answer came is sent.
const tries = 3

// send runs something in the session, as a role, and says how often. Where the connection breaks it is
// done again: everything that a plan sends may be done twice.
func (c *Client) send(ctx context.Context, role snowflake.Name, do func() (query.Rows, error)) (rows query.Rows, sent int, err error) {
	for sent = 1; ; sent++ {
		rows, err = c.once(ctx, role, do)
		var f *query.Failure
		if err == nil || ctx.Err() != nil || sent == tries || !errors.As(err, &f) || f.Final || !f.Network && !f.HasCode(605) {
			return rows, sent, err
		}
		select {
		case <-time.After(time.Duration(sent) * 300 * time.Millisecond):
		case <-ctx.Done():
			return rows, sent, err
		}
	}
}

// query sends one statement as a role.
func (c *Client) query(ctx context.Context, role snowflake.Name, statement string) (query.Rows, error) {
	rows, _, err := c.send(ctx, role, func() (query.Rows, error) { return c.run(ctx, statement) })
	return rows, err
}

// steadyAs runs statements as a role, again where the connection breaks.
type steadyAs struct {
	*Client
	role snowflake.Name
}

// Query runs one statement.
func (s steadyAs) Query(ctx context.Context, statement string) (query.Rows, error) {
	return s.query(ctx, s.role, statement)
}

// inTurn runs statements in a turn that was taken already.
type inTurn struct{ *Client }

// Query runs one statement.
func (t inTurn) Query(ctx context.Context, statement string) (query.Rows, error) {
	return t.run(ctx, statement)
}

// sessionStart is what an account says of a session at the log-in.
type sessionStart struct{ database, schema, warehouse, role string }

// home is the role of the log-in, the zero Name where it is not known.
func (c *Client) home() snowflake.Name {
	if start := c.start.Load(); start != nil {
		return snowflake.StoredObject(start.role)
	}
	return snowflake.Name{}
}

// again reports whether a statement can be sent once more: its session had ended before it ran.
func again(err error) bool {
	var f *query.Failure
	return errors.As(err, &f) && f.Ended
}

// Configured returns the place that the connection names for its sessions. A database or a schema that
// the role cannot use is not the session's all the same.
func Configured(c *Client) snowflake.Context {
	return snowflake.Context{Database: c.database, Schema: c.schema}
}
