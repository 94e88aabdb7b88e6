package browser

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold/testtools"
	"sleet/ui/message"
)

// TestMain checks that no listener and no request outlives a login.
func TestMain(m *testing.M) { os.Exit(testtools.NoLeaks{M: m}.Run()) }

// at parses a URL.
func at(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// fetch opens a URL like a browser, and returns the status and the page.
func fetch(address string) (int, string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return 0, "", err
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close() //nolint:errcheck // Already read.
	page, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(page), err
}

// TestFlowClient checks the OAuth configuration: empty fields default to the account's own values, and the built-in
// client is used only if no other server is involved.
func TestFlowClient(t *testing.T) {
	t.Parallel()
	account := at(t, "https://acme.snowflakecomputing.com:8443")
	type client struct{ ID, Secret, Auth, Token, Redirect, Scope, Listen string }
	const own = "https://acme.snowflakecomputing.com:8443/oauth/"
	for name, c := range map[string]struct {
		flow Flow
		want client
	}{
		"all of it the account's": {
			Flow{Role: "DEV"},
			client{localApplication, localApplication, own + "authorize", own + "token-request", "", "session:role:DEV", "127.0.0.1:0"},
		},
		"no role": {
			Flow{},
			client{localApplication, localApplication, own + "authorize", own + "token-request", "", "", "127.0.0.1:0"},
		},
		"a client of its own": {
			Flow{ClientID: "me", ClientSecret: "mine", Role: "DEV", Scope: "refresh_token  session:role:X"},
			client{"me", "mine", own + "authorize", own + "token-request", "", "refresh_token session:role:X", "127.0.0.1:0"},
		},
		"another provider": {
			Flow{AuthorizationURL: "https://login.example.com/a", TokenURL: "https://login.example.com/t"},
			client{"", "", "https://login.example.com/a", "https://login.example.com/t", "", "", "127.0.0.1:0"},
		},
		"the account, in upper case": {
			Flow{TokenURL: "https://ACME.snowflakecomputing.com/oauth/token-request"},
			client{localApplication, localApplication, own + "authorize", "https://ACME.snowflakecomputing.com/oauth/token-request", "", "", "127.0.0.1:0"},
		},
		"a redirect with a port": {
			Flow{Redirect: "http://localhost:4321/back"},
			client{localApplication, localApplication, own + "authorize", own + "token-request", "http://localhost:4321/back", "", "127.0.0.1:4321"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.flow.Account = account
			got, listen, err := c.flow.client()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, client{
				got.ClientID, got.ClientSecret, got.Endpoint.AuthURL, got.Endpoint.TokenURL, got.RedirectURL, strings.Join(got.Scopes, " "), listen,
			}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for _, bad := range []Flow{{AuthorizationURL: "no address"}, {TokenURL: "https://"}, {Redirect: "http://localhost:po\x1brt"}} {
		bad.Account = account
		if _, _, err := bad.client(); err == nil || strings.Contains(err.Error(), "\x1b") {
			t.Errorf("client of %+v: %v, want an error", bad, err)
		}
	}
}

// TestSingleSignOn opens the account's page and returns over loopback. Requests without a token do not come from the
// browser, and do not end the visit.
func TestSingleSignOn(t *testing.T) {
	t.Parallel()
	var hidden []string
	var proof string
	pages := make(chan string, 1)
	w := Window{
		Hide: func(value string) { hidden = append(hidden, value) },
		Say:  func(message.Message) string { return "back <to> sleet" },
		Open: func(address string) error {
			page := at(t, address)
			q := page.Query()
			if page.Scheme != "https" || page.Host != "acme.snowflakecomputing.com" || page.Path != "/console/login" || q.Get("login_name") != "me & you" {
				t.Errorf("the browser was sent to %s", address)
			}
			proof = q.Get("proof_key")
			back := "http://" + net.JoinHostPort("localhost", q.Get("browser_mode_redirect_port"))
			for _, other := range []string{"/favicon.ico", "/?token=", "/?tok=1"} {
				if status, _, err := fetch(back + other); status != http.StatusNotFound || err != nil {
					t.Errorf("request %s: status %d, %v", other, status, err)
				}
			}
			_, shown, err := fetch(back + "/?token=of%20me")
			pages <- shown
			return err
		},
	}
	token, gotProof, err := w.SingleSignOn(t.Context(), at(t, "https://acme.snowflakecomputing.com"), "me & you")
	page := <-pages
	if err != nil || token != "of me" || gotProof == "" || gotProof != proof {
		t.Errorf("SingleSignOn = %q, %q, %v; the proof in the URL was %q", token, gotProof, err, proof)
	}
	if !strings.Contains(page, "back &lt;to&gt; sleet") {
		t.Errorf("the browser shows %s", page)
	}
	if !slices.Equal(hidden, []string{proof, "of me"}) {
		t.Errorf("hidden values %q", hidden)
	}
}

// TestAuthorize checks that a code counts only with the state of its request, and is exchanged for a token with the
// verifier.
func TestAuthorize(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		back  func(state string) url.Values
		token string
		fails string
	}{
		"a code": {func(state string) url.Values { return url.Values{"code": {"c0de"}, "state": {state}} }, "t0ken", ""},
		"a refusal": {func(state string) url.Values {
			return url.Values{"error": {"access_denied"}, "error_description": {"not\x1b[2J you"}, "state": {state}}
		}, "", "access_denied: not"},
		"a wrong code":      {func(state string) url.Values { return url.Values{"code": {"other"}, "state": {state}} }, "", `oauth2: "invalid_grant"`},
		"nothing but noise": {func(string) url.Values { return url.Values{"code": {"c0de"}, "state": {"guessed"}} }, "", context.Canceled.Error()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked := make(chan url.Values, 1)
			provider := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
				_ = r.ParseForm()
				out.Header().Set("Content-Type", "application/json")
				if r.PostForm.Get("code") != "c0de" {
					out.WriteHeader(http.StatusBadRequest)
					_, _ = io.WriteString(out, `{"error":"invalid_grant"}`)
					return
				}
				asked <- r.PostForm
				_, _ = io.WriteString(out, `{"access_token":"t0ken","refresh_token":"refresh","token_type":"Bearer"}`)
			}))
			defer provider.Close()
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			var hidden []string
			challenge := ""
			w := Window{Hide: func(value string) { hidden = append(hidden, value) }, Open: func(address string) error {
				q := at(t, address).Query()
				challenge = q.Get("code_challenge")
				if q.Get("code_challenge_method") != "S256" || q.Get("state") == "" {
					t.Errorf("the browser was sent to %s", address)
				}
				status, _, err := fetch(q.Get("redirect_uri") + "/?" + c.back(q.Get("state")).Encode())
				if status == http.StatusNotFound {
					stop() // the person cancels
				}
				return err
			}}
			transport := &http.Transport{DisableKeepAlives: true}
			token, err := w.Authorize(ctx, Flow{Account: at(t, provider.URL), Transport: transport, ClientID: "me", ClientSecret: "mine"})
			if token != c.token || (err == nil) != (c.fails == "") || err != nil && !strings.Contains(err.Error(), c.fails) {
				t.Fatalf("Authorize = %q, %v; want %q, %q", token, err, c.token, c.fails)
			}
			if err != nil {
				if strings.ContainsAny(err.Error(), "\x1b") {
					t.Errorf("the error contains control characters: %q", err)
				}
				return
			}
			form := <-asked
			if verifier := form.Get("code_verifier"); verifier == "" || verifier == challenge || !slices.Equal(hidden, []string{"c0de", verifier, "t0ken", "refresh"}) {
				t.Errorf("token request %v, hidden values %q", form, hidden)
			}
		})
	}
}

