package engine

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"sleet/snowflake/snowflaketest/grammar"
)

// Engine is the SQL half of an account: its objects, roles and grants, and the statements that create, change and show
// them. It has no network protocol. It holds one lock while a statement runs.
type Engine struct {
	mu      sync.Mutex
	Options Options
	start   time.Time
	// ticks makes every timestamp later than the previous one; serial numbers ids.
	ticks, serial int
	objects       map[string]*object
	// members are the grants of roles: they map a role's key to the roles and users that have it.
	members map[string][]member
	grants  []grant
	future  []futureGrant
	// inheritedGrants are privileges on all objects of a kind.
	inheritedGrants []inheritedGrant
	// parameters are the account's parameters.
	parameters map[string]string
	// events are the rows of the event table. eventReaders are the roles that may read it, each after the application
	// role that allows it.
	events       []event
	eventReaders [][2]string
	// attributed are the rows of the view with the cost of queries.
	attributed []attributed
	// callerGrants let executables owned by a role run with privileges of their caller.
	callerGrants []callerGrant
}

// Options configure a new account.
type Options struct {
	// Starts are the log lines of a container app when it starts; nil for the default.
	Starts []string
	// account and region are the results of CURRENT_ACCOUNT() and CURRENT_REGION().
	account, region string
	// Trial is a trial account, without external access.
	Trial bool
	// warehouseDefault makes CREATE STREAMLIT without RUNTIME_NAME create a warehouse app, as before the 2026_06
	// bundle.
	warehouseDefault bool
	// Traits are the account's traits.
	Traits []Trait
	// Python is the interpreter that runs Python functions. If it is empty, they cannot be called.
	Python string
	// Now is the clock.
	Now func() time.Time
}

// Result is the result of a statement: rows, or a file transfer for the server to perform.
type Result struct {
	Columns []column
	// Rows contain nil for NULL, string, int64, float64 and bool.
	Rows [][]any
	// Put is a PUT or GET, whose files the server transfers.
	Put *putRequest
	// Kind is the protocol's statement type id.
	Kind int
}

// column is one column of a result. Type is the protocol's name of the type: "text", "fixed", "real", "boolean",
// "timestamp_ltz", "variant". A timestamp is text: seconds since 1970, with milliseconds after a dot.
type column struct {
	Name, Type string
	nullable   bool
}

// Statement type ids of the protocol.
const (
	kindSelect = 0x1000
	// kindFiles are PUT, GET and REMOVE. They are not DML, whose first column drivers read as a row count.
	kindFiles = 0x7000
	kindDDL   = 0x6000
	kindShow  = 0x4000
)

// New returns an account with what Snowflake ships: the system roles and their hierarchy, the database SNOWFLAKE, and
// the compute pool for apps.
func New(options Options) *Engine {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.account == "" {
		options.account = "SLEETTEST"
	}
	if options.region == "" {
		options.region = "AWS_US_WEST_2"
	}
	e := &Engine{Options: options, start: options.Now()}
	e.ship()
	e.furnish()
	return e
}

// Session is one login: a user, a role, and the current database, schema and warehouse.
type Session struct {
	e                           *Engine
	user, role                  string
	database, schema, warehouse string
	// Secondary reports whether all roles of the user are active besides the session's role.
	Secondary bool
	// bound reports whether the session cannot switch its role, as with a token for one role.
	bound      bool
	parameters map[string]string
	// ctx is the context of the running statement.
	ctx context.Context //nolint:containedctx // A session runs one statement at a time.
}

// Place is the current role, database, schema and warehouse of a session, as stored names. The server reports it to the
// driver.
type Place struct{ Role, Database, Schema, Warehouse string }

// AddUser adds a user with a default role, or changes one, and grants it roles.
func (e *Engine) AddUser(user, role string, roles ...string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	stored := strings.ToUpper(user)
	u := e.get(grammar.KindUser, stored)
	if u == nil {
		u = e.add(&object{kind: grammar.KindUser, parts: grammar.Name{stored}, owner: roleKey(userAdmin)})
	}
	u.props["DEFAULT_ROLE"] = value{text: role}
	for _, r := range roles {
		if e.get(grammar.KindRole, r) == nil {
			e.add(&object{kind: grammar.KindRole, parts: grammar.Name{r}, owner: roleKey(userAdmin)})
		}
		e.join(roleKey(r), u.key(), "")
	}
}

// LogIn opens a session for a user whom the server has authenticated. only is the role that the session is bound to;
// empty for any role of the user.
func (e *Engine) LogIn(user, role, only string, at Place) (*Session, *grammar.Error) {
	user, role = strings.ToUpper(user), StoredName(role)
	at.Database, at.Schema, at.Warehouse = StoredName(at.Database), StoredName(at.Schema), StoredName(at.Warehouse)
	if err := e.admit(user, role); err != nil {
		return nil, err
	}
	s := e.Session(user, role, at.Database, at.Schema, at.Warehouse)
	s.bound = only != ""
	s.e.mu.Lock()
	defer s.e.mu.Unlock()
	s.forget()
	return s, nil
}

// StoredName returns a name of a login as it is stored: in upper case, unless it is in double quotes.
func StoredName(text string) string {
	if inner, n := grammar.QuotedName(text + " "); strings.HasPrefix(text, `"`) && n == len(text) {
		return inner
	}
	return strings.ToUpper(text)
}

// admit returns an error for a login with a role that the user does not have. Like an account, it leaves a place empty
// that does not exist or that the role may not use.
func (e *Engine) admit(user, role string) *grammar.Error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if role != "" && !slices.Contains(e.available(user), role) {
		return grammar.Refuse(390189, "08004", "Role '%s' specified in the connect string does not exist or not authorized. Contact your local system administrator, or attempt to login using another role.", role)
	}
	return nil
}

// Session opens a session. Names are stored names; an empty role is the user's default.
func (e *Engine) Session(user, role, database, schema, warehouse string) *Session {
	e.mu.Lock()
	defer e.mu.Unlock()
	s := &Session{e: e, user: user, role: role, database: database, schema: schema, warehouse: warehouse, parameters: map[string]string{}}
	s.Secondary = e.is(SecondaryRoles)
	u := e.get(grammar.KindUser, user)
	if u != nil && s.role == "" {
		s.role = u.props["DEFAULT_ROLE"].text
	}
	if s.role == "" {
		s.role = publicRole
	}
	if s.database != "" && s.schema == "" && e.get(grammar.KindSchema, s.database, "PUBLIC") != nil {
		s.schema = "PUBLIC"
	}
	return s
}

// Where returns the place of a session.
func (s *Session) Where() Place {
	s.e.mu.Lock()
	defer s.e.mu.Unlock()
	return Place{s.role, s.database, s.schema, s.warehouse}
}

// Run runs one statement. binds are the values of its question marks, in order.
func (s *Session) Run(ctx context.Context, sql string, binds []any) (*Result, *grammar.Error) {
	if ctx.Err() != nil {
		return nil, grammar.Refuse(604, "57014", "SQL execution canceled")
	}
	st, err := parse(sql, binds)
	if err != nil {
		return nil, err
	}
	s.e.mu.Lock()
	defer s.e.mu.Unlock()
	s.ctx = ctx
	r, err := st.run(s)
	if err != nil {
		return nil, err
	}
	if r.Kind == 0 {
		r.Kind = st.kind
	}
	return r, nil
}
