package session

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"time"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/ui/message"
)

// Client is a session of an account. It runs several statements at once.
type Client struct {
	db         *sql.DB // of connections that all work in the session
	session    *connector
	roles      roleQueue
	scrub      *scrubber
	host       string
	driver     string             // the folder that the driver writes to
	own        []snowflake.Secret // the connection's credentials
	connection string             // the name of the profile
	// database and schema are those of the connection.
	database, schema string
	// rest stops the heartbeat.
	rest context.CancelFunc
	// carrier holds the connections of all sessions.
	carrier *transport
	facts   query.Facts
}

var _ query.Session = (*Client)(nil)

// Configured returns the database and schema that the connection names. The session does not have them if the role
// cannot use them.
func (c *Client) Configured() snowflake.Context {
	return snowflake.Context{Database: c.database, Schema: c.schema}
}

// Connection returns the name of the profile.
func (c *Client) Connection() string { return c.connection }

// Hide adds a value that no result or error may contain.
func (c *Client) Hide(secret snowflake.Secret) { c.scrub.Hide(secret) }

// Scrub returns a text of the account without hidden values, and with control characters as symbols.
func (c *Client) Scrub(text string) string { return c.scrub.Text(text) }

// Credentials returns the credentials of the connection. No file of an app may contain them.
func (c *Client) Credentials() []snowflake.Secret { return c.own }

// Host returns the host of the account, for messages.
func (c *Client) Host() string { return c.host }

// closing is the time that ending the session may take.
const closing = 3 * time.Second

// Close ends the session. It does not wait for an account that does not answer.
func (c *Client) Close() error {
	c.rest()
	err := errors.Join(atMost(closing, func() error { return errors.Join(c.db.Close(), c.session.end()) }), os.RemoveAll(c.driver))
	c.carrier.base.CloseIdleConnections()
	return err
}

// Query runs a statement as the role of the login, concurrently with others.
func (c *Client) Query(ctx context.Context, statement string) (query.Rows, error) {
	return c.inRole(ctx, snowflake.Name{}, func() (query.Rows, error) { return c.run(ctx, statement) })
}

// As returns a Querier that runs statements as a role; the zero Name is the role of the login.
func (c *Client) As(role snowflake.Name) query.Querier { return asRole{c, role} }

// asRole runs statements as a role.
type asRole struct {
	client *Client
	role   snowflake.Name
}

// Query runs one statement.
func (a asRole) Query(ctx context.Context, statement string) (query.Rows, error) {
	return a.client.inRole(ctx, a.role, func() (query.Rows, error) { return a.client.run(ctx, statement) })
}

// inRole calls do as a role. If the session has ended, which is known before anything runs, it logs in again and calls
// do once more.
func (c *Client) inRole(ctx context.Context, role snowflake.Name, do func() (query.Rows, error)) (rows query.Rows, err error) {
	if role == c.home() {
		role = snowflake.Name{}
	}
	for range 2 {
		var session int
		session, err = c.roles.enter(ctx, role, func(to snowflake.Name) error { return c.changeRole(ctx, to) })
		if err == nil {
			rows, err = do()
			c.roles.leave()
		}
		if !sessionEnded(err) {
			return rows, err
		}
		if failed := c.roles.renew(ctx, session, func() error { return c.logIn(ctx) }); failed != nil {
			return query.Rows{}, failureOf(failed, "", c.host, c.scrub)
		}
	}
	return rows, err
}

// changeRole changes the role of the session. The statement that waits for it may be a transfer, but USE ROLE is not.
func (c *Client) changeRole(ctx context.Context, role snowflake.Name) error {
	if role.IsZero() {
		role = c.home()
	}
	if role.IsZero() {
		return nil
	}
	_, err := c.run(query.WithoutTransfer(ctx), "USE ROLE "+role.SQL())
	var f *query.Failure
	if errors.As(err, &f) && !query.IsConnectionError(err) && !sessionEnded(err) {
		forbidden := *f
		forbidden.Forbidden = true
		return &forbidden
	}
	return err
}

// tries is how often a statement without an answer is sent.
const tries = 3

// Send calls do as a role, and returns how often. It calls do again if the connection breaks: everything in a plan is
// safe to repeat.
func (c *Client) Send(ctx context.Context, role snowflake.Name, do func(query.Querier) (query.Rows, error)) (rows query.Rows, sent int, err error) {
	for sent = 1; ; sent++ {
		rows, err = c.inRole(ctx, role, func() (query.Rows, error) { return do(inTurn{c}) })
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

// inTurn runs statements while the session has the role for them.
type inTurn struct{ client *Client }

// Query runs one statement.
func (t inTurn) Query(ctx context.Context, statement string) (query.Rows, error) {
	return t.client.run(ctx, statement)
}

// Facts returns what is known about the session.
func (c *Client) Facts() *query.Facts { return &c.facts }

// home returns the role of the login; the zero Name if it is unknown.
func (c *Client) home() snowflake.Name {
	start, _ := c.facts.Start()
	return snowflake.StoredObject(start.Role)
}

// sessionEnded reports whether a statement can be sent again because the session had ended before it ran.
func sessionEnded(err error) bool {
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
