package account

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
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
func (c *Client) run(ctx context.Context, on queryer, statement string) (Rows, error) {
	ids := make(chan string, 1)
	result, err := ask(ctx, c.host, awaited(statement), func(ctx context.Context) (Rows, error) {
		if !strings.HasPrefix(statement, put) {
			// On a stage of Google's cloud the driver asks again for each file of a PUT, and writes its
			// query id to the channel that it closed before.
			ctx = sf.WithQueryIDChan(ctx, ids)
		}
		rows, err := on.QueryContext(ctx, statement)
		if err != nil {
			return Rows{}, err
		}
		defer func() { _ = rows.Close() }()
		return c.read(rows)
	})
	id := ""
	select {
	case id = <-ids:
	default:
	}
	if err != nil {
		return Rows{}, failureOf(err, id, c.host, c.scrub)
	}
	result.QueryID = id
	return result, nil
}

// awaited is a statement in the two words that say what it does: what follows may hold a value.
func awaited(statement string) snowflake.Text {
	words := strings.Fields(statement)
	return snowflake.Verbatim(Visible(strings.ToUpper(strings.Join(words[:min(len(words), 2)], " "))))
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
	// before are the statements that put a new session into the place of this one, uses the USE
	// statements that ran since.
	before []string
	uses   place
}

// Session gives a log-in of its own, for statements in order, and runs before on it: USE DATABASE
// and the like, again whenever the session has to be replaced.
func (c *Client) Session(ctx context.Context, before ...string) (Session, error) {
	s := &session{client: c, before: before}
	if err := s.connect(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// connect takes a connection and puts it where the session was. A connection of the pool may have
// expired since it was used last; that one is passed over.
func (s *session) connect(ctx context.Context) error {
	var err error
	for range several + 1 {
		conn, failed := s.client.conn(ctx)
		if failed != nil {
			return failureOf(failed, "", s.client.host, s.client.scrub)
		}
		if err = s.prepare(ctx, conn); err == nil {
			s.conn = conn
			return nil
		}
		_ = discard(conn)
		if !again(err) {
			return err
		}
	}
	return err
}

func (s *session) prepare(ctx context.Context, conn *sql.Conn) error {
	for _, statement := range slices.Concat(s.before, s.uses.statements()) {
		if _, err := s.client.run(ctx, conn, statement); err != nil {
			return err
		}
	}
	return nil
}

// drop ends the log-in itself; the pool makes another when it needs one.
func (s *session) drop() error { return discard(s.conn) }

// discard takes a connection out of the pool: an error in Raw tells that it is not to be used
// again. A connection whose call did not return is let go beside.
func discard(conn *sql.Conn) error {
	return atMost(grace, func() error {
		_ = conn.Raw(func(any) error { return errExpired })
		return release(conn)
	})
}

// errExpired takes a connection out of the pool.
var errExpired = fmt.Errorf("the session has expired: %w", driver.ErrBadConn)

// Query runs one statement. Where the session has ended, which is known before anything runs, it
// logs in once more, goes back to its role and place, and runs the statement there.
func (s *session) Query(ctx context.Context, statement string) (Rows, error) {
	rows, err := s.client.run(ctx, s.conn, statement)
	if again(err) {
		_ = s.drop()
		if err := s.connect(ctx); err != nil {
			return Rows{}, err
		}
		rows, err = s.client.run(ctx, s.conn, statement)
	}
	if err == nil {
		s.uses.see(statement)
	}
	return rows, err
}

// UseRole makes a role the session's.
func (s *session) UseRole(ctx context.Context, role string) error {
	if role == "" || role == s.uses.role() {
		return nil
	}
	_, err := s.Query(ctx, useRole+role)
	return err
}

// Close gives the log-in back. One that was moved to another role or place is ended instead: who
// takes a connection from the pool expects it where the profile put it.
func (s *session) Close() error {
	if s.uses.moved(s.client.role()) || len(s.before) > 0 {
		return s.drop()
	}
	return release(s.conn)
}

// release gives a connection back to the pool.
func release(conn *sql.Conn) error {
	return atMost(grace, func() error {
		if err := conn.Close(); err != nil && !errors.Is(err, sql.ErrConnDone) {
			return fmt.Errorf("end a session: %w", err)
		}
		return nil
	})
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
	folder := strings.TrimRight(file.Folder, "/") + "/"
	if !plainStage.MatchString(folder) {
		folder = snowflake.Literal(folder)
	}
	return s.Query(ctx, put+local+" "+folder+" AUTO_COMPRESS=FALSE OVERWRITE=TRUE")
}

const put = "PUT "

// plainStage is a place on a stage that PUT takes without quotes; servers that stand in for an
// account know it in no other way.
var plainStage = regexp.MustCompile(`^@[A-Za-z0-9_.$/]+$`)
