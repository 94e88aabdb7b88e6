package browser

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/oauth2"

	"sleet/ui/message"
)

// Flow is OAuth's authorization code flow. Empty fields default to the account's own values.
type Flow struct {
	// Account is the account's URL.
	Account *url.URL
	// Transport sends the token request.
	Transport                            http.RoundTripper
	ClientID, ClientSecret               string
	AuthorizationURL, TokenURL, Redirect string
	// Scope is the requested scope. If it is empty, Role determines it.
	Scope, Role string
}

// localApplication is the built-in client for programs on a person's machine.
// https://docs.snowflake.com/en/user-guide/oauth-local-applications
const localApplication = "LOCAL_APPLICATION"

// Authorize returns the access token that the provider issues once the person agrees. State and verifier prove that the
// redirect belongs to this request.
// https://docs.snowflake.com/en/user-guide/oauth-custom
func (w Window) Authorize(ctx context.Context, f Flow) (string, error) {
	client, listen, err := f.client()
	if err != nil {
		return "", err
	}
	state, verifier := rand.Text(), oauth2.GenerateVerifier()
	code, err := w.visit(ctx, listen, func(port int) string {
		if client.RedirectURL == "" {
			client.RedirectURL = fmt.Sprintf("http://127.0.0.1:%d", port)
		}
		return client.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier))
	}, func(back url.Values) (string, error) {
		switch {
		case back.Get("state") != state: // Another page of this browser.
			return "", nil
		case back.Get("error") != "":
			return "", message.NewError("failure.browser.refused", "why", shown(back.Get("error")+": "+back.Get("error_description")))
		}
		return back.Get("code"), nil
	})
	if err != nil {
		return "", err
	}
	w.hide(verifier)
	token, err := client.Exchange(context.WithValue(ctx, oauth2.HTTPClient, &http.Client{Transport: f.Transport}), code, oauth2.VerifierOption(verifier))
	if err != nil {
		return "", err //nolint:wrapcheck // It says what failed.
	}
	w.hide(token.AccessToken)
	w.hide(token.RefreshToken)
	return token.AccessToken, nil
}

// client returns the OAuth configuration with the account's defaults, and the address to listen on for the redirect.
func (f Flow) client() (client *oauth2.Config, listen string, err error) {
	client = &oauth2.Config{
		ClientID: f.ClientID, ClientSecret: f.ClientSecret, RedirectURL: f.Redirect, Scopes: strings.Fields(f.Scope),
		Endpoint: oauth2.Endpoint{AuthURL: f.AuthorizationURL, TokenURL: f.TokenURL, AuthStyle: oauth2.AuthStyleInHeader},
	}
	own := true
	for path, of := range map[string]*string{"/oauth/authorize": &client.Endpoint.AuthURL, "/oauth/token-request": &client.Endpoint.TokenURL} {
		if *of == "" {
			*of = f.Account.Scheme + "://" + f.Account.Host + path
		}
		named, err := url.Parse(*of)
		if err != nil || named.Hostname() == "" {
			return nil, "", message.NewError("failure.browser.address", "address", shown(*of))
		}
		own = own && strings.EqualFold(named.Hostname(), f.Account.Hostname())
	}
	if own && client.ClientID == "" && client.ClientSecret == "" {
		client.ClientID, client.ClientSecret = localApplication, localApplication
	}
	if len(client.Scopes) == 0 && f.Role != "" {
		client.Scopes = []string{"session:role:" + f.Role}
	}
	back, err := url.Parse(client.RedirectURL)
	if err != nil {
		return nil, "", message.NewError("failure.browser.address", "address", shown(client.RedirectURL))
	}
	port := "0"
	if back.Port() != "" {
		port = back.Port()
	}
	return client, net.JoinHostPort("127.0.0.1", port), nil
}
