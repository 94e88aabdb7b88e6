package account

import (
	"context"
	"database/sql/driver"
	"fmt"
	"maps"
	"sync"

	sf "github.com/snowflakedb/gosnowflake/v2"
)

// oneSession is a driver.Connector whose connections all work in one session of the account. logIn opens
// the session; each connection uses its tokens and sends nothing when it opens or closes. So there is one
// log-in, however many statements run at once: a person's device is asked once.
type oneSession struct {
	cfg    sf.Config
	tokens tokens
	// first is the connection that logged in.
	first driver.Conn
}

// logIn opens a session in the place of the one before.
func (s *oneSession) logIn(ctx context.Context) error {
	s.forget()
	conn, err := sf.NewConnector(sf.SnowflakeDriver{}, s.config(s.cfg.Authenticator, true)).Connect(ctx)
	if err != nil {
		return err //nolint:wrapcheck // failureOf reads the driver's error.
	}
	s.first = conn
	return nil
}

// forget lets the session go without ending it in the account.
func (s *oneSession) forget() {
	if s.first != nil {
		_ = s.first.Close()
		s.first = nil
	}
	s.tokens.SetTokens("", "", -1)
}

// Connect returns a connection that works in the session.
func (s *oneSession) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := sf.NewConnector(sf.SnowflakeDriver{}, s.config(sf.AuthTypeTokenAccessor, true)).Connect(ctx)
	return conn, err //nolint:wrapcheck // As above.
}

// Driver returns Snowflake's driver.
func (s *oneSession) Driver() driver.Driver { return sf.SnowflakeDriver{} }

// end ends the session in the account.
func (s *oneSession) end() error {
	if token, _, _ := s.tokens.GetTokens(); token == "" {
		return nil
	}
	conn, err := sf.NewConnector(sf.SnowflakeDriver{}, s.config(sf.AuthTypeTokenAccessor, false)).Connect(context.Background())
	if err == nil {
		err = conn.Close()
	}
	s.forget()
	if err != nil {
		return fmt.Errorf("end the session: %w", err)
	}
	return nil
}

// config returns the configuration of one connection; keeps says that the session outlives it.
func (s *oneSession) config(how sf.AuthType, keeps bool) sf.Config {
	cfg := s.cfg
	cfg.Authenticator, cfg.TokenAccessor, cfg.ServerSessionKeepAlive = how, &s.tokens, keeps
	cfg.Params = maps.Clone(s.cfg.Params) // each connection changes its own
	return cfg
}

// tokens hold the session's tokens for all its connections.
type tokens struct {
	renewing        sync.Mutex
	mu              sync.Mutex
	session, master string
	id              int64
}

var _ sf.TokenAccessor = (*tokens)(nil)

// Lock lets one connection at a time renew the tokens.
func (t *tokens) Lock() error {
	t.renewing.Lock()
	return nil
}

// Unlock ends what Lock began.
func (t *tokens) Unlock() { t.renewing.Unlock() }

// GetTokens returns the session's token, its master token and its id.
func (t *tokens) GetTokens() (token, master string, id int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.session, t.master, t.id
}

// SetTokens keeps new tokens.
func (t *tokens) SetTokens(token, master string, id int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.session, t.master, t.id = token, master, id
}
