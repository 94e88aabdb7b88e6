package live

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	sf "github.com/snowflakedb/gosnowflake/v2"

	"sleet/snowflake"
)

// queryer is what a pool and a single session have in common.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// run sends a statement and reads all of its result. Cancelling the context aborts it in the
// account.
func (c *Client) run(ctx context.Context, on queryer, statement string) (result Rows, err error) {
	ids := make(chan string, 1)
	rows, err := on.QueryContext(sf.WithQueryIDChan(ctx, ids), statement)
	id := ""
	select {
	case id = <-ids:
	default:
	}
	if err == nil {
		defer func() { _ = rows.Close() }()
		result, err = c.read(rows)
	}
	if err != nil {
		return Rows{}, failureOf(err, id, c.host, c.scrub)
	}
	result.QueryID = id
	return result, nil
}

func (c *Client) read(rows *sql.Rows) (Rows, error) {
	columns, err := rows.Columns()
	if err != nil {
		return Rows{}, fmt.Errorf("read the columns of a result: %w", err)
	}
	result := Rows{Columns: columns}
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return Rows{}, fmt.Errorf("read a row of a result: %w", err)
		}
		row := make([]*string, len(columns))
		for i, v := range values {
			if v.Valid {
				row[i] = &values[i].String
			}
		}
		result.Values = append(result.Values, row)
	}
	if err := rows.Err(); err != nil {
		return Rows{}, fmt.Errorf("read a result: %w", err)
	}
	return result, nil
}

// Get gives the value of a column, named in any case, in a row; empty where there is none.
func (r Rows) Get(row int, column string) string {
	for i, name := range r.Columns {
		if strings.EqualFold(name, column) && r.Values[row][i] != nil {
			return *r.Values[row][i]
		}
	}
	return ""
}

// Has says whether the result has a column.
func (r Rows) Has(column string) bool {
	for _, name := range r.Columns {
		if strings.EqualFold(name, column) {
			return true
		}
	}
	return false
}

// session is a Session over one connection of the pool.
type session struct {
	client *Client
	conn   *sql.Conn
	// role is what the session was told to use; empty while it has the profile's. before are the
	// statements that put a new session into the place of this one.
	role   string
	before []string
}

// Session gives a log-in of its own, for statements in order, and runs before on it: USE DATABASE
// and the like, again whenever the session has to be replaced.
func (c *Client) Session(ctx context.Context, before ...string) (Session, error) {
	s := &session{client: c, before: before}
	return s, s.connect(ctx)
}

func (s *session) connect(ctx context.Context) error {
	conn, err := s.client.db.Conn(ctx)
	if err != nil {
		return failureOf(err, "", s.client.host, s.client.scrub)
	}
	s.conn = conn
	prepare := s.before
	if s.role != "" {
		prepare = append([]string{"USE ROLE " + s.role}, prepare...)
	}
	for _, statement := range prepare {
		if _, err := s.client.run(ctx, s.conn, statement); err != nil {
			return err
		}
	}
	return nil
}

// reconnect puts a new log-in in the place of one that has expired.
func (s *session) reconnect(ctx context.Context) error {
	// An error here tells the pool that the connection is not to be used again.
	_ = s.conn.Raw(func(any) error { return errExpired })
	_ = s.conn.Close()
	return s.connect(ctx)
}

// errExpired takes a connection out of the pool.
var errExpired = fmt.Errorf("the session has expired: %w", driver.ErrBadConn)

// Query runs one statement. Where the session has expired, which the account says before it runs
// anything, it logs in once more, goes back to its role, and runs it there.
func (s *session) Query(ctx context.Context, statement string) (Rows, error) {
	rows, err := s.client.run(ctx, s.conn, statement)
	if !again(err) {
		return rows, err
	}
	if err := s.reconnect(ctx); err != nil {
		return Rows{}, err
	}
	return s.client.run(ctx, s.conn, statement)
}

// UseRole makes a role the session's.
func (s *session) UseRole(ctx context.Context, role string) error {
	if role == "" || role == s.role {
		return nil
	}
	if _, err := s.Query(ctx, "USE ROLE "+role); err != nil {
		return err
	}
	s.role = role
	return nil
}

// Close gives the log-in back.
func (s *session) Close() error {
	if err := s.conn.Close(); err != nil && !errors.Is(err, sql.ErrConnDone) {
		return fmt.Errorf("end the session: %w", err)
	}
	return nil
}

// File is a file to send to a stage.
type File struct {
	// Name is the file's own name, Folder where it goes: @STAGE/dir, or snow://… as the account
	// gave it.
	Name, Folder string
	Content      io.Reader
}

// Put sends a file from memory. The driver looks at the disk for the name that PUT gives, and
// would take the size from there, so the name is one that no disk has.
func (s *session) Put(ctx context.Context, file File) (Rows, error) {
	ctx = sf.WithFilePutStream(ctx, file.Content)
	local := snowflake.Literal("file:///sleet-no-such-folder/" + path.Base(file.Name))
	folder := snowflake.Literal(strings.TrimRight(file.Folder, "/") + "/")
	return s.Query(ctx, "PUT "+local+" "+folder+" AUTO_COMPRESS=FALSE OVERWRITE=TRUE")
}
