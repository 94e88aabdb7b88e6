package session

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"time"

	"sleet/snowflake/account/profile"
	"sleet/snowflake/account/query"

	sf "github.com/snowflakedb/gosnowflake/v2"

	"sleet/snowflake"
	"sleet/ui/message"
)

// Options are the options of Open.
type Options struct {
	// Application is the name of the program for the account.
	Application string
	// LoginTimeout limits the login; zero means 30 seconds, or two minutes if a person is asked in a browser or on a
	// device.
	LoginTimeout time.Duration
	// Secrets are values that no result or error may contain. Hide adds more.
	Secrets []snowflake.Secret
	// Browse opens an address in the person's browser for a login, and Say words what sleet shows there. Without them
	// no browser is opened, and the words are English.
	Browse func(address string) error
	Say    func(message.Message) string

	// own are credentials that the driver's configuration does not contain as text.
	own []snowflake.Secret
	// connection is the name of the profile.
	connection string
	// beat is the interval of the heartbeat; zero means beatEvery.
	beat time.Duration
}

// Open logs in with a profile. It tries a login once: accounts lock after a few wrong passwords. The error is a
// *query.Failure if the account refused or could not be reached.
func Open(ctx context.Context, p profile.Profile, ask profile.Ask, o Options) (*Client, error) {
	if err := p.Err(); err != nil {
		return nil, err
	}
	cfg, err := configOf(ctx, &p, ask)
	if err != nil {
		return nil, message.Wrap(err, "failure.profile.of", "name", p.Name)
	}
	o.own, o.connection = []snowflake.Secret{p.Passphrase, p.PrivateKey}, p.Name
	asks := p.OpensBrowser() || cfg.Passcode != "" || cfg.PasscodeInPassword || p.Method() == "USERNAME_PASSWORD_MFA"
	if asks && o.LoginTimeout == 0 {
		o.LoginTimeout = personTimeout
	}
	client, err := open(ctx, cfg, o)
	if ask == nil || cfg.Passcode != "" || !asksPasscode(err) {
		return client, err
	}
	// The password was right, so this is not a second guess.
	passcode, err := ask(ctx, message.New("failure.profile.ask_passcode", "user", p.User, "account", p.Account))
	if err != nil {
		return nil, message.Wrap(err, "failure.profile.of", "name", p.Name)
	}
	cfg.Passcode = passcode.Reveal()
	return open(ctx, cfg, o)
}

// asksPasscode reports whether a login was refused because a passcode is missing.
func asksPasscode(err error) bool {
	var f *query.Failure
	return errors.As(err, &f) && slices.Contains([]int{390127, 394508}, f.Code)
}

// configOf sets the fields of the driver's configuration one by one. The driver would send other settings of a profile
// to the account.
func configOf(ctx context.Context, p *profile.Profile, ask profile.Ask) (sf.Config, error) {
	account, host := profile.AccountOf(p.Account)
	cfg := sf.Config{
		Account: account, User: p.User, Role: p.Role, Warehouse: p.Warehouse, Database: p.Database, Schema: p.Schema,
		Host: host, Port: p.Port, Protocol: p.Protocol, Region: p.Region,
		PasscodeInPassword: p.PasscodeInPassword, Passcode: p.Passcode.Reveal(),
		OauthClientID: p.OAuthClientID, OauthClientSecret: p.OAuthClientSecret.Reveal(),
		OauthAuthorizationURL: p.OAuthAuthorizationURL, OauthTokenRequestURL: p.OAuthTokenURL,
		OauthRedirectURI: p.OAuthRedirect, OauthScope: p.OAuthScope,
		WorkloadIdentityProvider: p.WorkloadProvider, WorkloadIdentityEntraResource: p.WorkloadResource,
		WorkloadIdentityImpersonationPath: p.WorkloadPath,
	}
	if p.Host != "" {
		scheme, host, port := profile.SplitHost(p.Host)
		cfg.Host, cfg.Port, cfg.Protocol = host, cmp.Or(cfg.Port, port), cmp.Or(cfg.Protocol, scheme)
	}
	if err := addressed(&cfg); err != nil {
		return cfg, err
	}
	var err error
	switch p.Method() {
	case "SNOWFLAKE":
		cfg.Authenticator = sf.AuthTypeSnowflake
		cfg.Password, err = p.ResolvePassword(ctx, ask)
	case "USERNAME_PASSWORD_MFA":
		cfg.Authenticator = sf.AuthTypeUsernamePasswordMFA
		cfg.Password, err = p.ResolvePassword(ctx, ask)
	case "EXTERNALBROWSER":
		cfg.Authenticator = sf.AuthTypeExternalBrowser
	case "SNOWFLAKE_JWT":
		cfg.Authenticator = sf.AuthTypeJwt
		cfg.PrivateKey, err = p.ResolvePrivateKey(ctx, ask)
	case "OAUTH":
		cfg.Authenticator = sf.AuthTypeOAuth
		cfg.Token, err = p.ResolveToken()
	case "PROGRAMMATIC_ACCESS_TOKEN":
		cfg.Authenticator = sf.AuthTypePat
		cfg.Token, err = p.ResolveToken()
	case "OAUTH_AUTHORIZATION_CODE":
		cfg.Authenticator = sf.AuthTypeOAuthAuthorizationCode
	case "OAUTH_CLIENT_CREDENTIALS":
		cfg.Authenticator = sf.AuthTypeOAuthClientCredentials
	case "WORKLOAD_IDENTITY":
		cfg.Authenticator = sf.AuthTypeWorkloadIdentityFederation
		if p.Has("token") {
			cfg.Token, err = p.ResolveToken()
		}
	default: // an identity provider's address
		cfg.Authenticator = sf.AuthTypeOkta
		if cfg.OktaURL, err = url.Parse(p.Authenticator); err == nil {
			cfg.Password, err = p.ResolvePassword(ctx, ask)
		}
	}
	return cfg, err
}
