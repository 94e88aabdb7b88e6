package session_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"sleet/snowflake"
	"sleet/snowflake/account/profile"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/session"
	"sleet/snowflake/snowflaketest"
	"sleet/ui/message"
)

// visit is a browser: it follows redirects and returns the last page.
func visit(address string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return "", err
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close() //nolint:errcheck // Already read.
	page, err := io.ReadAll(resp.Body)
	return string(page), err
}

// browsing returns a profile that logs in through a browser.
func browsing(a *snowflaketest.Account, method string) profile.Profile {
	return profile.Profile{Name: "test", Account: "demo", User: "SLEET", Role: "DEV", Host: "http://" + a.Addr(), Authenticator: method}
}

// TestBrowserLogsIn logs in at the account's page. Other requests to the port must not end the login: connections that
// a browser opens in advance, and other pages.
func TestBrowserLogsIn(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	pages := make(chan string, 1)
	client, err := session.Open(t.Context(), browsing(a, "EXTERNALBROWSER"), nil, session.Options{
		Say: func(m message.Message) string { return "<" + string(m.ID) + ">" },
		Browse: func(address string) error {
			asked, err := url.Parse(address)
			if err != nil {
				return err
			}
			at := "localhost:" + asked.Query().Get("browser_mode_redirect_port")
			idle, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", at)
			if err != nil {
				return err
			}
			t.Cleanup(func() { _ = idle.Close() })
			for _, other := range []string{"/favicon.ico", "/?tok=1", "/?token=", "/" + strings.Repeat("x", 20000)} {
				if page, err := visit("http://" + at + other); err != nil || strings.Contains(page, "browser") {
					t.Errorf("%.20s: %s %v", other, page, err)
				}
			}
			page, err := visit(address)
			pages <- page
			return err
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close() //nolint:errcheck // The test is over.
	rows, err := client.Query(t.Context(), "SELECT CURRENT_USER()")
	if err != nil || len(rows.Values) != 1 {
		t.Fatalf("%v, %v", rows, err)
	}
	if page := <-pages; !strings.Contains(page, "&lt;failure.browser.page&gt;") {
		t.Errorf("the browser shows %s", page)
	}
}

// TestBrowserFails checks the messages of failed browser logins, and that each ends at once.
func TestBrowserFails(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	stopped, stop := context.WithCancel(t.Context())
	for name, c := range map[string]struct {
		ctx    context.Context
		browse func(string) error
		want   string
	}{
		"no browser":             {t.Context(), nil, "No browser can be opened here"},
		"a browser that fails":   {t.Context(), func(string) error { return errors.New("no\x1b[2J display") }, "cannot open the browser"},
		"a browser that panics":  {t.Context(), func(string) error { panic("broken") }, "cannot open the browser"},
		"a person who stops":     {stopped, func(string) error { stop(); return nil }, "stopped"},
		"a token of other hands": {t.Context(), func(address string) error { return bring(address, "token=other") }, "390191"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			started := time.Now()
			_, err := session.Open(c.ctx, browsing(a, "EXTERNALBROWSER"), nil, session.Options{Browse: c.browse})
			var f *query.Failure
			if !errors.As(err, &f) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\x1b") {
				t.Errorf("%v, want %q", err, c.want)
			}
			if took := time.Since(started); took > 20*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// bring returns from a login page with another query.
func bring(address, query string) error {
	asked, err := url.Parse(address)
	if err == nil {
		_, err = visit("http://localhost:" + asked.Query().Get("browser_mode_redirect_port") + "/?" + query)
	}
	return err
}

// provider is an identity provider that exchanges a code for a token.
type provider struct {
	t         *testing.T
	challenge string
	asked     chan url.Values
}

// ServeHTTP redirects a browser back with a code, and exchanges the code for a token, as in OAuth.
func (p *provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/authorize" {
		q := r.URL.Query()
		p.challenge = q.Get("code_challenge")
		p.asked <- q
		back, err := url.Parse(q.Get("redirect_uri"))
		if err != nil || q.Get("code_challenge_method") != "S256" || q.Get("response_type") != "code" {
			p.t.Errorf("the browser is sent with %v", q)
			return
		}
		// Another page in the browser knows the port but not the state.
		if _, err := visit(back.String() + "?code=other&state=other"); err != nil {
			p.t.Error(err)
		}
		answer := url.Values{"code": {"the-code"}, "state": {q.Get("state")}}
		if q.Get("client_id") == "refused" {
			answer = url.Values{"error": {"access_denied"}, "error_description": {"not\x1b[2J you"}, "state": {q.Get("state")}}
		}
		back.RawQuery = answer.Encode()
		http.Redirect(w, r, back.String(), http.StatusFound)
		return
	}
	id, secret, _ := r.BasicAuth()
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	w.Header().Set("Content-Type", "application/json")
	if r.PostFormValue("code") != "the-code" || base64.RawURLEncoding.EncodeToString(sum[:]) != p.challenge || secret == "wrong" {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"error":"invalid_grant","error_description":"it names the-code"}`)
		return
	}
	p.asked <- url.Values{"id": {id}, "secret": {secret}}
	_ = json.NewEncoder(w).Encode(map[string]any{"access_token": "oauth-of-sleet", "token_type": "Bearer", "refresh_token": "the-refresh"})
}

// TestOAuthLogsIn runs OAuth's authorization code flow and its failures.
func TestOAuthLogsIn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		id, secret, role, scope string
		want                    map[string]string
		fails                   string
	}{
		"a client":                     {id: "me", secret: "mine", role: "DEV", want: map[string]string{"scope": "session:role:DEV", "client_id": "me", "id": "me", "secret": "mine"}},
		"a scope":                      {id: "me", secret: "mine", role: "DEV", scope: "refresh_token  session:role:X", want: map[string]string{"scope": "refresh_token session:role:X"}},
		"no role":                      {id: "me", secret: "mine", want: map[string]string{"scope": ""}},
		"refused":                      {id: "refused", secret: "mine", fails: "access_denied: not"},
		"a secret that is not its own": {id: "me", secret: "wrong", fails: "invalid_grant"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := snowflaketest.Serve(t, snowflaketest.WithUser(snowflaketest.User{Name: "SLEET", OAuth: "oauth-of-sleet", Role: "DEV", Roles: []string{"DEV"}}))
			idp := &provider{t: t, asked: make(chan url.Values, 4)}
			server := httptest.NewServer(idp)
			defer server.Close()
			p := browsing(a, "OAUTH_AUTHORIZATION_CODE")
			p.Role, p.OAuthScope, p.OAuthClientID, p.OAuthClientSecret = c.role, c.scope, c.id, snowflake.NewSecret(c.secret)
			p.OAuthAuthorizationURL, p.OAuthTokenURL = server.URL+"/authorize", server.URL+"/token"
			client, err := session.Open(t.Context(), p, nil, session.Options{Browse: func(address string) error {
				_, err := visit(address)
				return err
			}})
			if c.fails != "" {
				var f *query.Failure
				if !errors.As(err, &f) || !strings.Contains(err.Error(), c.fails) || strings.ContainsAny(err.Error(), "\x1b") || strings.Contains(err.Error(), "the-code") {
					t.Errorf("%v, want %q", err, c.fails)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer client.Close() //nolint:errcheck // The test is over.
			if _, err := client.Query(t.Context(), "SELECT 1"); err != nil {
				t.Error(err)
			}
			sent := url.Values{}
			for range 2 {
				for k, v := range <-idp.asked {
					sent[k] = v
				}
			}
			for k, v := range c.want {
				if sent.Get(k) != v {
					t.Errorf("%s is %q, want %q", k, sent.Get(k), v)
				}
			}
		})
	}
}
