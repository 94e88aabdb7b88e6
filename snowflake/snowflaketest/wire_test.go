package snowflaketest_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"database/sql"
	"errors"
	"net"
	"regexp"
	"strconv"
	"testing"
	"time"

	sf "github.com/snowflakedb/gosnowflake/v2"

	"sleet/snowflake/snowflaketest"
)

// config returns the configuration of the user SLEET with the password.
func config(a *snowflaketest.Account) sf.Config {
	host, port, _ := net.SplitHostPort(a.Addr())
	n, _ := strconv.Atoi(port)
	no := "false"
	return sf.Config{
		Account: "demo", User: "sleet", Password: snowflaketest.Password, Host: host, Port: n, Protocol: "http",
		Params: map[string]*string{"CLIENT_TELEMETRY_ENABLED": &no},
	}
}

func connect(t *testing.T, cfg sf.Config) *sql.DB {
	t.Helper()
	db := sql.OpenDB(sf.NewConnector(sf.SnowflakeDriver{}, cfg))
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestLogIn(t *testing.T) {
	t.Parallel()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	a := snowflaketest.Serve(t, snowflaketest.WithUser(snowflaketest.User{
		Name: "ROBOT", Role: "DEV", Roles: []string{"DEV"}, Key: &key.PublicKey, Token: "pat-of-robot", OAuth: "oauth-of-robot",
	}), snowflaketest.WithUser(snowflaketest.User{
		Name: "CAREFUL", Password: "pw", Passcode: "123456", Role: "DEV", Roles: []string{"DEV"},
	}))
	for name, c := range map[string]struct {
		change func(*sf.Config)
		code   int
	}{
		"password":       {func(*sf.Config) {}, 0},
		"wrong password": {func(c *sf.Config) { c.Password = "wrong" }, 390100},
		"no such user":   {func(c *sf.Config) { c.User = "nobody" }, 390100},
		"key": {func(c *sf.Config) {
			c.User, c.Password, c.Authenticator, c.PrivateKey = "robot", "", sf.AuthTypeJwt, key
		}, 0},
		"another key": {func(c *sf.Config) {
			c.User, c.Password, c.Authenticator, c.PrivateKey = "robot", "", sf.AuthTypeJwt, other
		}, 390144},
		"token": {func(c *sf.Config) {
			c.User, c.Password, c.Authenticator, c.Token = "robot", "", sf.AuthTypePat, "pat-of-robot"
		}, 0},
		"wrong token": {func(c *sf.Config) {
			c.User, c.Password, c.Authenticator, c.Token = "robot", "", sf.AuthTypePat, "another"
		}, 394400},
		"oauth": {func(c *sf.Config) {
			c.User, c.Password, c.Authenticator, c.Token = "robot", "", sf.AuthTypeOAuth, "oauth-of-robot"
		}, 0},
		"passcode":    {func(c *sf.Config) { c.User, c.Password, c.Passcode = "careful", "pw", "123456" }, 0},
		"no passcode": {func(c *sf.Config) { c.User, c.Password = "careful", "pw" }, 390127},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := config(a)
			c.change(&cfg)
			err := connect(t, cfg).PingContext(t.Context())
			var refused *sf.SnowflakeError
			code := 0
			if errors.As(err, &refused) {
				code = refused.Number
			} else if err != nil {
				t.Fatal(err)
			}
			if code != c.code {
				t.Errorf("login: code %d (%v), want %d", code, err, c.code)
			}
		})
	}
}

func one(ctx context.Context, db *sql.DB) error {
	var n int
	return db.QueryRowContext(ctx, "SELECT 1").Scan(&n)
}

func TestSessionIsRenewed(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	db := connect(t, config(a))
	if err := one(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	a.ExpireSessions(false)
	if err := one(t.Context(), db); err != nil {
		t.Errorf("a session with a valid master token was not renewed: %v", err)
	}
}

func TestResentStatementRunsOnce(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	db := connect(t, config(a))
	a.Fault(&snowflaketest.Fault{Kind: snowflaketest.DropAfter, Match: regexp.MustCompile(`SELECT 1`)})
	if err := one(t.Context(), db); err != nil {
		t.Fatalf("the driver does not retry after a dropped connection: %v", err)
	}
	if n := len(a.Statements()); n != 1 {
		t.Errorf("the statement ran %d times, want once", n)
	}
}

func TestAbort(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	db := connect(t, config(a))
	arrived := make(chan struct{})
	a.Fault(&snowflaketest.Fault{
		Kind: snowflaketest.Slow, Match: regexp.MustCompile(`SELECT 1`), Before: func(string) { close(arrived) },
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-arrived; cancel() }()
	if err := one(ctx, db); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled statement: %v", err)
	}
	for range 100 {
		if s := a.Statements(); len(s) == 1 && s[0].Code == 604 {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("the statement was not aborted: %+v", a.Statements())
}
