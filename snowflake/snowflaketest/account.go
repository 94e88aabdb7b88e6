package snowflaketest

import (
	"context"
	"crypto/rsa"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"sleet/snowflake/snowflaketest/engine"
)

// Account is a served account. Its methods are safe for concurrent use.
type Account struct {
	mu        sync.Mutex
	engine    *engine.Engine
	users     map[string]*User
	logins    map[string]*login // by session token
	masters   map[string]*login // by master token
	results   map[string]*answer
	sent      []Sent
	requests  map[string]int // by path
	opened    []LogIn
	trips     []Trip
	latency   time.Duration
	sockets   atomic.Int64       // network connections opened to it
	browsers  map[string]browser // by the token that the browser brings back
	faults    []*Fault
	presigned map[string]filePath
	serial    int
	server    *http.Server
	address   string
	stop      context.CancelFunc
}

// User is a user who can log in, by each method whose field is set.
type User struct {
	Name, Password string
	// Role is the user's default role. Roles are the granted ones.
	Role  string
	Roles []string
	// Database, Schema and Warehouse are the session's defaults if the client names none.
	Database, Schema, Warehouse string
	// Key verifies key pair logins.
	Key *rsa.PublicKey
	// Token is a programmatic access token. TokenRole restricts its sessions to one role.
	Token, TokenRole string
	// OAuth is an OAuth access token.
	OAuth string
	// Passcode, if set, is required as a second factor.
	Passcode string
	failures int
}

// Option configures an Account before it is served.
type Option func(*options)

type options struct {
	address string
	latency time.Duration
	users   []User
	engine  engine.Options
	setup   []string
	apps    int
}

// WithAddr serves the account on a loopback address. The default is a free port.
func WithAddr(address string) Option { return func(o *options) { o.address = address } }

// WithUser adds a user, or replaces the one with the same name.
func WithUser(u User) Option { return func(o *options) { o.users = append(o.users, u) } }

// WithTrial makes the account a trial account, which has no external access.
func WithTrial() Option { return func(o *options) { o.engine.Trial = true } }

// WithPython sets the interpreter that runs Python functions. Without one, calling such a function is an error.
func WithPython(path string) Option { return func(o *options) { o.engine.Python = path } }

// WithStart sets the lines that every starting container app logs, instead of those of a healthy app. Without lines,
// the apps log nothing.
func WithStart(lines ...string) Option {
	return func(o *options) { o.engine.Starts = append([]string{}, lines...) }
}

// WithSetup runs statements as ACCOUNTADMIN before the account is served.
func WithSetup(statements ...string) Option {
	return func(o *options) { o.setup = append(o.setup, statements...) }
}

// With adds traits to the account.
func With(traits ...engine.Trait) Option {
	return func(o *options) { o.engine.Traits = append(o.engine.Traits, traits...) }
}

// WithReal makes the account answer like recordings of current accounts.
func WithReal() Option { return With(engine.RealTraits()...) }

// Password is the password of the user SLEET, who exists in every Account.
const Password = "sleet"

// New serves an account on the loopback interface, until Close. It has the objects of a new account, the user SLEET
// with the roles DEV and ACCOUNTADMIN, and the database APPS owned by DEV.
func New(opts ...Option) (*Account, error) {
	o := options{address: "127.0.0.1:0"}
	for _, opt := range opts {
		opt(&o)
	}
	a := &Account{
		users: map[string]*User{}, logins: map[string]*login{}, masters: map[string]*login{},
		results: map[string]*answer{}, presigned: map[string]filePath{}, requests: map[string]int{}, browsers: map[string]browser{},
	}
	a.engine, a.latency = engine.New(o.engine), o.latency
	users := append([]User{{
		Name: "SLEET", Password: Password, Role: "DEV", Roles: []string{"DEV", "ACCOUNTADMIN"},
		Database: "APPS", Schema: "PUBLIC", Warehouse: "COMPUTE_WH",
	}}, o.users...)
	for i := range users {
		u := users[i]
		a.users[strings.ToUpper(u.Name)] = &u
		a.engine.AddUser(u.Name, u.Role, u.Roles...)
	}
	for _, statement := range o.setup {
		if err := a.Exec("ACCOUNTADMIN", statement); err != nil {
			return nil, err
		}
	}
	if err := a.makeApps(o.apps); err != nil {
		return nil, err
	}
	return a, a.listen(o.address)
}