// TestVisitFails checks how a visit fails.
func TestVisitFails(t *testing.T) {
	t.Parallel()
	account := at(t, "https://acme.snowflakecomputing.com")
	for name, c := range map[string]struct {
		open func(string) error
		want message.ID
	}{
		"no browser":            {nil, "failure.browser.none"},
		"a browser that fails":  {func(string) error { return errors.New("no display") }, "failure.browser.open"},
		"a browser that panics": {func(string) error { panic("broken") }, "failure.browser.open"},
	} {
		_, _, err := Window{Open: c.open}.SingleSignOn(t.Context(), account, "me")
		var said *message.Error
		if !errors.As(err, &said) || message.Of(err).ID != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	if _, _, err := (Window{Open: func(string) error { stop(); return nil }}).SingleSignOn(ctx, account, "me"); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled visit: %v", err)
	}
}

// TestShown checks that a text from outside is shortened and cannot control the terminal.
func TestShown(t *testing.T) {
	t.Parallel()
	if got := shown(strings.Repeat("é", 300) + "\x1b"); got != strings.Repeat("é", 200) {
		t.Errorf("shown of a long text = %q", got)
	}
	if got := shown("a\x1b[2Jb\r"); strings.ContainsAny(got, "\x1b\r") {
		t.Errorf("shown of control characters = %q", got)
	}
}
