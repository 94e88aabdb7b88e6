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

// Account is an account being served. Its methods may be called from several goroutines.
type Account struct {
	mu       sync.Mutex
	engine   *engine.Engine
	users    map[string]*User
	logins   map[string]*login // by session token
	masters  map[string]*login // by master token
	results  map[string]*answer
	sent     []Sent
	requests map[string]int // by path
	opened   []LogIn
	trips    []Trip
	latency  time.Duration
	sockets  atomic.Int64       // connections opened to it
	browsers map[string]browser // by the token that a browser brings back
	faults   []*Fault
	spots    map[string]spot
	serial   int
	server   *http.Server
	address  string
	stop     context.CancelFunc
}

// User is somebody who can log in. Every way that is not empty is open to them.
type User struct {
	Name, Password string
	// Role is the user's default role; Roles are those granted to them.
	Role  string
	Roles []string
	// Database, Schema and Warehouse are what a session starts with where the client names none.
	Database, Schema, Warehouse string
	// Key verifies key-pair log-ins.
	Key *rsa.PublicKey
	// Token is a programmatic access token; TokenRole binds its sessions to one role.
	Token, TokenRole string
	// OAuth is an OAuth access token.
	OAuth string
	// Passcode asks for a second factor.
	Passcode string
	wrong    int
}

// Option changes an Account before it is served.
type Option func(*options)

type options struct {
	address string
	latency time.Duration
	users   []User
	engine  engine.Options
	setup   []string
	apps    int
}

// WithAddr serves on an address of the loopback interface; the default is any free port.
func WithAddr(address string) Option { return func(o *options) { o.address = address } }

// WithUser adds a user, or replaces the one of the same name.
func WithUser(u User) Option { return func(o *options) { o.users = append(o.users, u) } }

// WithTrial makes it a trial account, which has no external access.
func WithTrial() Option { return func(o *options) { o.engine.Trial = true } }

// WithPython names the interpreter that runs the functions of the account. Without one, calling a
// Python function is an error.
func WithPython(path string) Option { return func(o *options) { o.engine.Python = path } }

// WithStart has every container app that starts write these lines, in place of those of one that is well; none at all where
// there are no lines.
func WithStart(lines ...string) Option {
	return func(o *options) { o.engine.Starts = append([]string{}, lines...) }
}

// WithSetup runs statements as ACCOUNTADMIN before anybody logs in.
func WithSetup(statements ...string) Option {
	return func(o *options) { o.setup = append(o.setup, statements...) }
}

// With returns an option that gives the account some traits.
func With(traits ...engine.Trait) Option {
	return func(o *options) { o.engine.Traits = append(o.engine.Traits, traits...) }
}

// WithReal returns an option that makes the account answer as recordings of current accounts do.
func WithReal() Option { return With(engine.RealTraits()...) }

// Password is that of the user SLEET, whom every Account has.
const Password = "sleet"

// New serves an account on the loopback interface. It has what a new account has, and beside it a
// developer's place: the user SLEET with the roles DEV and ACCOUNTADMIN, and the database APPS that
// DEV owns. Close ends it.
func New(opts ...Option) (*Account, error) {
	o := options{address: "127.0.0.1:0"}
	for _, opt := range opts {
		opt(&o)
	}
	a := &Account{
		users: map[string]*User{}, logins: map[string]*login{}, masters: map[string]*login{},
		results: map[string]*answer{}, spots: map[string]spot{}, requests: map[string]int{}, browsers: map[string]browser{},
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
		Handler: localOnly(a.address, http.HandlerFunc(a.travel)), ReadHeaderTimeout: time.Minute,
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

// Addr is where it is served: host and port.
func (a *Account) Addr() string { return a.address }

// Connections is how many network connections were opened to it so far.
func (a *Account) Connections() int { return int(a.sockets.Load()) }

// URL is where it is served, as an address.
func (a *Account) URL() string { return "http://" + a.address }

// Close ends the account and every answer that is still waiting.
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

// Exec runs a statement as a role, to arrange what is in the account.
func (a *Account) Exec(role, statement string) error {
	s := a.engine.Session("SLEET", role, "APPS", "PUBLIC", "COMPUTE_WH")
	if _, err := s.Run(context.Background(), statement, nil); err != nil {
		return fmt.Errorf("%s: %06d (%s): %s", statement, err.Code, err.State, err.Message)
	}
	return nil
}

// Snapshot returns everything in the account as text, always in the same order: objects with owners
// and properties, grants, files. Two accounts with the same snapshot hold the same. Secrets'
// values stand in it as hashes.
func (a *Account) Snapshot() string { return a.engine.Snapshot() }

// Sent is a statement as it reached the account.
type Sent struct {
	SQL, User, Role, RequestID string
	// Code is what it was answered with, 0 for success.
	Code int
}

// Statements returns what was sent so far, in order; a request that a driver resent stands once.
func (a *Account) Statements() []Sent {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]Sent(nil), a.sent...)
}

// LogIn is an attempt to log in, without what proves who it is.
type LogIn struct {
	User, Authenticator, Role string
	// Parameters are the session's, as the client asked for them.
	Parameters map[string]any
	// Code is what it was answered with, empty for success.
	Code string
}

// LogIns returns the attempts to log in so far, in order.
func (a *Account) LogIns() []LogIn {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]LogIn(nil), a.opened...)
}

// Requests counts the HTTP requests so far: the round trips.
func (a *Account) Requests() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := 0
	for _, of := range a.requests {
		n += of
	}
	return n
}

// RequestsTo counts those to one path, such as /session/heartbeat; /files are those that carry
// files.
func (a *Account) RequestsTo(path string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.requests[path]
}

// Log writes a line of an app's output, named as DATABASE.SCHEMA.APP, to the event table, as the app does when it
// runs: a container's at any level, a warehouse app's where the log level of its database lets it through. Nothing
// is written where the account has no event table.
// https://docs.snowflake.com/en/developer-guide/streamlit/features/logging-tracing
func (a *Account) Log(app, level, message string) error { return a.engine.Log(app, level, message) }

// Spend adds a query of an app to the view of what queries cost: the one that runs the app, or a child, which is SQL of the app.
func (a *Account) Spend(app string, child bool, start time.Time, credits float64) error {
	return a.engine.Spend(app, child, start, credits)
}