func (a *Account) listen(address string) error {
	ctx, stop := context.WithCancel(context.Background())
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		stop()
		return fmt.Errorf("serve an account on %s: %w", address, err)
	}
	a.address, a.stop = listener.Addr().String(), stop
	a.server = &http.Server{
		Handler: localOnly(a.address, http.HandlerFunc(a.serveTimed)), ReadHeaderTimeout: time.Minute,
		BaseContext: func(net.Listener) context.Context { return ctx },
		ConnState: func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				a.sockets.Add(1)
			}
		},
	}
	go func() { _ = a.server.Serve(listener) }()
	return nil
}

// Addr returns the host and port of the account.
func (a *Account) Addr() string { return a.address }

// Connections returns the number of network connections opened so far.
func (a *Account) Connections() int { return int(a.sockets.Load()) }

// URL returns the URL of the account.
func (a *Account) URL() string { return "http://" + a.address }

// Close stops the account and aborts all pending requests.
func (a *Account) Close() {
	a.stop()
	_ = a.server.Close()
}

// Profile returns a block for connections.toml with which clients log in as the user SLEET.
func (a *Account) Profile() string {
	host, port, _ := strings.Cut(a.address, ":")
	return fmt.Sprintf(`[demo]
account = "demo"
user = "SLEET"
password = %q
role = "DEV"
warehouse = "COMPUTE_WH"
database = "APPS"
schema = "PUBLIC"
host = %q
port = %s
protocol = "http"
`, Password, host, port)
}

// Exec runs a statement as a role, to set up the account.
func (a *Account) Exec(role, statement string) error {
	s := a.engine.Session("SLEET", role, "APPS", "PUBLIC", "COMPUTE_WH")
	if _, err := s.Run(context.Background(), statement, nil); err != nil {
		return fmt.Errorf("%s: %06d (%s): %s", statement, err.Code, err.State, err.Message)
	}
	return nil
}

// Snapshot returns the account's state as text in a stable order: objects with owners and properties, grants and files.
// Accounts with equal snapshots have the same content. The values of secrets are hashed.
func (a *Account) Snapshot() string { return a.engine.Snapshot() }

// Sent is a statement that the account received.
type Sent struct {
	SQL, User, Role, RequestID string
	// Code is the error code of its answer, 0 for success.
	Code int
}

// Statements returns the statements so far, in order. A request that a driver sent again counts once.
func (a *Account) Statements() []Sent {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]Sent(nil), a.sent...)
}

// LogIn is a login attempt, without its credentials.
type LogIn struct {
	User, Authenticator, Role string
	// Parameters are the session parameters that the client requested.
	Parameters map[string]any
	// Code is the error code of the answer, empty for success.
	Code string
}

// LogIns returns the login attempts so far, in order.
func (a *Account) LogIns() []LogIn {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]LogIn(nil), a.opened...)
}

// Requests returns the number of HTTP requests so far.
func (a *Account) Requests() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := 0
	for _, of := range a.requests {
		n += of
	}
	return n
}

// RequestsTo returns the number of requests to a path, such as /session/heartbeat. All file transfers count as /files.
func (a *Account) RequestsTo(path string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.requests[path]
}

// Log writes a line of output of an app, named as DATABASE.SCHEMA.APP, to the event table, as the running app would: a
// container app at any level, a warehouse app if the log level of its database allows it. Without an event table it
// does nothing.
// https://docs.snowflake.com/en/developer-guide/streamlit/features/logging-tracing
func (a *Account) Log(app, level, message string) error { return a.engine.Log(app, level, message) }

// Spend adds a query of an app to the view with the cost of queries: the query that runs the app or, with child set,
// one that the app's SQL started.
func (a *Account) Spend(app string, child bool, start time.Time, credits float64) error {
	return a.engine.Spend(app, child, start, credits)
}
