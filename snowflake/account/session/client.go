package session

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"time"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/ui/message"
)

// Client is one session of an account, in which several statements run at once.
type Client struct {
	db         *sql.DB // of connections that all work in the session
	session    *connector
	roles      roleQueue
	scrub      *scrubber
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
	facts   query.Facts
}

var _ query.Session = (*Client)(nil)

// Configured returns the place that the connection names for its sessions. A database or a schema that
// the role cannot use is not the session's all the same.
func (c *Client) Configured() snowflake.Context {
	return snowflake.Context{Database: c.database, Schema: c.schema}
}

// Connection returns the name of the profile that the client was opened with.
func (c *Client) Connection() string { return c.connection }

// Hide adds a value that nothing the Client gives may hold.
func (c *Client) Hide(secret snowflake.Secret) { c.scrub.Hide(secret) }

// Scrub returns a text of the account without the values that are hidden, control characters shown as symbols.
func (c *Client) Scrub(text string) string { return c.scrub.Text(text) }

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
	client *Client
	role   snowflake.Name
}

// Query runs one statement.
func (a asRole) Query(ctx context.Context, statement string) (query.Rows, error) {
	return a.client.once(ctx, a.role, func() (query.Rows, error) { return a.client.run(ctx, statement) })
}

// once runs something in the session as a role. Where the session has ended, which is known before
// anything runs, it logs in once more and runs it there.
func (c *Client) once(ctx context.Context, role snowflake.Name, do func() (query.Rows, error)) (rows query.Rows, err error) {
	if role == c.home() {
		role = snowflake.Name{}
	}
	for range 2 {
		var session int
		session, err = c.roles.enter(ctx, role, func(to snowflake.Name) error { return c.take(ctx, to) })
		if err == nil {
			rows, err = do()
			c.roles.leave()
		}
		if !again(err) {
			return rows, err
		}
		if failed := c.roles.renew(ctx, session, func() error { return c.logIn(ctx) }); failed != nil {
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
	if errors.As(err, &f) && !query.OfConnection(err) && !again(err) {
		forbidden := *f
		forbidden.Forbidden = true
		return &forbidden
	}
	return err
}

// tries is how often a statement of which no answer came is sent.
const tries = 3

// Send does something in the session as a role, and returns how often. Where the connection breaks it is
// done again: everything that a plan sends may be done twice.
func (c *Client) Send(ctx context.Context, role snowflake.Name, do func(query.Querier) (query.Rows, error)) (rows query.Rows, sent int, err error) {
	for sent = 1; ; sent++ {
		rows, err = c.once(ctx, role, func() (query.Rows, error) { return do(inTurn{c}) })
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

// inTurn runs statements in a turn that was taken already.
type inTurn struct{ client *Client }

// Query runs one statement.
func (t inTurn) Query(ctx context.Context, statement string) (query.Rows, error) {
	return t.client.run(ctx, statement)
}

// Facts are what is known of the session.
func (c *Client) Facts() *query.Facts { return &c.facts }

// home is the role of the log-in, the zero Name where it is not known.
func (c *Client) home() snowflake.Name {
	start, _ := c.facts.Start()
	return snowflake.StoredObject(start.Role)
}

// again reports whether a statement can be sent once more: its session had ended before it ran.
func again(err error) bool {
	var f *query.Failure
	return errors.As(err, &f) && f.Ended
}

// logIn opens the session.
func (c *Client) logIn(ctx context.Context) error {
	_, err := ask(ctx, c.host, message.New("failure.wait.login"), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, c.session.logIn(ctx)
	})
	return err
}
