package session

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"maps"
	"net/http"
	"sync"

	sf "github.com/snowflakedb/gosnowflake/v2"

	"sleet/snowflake/account/browser"
)

// connector is a driver.Connector whose connections share one session of the account. logIn opens the session. Each
// connection uses its tokens and sends nothing when it opens or closes. So there is one login for any number of
// concurrent statements, and a person confirms it once.
type connector struct {
	cfg    sf.Config
	tokens tokens
	// first is the connection that logged in.
	first driver.Conn
	// window is the person's browser.
	window browser.Window
}

// logIn opens a session that replaces the previous one.
func (s *connector) logIn(ctx context.Context) error {
	s.forget()
	cfg := s.config(s.cfg.Authenticator, true)
	ctx, err := s.signOn(ctx, &cfg)
	if err != nil {
		return err
	}
	conn, err := sf.NewConnector(sf.SnowflakeDriver{}, cfg).Connect(ctx)
	if err != nil {
		return err //nolint:wrapcheck // failureOf inspects the driver's error.
	}
	s.first = conn
	return nil
}

// signOn logs in through the browser if the configuration asks for it, and changes the configuration to use the token.
func (s *connector) signOn(ctx context.Context, cfg *sf.Config) (context.Context, error) {
	var err error
	switch cfg.Authenticator {
	case sf.AuthTypeExternalBrowser:
		var proof string
		cfg.Token, proof, err = s.window.SingleSignOn(ctx, addressOf(*cfg), cfg.User)
		ctx = context.WithValue(ctx, proofKey{}, proof)
	case sf.AuthTypeOAuthAuthorizationCode:
		cfg.Token, err = s.window.Authorize(ctx, browser.Flow{
			Account: addressOf(*cfg), Transport: cfg.Transporter, ClientID: cfg.OauthClientID, ClientSecret: cfg.OauthClientSecret,
			AuthorizationURL: cfg.OauthAuthorizationURL, TokenURL: cfg.OauthTokenRequestURL, Redirect: cfg.OauthRedirectURI,
			Scope: cfg.OauthScope, Role: cfg.Role,
		})
	default:
		return ctx, nil
	}
	cfg.Authenticator = sf.AuthTypeOAuth
	return ctx, err
}

type proofKey struct{}

// withProof prepares the login request after a browser login. The driver knows the token as one of OAuth.
func withProof(r *http.Request) (*http.Request, error) {
	proof, _ := r.Context().Value(proofKey{}).(string)
	if proof == "" || r.Body == nil || r.URL.Path != loginPath {
		return r, nil
	}
	return edited(r, func(fields map[string]json.RawMessage) error {
		var data map[string]json.RawMessage
		if json.Unmarshal(fields["data"], &data) != nil {
			return unreadablef("the driver's log-in has no data")
		}
		data["AUTHENTICATOR"], _ = json.Marshal(sf.AuthTypeExternalBrowser.String())
		data["PROOF_KEY"], _ = json.Marshal(proof)
		var err error
		fields["data"], err = json.Marshal(data)
		return err //nolint:wrapcheck // The error of edited has context.
	})
}

// forget drops the session without ending it in the account.
func (s *connector) forget() {
	if s.first != nil {
		_ = s.first.Close()
		s.first = nil
	}
	s.tokens.SetTokens("", "", -1)
}

// Connect returns a connection of the session.
func (s *connector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := sf.NewConnector(sf.SnowflakeDriver{}, s.config(sf.AuthTypeTokenAccessor, true)).Connect(ctx)
	return conn, err //nolint:wrapcheck // As above.
}

// Driver returns Snowflake's driver.
func (s *connector) Driver() driver.Driver { return sf.SnowflakeDriver{} }

// end ends the session in the account.
func (s *connector) end() error {
	if token, _, _ := s.tokens.GetTokens(); token == "" {
		return nil
	}
	conn, err := sf.NewConnector(sf.SnowflakeDriver{}, s.config(sf.AuthTypeTokenAccessor, false)).Connect(context.Background())
	if err == nil {
		err = conn.Close()
	}
	s.forget()
	return err //nolint:wrapcheck // Nobody reads it: the account ends idle sessions itself.
}

// config returns the configuration of one connection; keeps reports whether the session outlives it.
func (s *connector) config(how sf.AuthType, keeps bool) sf.Config {
	cfg := s.cfg
	cfg.Authenticator, cfg.TokenAccessor, cfg.ServerSessionKeepAlive = how, &s.tokens, keeps
	cfg.Params = maps.Clone(s.cfg.Params) // each connection changes its own
	return cfg
}

// tokens are the tokens of the session, for all its connections.
type tokens struct {
	renewing        sync.Mutex
	mu              sync.Mutex
	session, master string
	id              int64
}

var _ sf.TokenAccessor = (*tokens)(nil)

// Lock allows one connection at a time to renew the tokens.
func (t *tokens) Lock() error {
	t.renewing.Lock()
	return nil
}

// Unlock releases the lock.
func (t *tokens) Unlock() { t.renewing.Unlock() }

// GetTokens returns the session token, the master token and the id of the session.
func (t *tokens) GetTokens() (token, master string, id int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.session, t.master, t.id
}

// SetTokens stores new tokens.
func (t *tokens) SetTokens(token, master string, id int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.session, t.master, t.id = token, master, id
}
