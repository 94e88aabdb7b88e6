package session_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sleet/snowflake/account/profile"
	"sleet/snowflake/account/session"
	"sleet/snowflake/snowflaketest"
)

// TestOneLogin counts the logins of concurrent statements if the person must confirm a login on a device, as the
// profile or the account requires.
func TestOneLogin(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lines string
		slow  time.Duration
	}{
		"a password":                     {"", 0},
		"a device by the profile's word": {"authenticator = 'username_password_mfa'\n", 0},
		"a device that was asked":        {"", time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			served := snowflaketest.Serve(t)
			var logins atomic.Int32
			up, err := url.Parse("http://" + served.Addr())
			if err != nil {
				t.Fatal(err)
			}
			proxy := httputil.NewSingleHostReverseProxy(up)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/login-request") {
					logins.Add(1)
					time.Sleep(c.slow)
				}
				proxy.ServeHTTP(w, r)
				_, _ = io.Copy(io.Discard, r.Body)
			}))
			defer server.Close()
			_, port, _ := strings.Cut(strings.TrimPrefix(server.URL, "http://"), ":")
			text := "[x]\naccount='demo'\nuser='SLEET'\npassword='sleet'\nhost='127.0.0.1'\nport=" + port + "\nprotocol='http'\n" + c.lines
			home := t.TempDir()
			if err := errors.Join(os.Mkdir(filepath.Join(home, ".snowflake"), 0o700), os.WriteFile(filepath.Join(home, ".snowflake", "connections.toml"), []byte(text), 0o600)); err != nil {
				t.Fatal(err)
			}
			p, err := profile.Read(profile.Env{Home: home}).Pick("x")
			if err != nil {
				t.Fatal(err)
			}
			client, err := session.Open(t.Context(), p, nil, session.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer client.Close() //nolint:errcheck // The test is over.
			var all sync.WaitGroup
			for range 4 {
				all.Go(func() {
					if _, err := client.Query(t.Context(), "SHOW WAREHOUSES"); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			if n := logins.Load(); n != 1 {
				t.Errorf("it logged in %d times", n)
			}
		})
	}
}
