package snowflaketest

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// engine is the SQL half of an account: its objects, roles and grants, and the statements that
// make, change and show them. It knows no wire. One lock is held for the length of a statement.
type engine struct {
	mu      sync.Mutex
	options engineOptions
	start   time.Time
}

// engineOptions are what an account may be told when it is made.
type engineOptions struct {
	// account and region are what CURRENT_ACCOUNT() and CURRENT_REGION() say.
	account, region string
	// trial has no external access.
	trial bool
	// noDefaultPool empties the account's DEFAULT_STREAMLIT_COMPUTE_POOL.
	noDefaultPool bool
	// warehouseDefault makes CREATE STREAMLIT without RUNTIME_NAME a warehouse app, as it was
	// before the bundle 2026_06.
	warehouseDefault bool
	// python is the interpreter that runs Python functions; empty: they cannot be called.
	python string
	// now is the clock.
	now func() time.Time
}

// result is what a statement gives: rows, or a transfer of files for the wire to make.
type result struct {
	columns []column
	// rows hold nil for null, string, int64, float64 and bool.
	rows [][]any
	// put is a PUT or GET: the wire moves the files.
	put *putRequest
	// kind is the statement type id of the protocol.
	kind int
}

// column is one column of a result. typ is the protocol's word: "text", "fixed", "real",
// "boolean", "timestamp_ltz", "variant". A timestamp's value is text: seconds since 1970, with
// nanoseconds after a dot.
type column struct {
	name, typ string
	nullable  bool
}

// sqlError is a refusal, in Snowflake's numbers and words.
type sqlError struct {
	code           int
	state, message string
	// line and pos are where in the statement, from 1 and 0, for an error of syntax; -1 otherwise.
	line, pos int
}

// Error gives number, SQLSTATE and text.
func (e *sqlError) Error() string {
	return fmt.Sprintf("%06d (%s): %s", e.code, e.state, e.message)
}

// Statement type ids, as the drivers know them.
const (
	kindSelect = 0x1000
	kindDML    = 0x3000
	kindDDL    = 0x6000
	kindShow   = 0x4000
)

// newEngine makes an account that holds what Snowflake ships: the system roles and their
// hierarchy, the database SNOWFLAKE, the compute pool for apps.
func newEngine(options engineOptions) *engine {
	if options.now == nil {
		options.now = time.Now
	}
	if options.account == "" {
		options.account = "SLEETTEST"
	}
	if options.region == "" {
		options.region = "AWS_US_WEST_2"
	}
	return &engine{options: options, start: options.now()}
}

// session is one log-in: who, in which role, at which place.
type session struct {
	e                           *engine
	user, role                  string
	database, schema, warehouse string
}

// place is where a session stands, by stored names; the wire tells it the driver.
type place struct{ role, database, schema, warehouse string }

// session opens a session. Names are stored names; what is empty is taken from the user.
func (e *engine) session(user, role, database, schema, warehouse string) *session {
	return &session{e: e, user: user, role: role, database: database, schema: schema, warehouse: warehouse}
}

// where gives the place of a session.
func (s *session) where() place {
	s.e.mu.Lock()
	defer s.e.mu.Unlock()
	return place{s.role, s.database, s.schema, s.warehouse}
}

// run runs one statement.
func (s *session) run(_ context.Context, sql string, _ []any) (*result, *sqlError) {
	if sql == "SELECT 1" {
		return &result{columns: []column{{"1", "fixed", false}}, rows: [][]any{{int64(1)}}, kind: kindSelect}, nil
	}
	return nil, &sqlError{1003, "42000", "SQL compilation error:\nsyntax error.", 1, 0}
}
