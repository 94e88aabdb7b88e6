package engine

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"sleet/snowflake/snowflaketest/grammar"
)

// Engine is the SQL half of an account: its objects, roles and grants, and the statements that
// make, change and show them. It knows no wire. One lock is held for the length of a statement.
type Engine struct {
	mu      sync.Mutex
	Options Options
	start   time.Time
	// ticks makes every time later than the last one; serial makes ids.
	ticks, serial int
	objects       map[string]*object
	// members are the grants of roles: a role's key to those that have it.
	members map[string][]member
	grants  []grant
	future  []futureGrant
	// inheritedGrants are privileges on all objects of a kind.
	inheritedGrants []inheritedGrant
	// parameters are those of the account.
	parameters map[string]string
	// events are the rows of the event table, eventReaders the roles that may read it, each behind the role of the
	// application that lets it.
	events       []event
	eventReaders [][2]string
	// attributed are the rows of the view of what queries cost.
	attributed []attributed
	// callerGrants let what a role owns run with privileges of its caller.
	callerGrants []callerGrant
}

// Options are what an account may be told when it is made.
type Options struct {
	// Starts are what a container app writes as it starts; nil for the usual.
	Starts []string
	// account and region are what CURRENT_ACCOUNT() and CURRENT_REGION() say.
	account, region string
	// Trial has no external access.
	Trial bool
	// warehouseDefault makes CREATE STREAMLIT without RUNTIME_NAME a warehouse app, as it was
	// before the bundle 2026_06.
	warehouseDefault bool
	// Traits are what this account does in its own way.
	Traits []Trait
	// Python is the interpreter that runs Python functions; empty: they cannot be called.
	Python string
	// Now is the clock.
	Now func() time.Time
}

// Result is what a statement gives: rows, or a transfer of files for the wire to make.
type Result struct {
	Columns []column
	// Rows hold nil for null, string, int64, float64 and bool.
	Rows [][]any
	// Put is a PUT or GET: the wire moves the files.
	Put *putRequest
	// Kind is the statement type id of the protocol.
	Kind int
}

// column is one column of a result. typ is the protocol's word: "text", "fixed", "real",
// "boolean", "timestamp_ltz", "variant". A timestamp is text: seconds since 1970, with
// milliseconds after a dot.
type column struct {
	Name, Type string
	nullable   bool
}

// Statement type ids, as the drivers know them.
const (
	kindSelect = 0x1000
	// kindFiles are PUT, GET and REMOVE: no DML, whose first column a driver takes for a count.
	kindFiles = 0x7000
	kindDDL   = 0x6000
	kindShow  = 0x4000
)

// New makes an account that holds what Snowflake ships: the system roles and their
// hierarchy, the database SNOWFLAKE, the compute pool for apps.
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

// Session is one log-in: who, in which role, at which place.
type Session struct {
	e                           *Engine
	user, role                  string
	database, schema, warehouse string
	// Secondary says that all roles of the user are active beside the session's.
	Secondary bool
	// bound says that the session cannot leave its role, as with a token made for one.
	bound      bool
	parameters map[string]string
	// ctx is that of the statement that runs.
	ctx context.Context //nolint:containedctx // One statement at a time has the session.
}

// Place is where a session stands, by stored names; the wire tells it the driver.
type Place struct{ Role, Database, Schema, Warehouse string }

// AddUser makes a user known, or adds to one: a default role, and the roles that are granted.
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

// LogIn opens the session of somebody whom the wire has recognised. only is the one role that the
// session is bound to; empty: any of the user's.
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

// StoredName returns a name of a log-in as it is stored: upper case, unless it is in double quotes.
func StoredName(text string) string {
	if inner, n := grammar.QuotedName(text + " "); strings.HasPrefix(text, `"`) && n == len(text) {
		return inner
	}
	return strings.ToUpper(text)
}

// admit refuses a log-in with a role that the user has not. A place that is not there, or not for
// the role, is left empty, as an account does.
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

// Run runs one statement: binds stand for its question marks, in order.
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
