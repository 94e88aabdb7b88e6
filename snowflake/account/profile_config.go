package account

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	sf "github.com/snowflakedb/gosnowflake/v2"

	"sleet/snowflake"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// Ask asks a person for something secret that a profile lacks: a password, a pass-phrase, a
// passcode. nil stands for nobody to ask.
type Ask func(ctx context.Context, prompt message.Message) (snowflake.Secret, error)

// Open logs in with a profile. A log-in is tried once: accounts lock after a few wrong passwords.
// The error is a *Failure where the account, or the way to it, refused.
func Open(ctx context.Context, p Profile, ask Ask, o Options) (*Client, error) {
	if err := p.Usable(); err != nil {
		return nil, err
	}
	cfg, err := p.config(ctx, ask)
	if err != nil {
		return nil, message.Wrap(err, "failure.profile.of", "name", p.Name)
	}
	o.own, o.connection = []snowflake.Secret{p.Passphrase, p.PrivateKey}, p.Name
	m, _ := methodOf(p.Authenticator)
	asks := m.browser || cfg.Passcode != "" || cfg.PasscodeInPassword || m.name == "USERNAME_PASSWORD_MFA"
	if asks && o.LoginTimeout == 0 {
		o.LoginTimeout = personTimeout
	}
	client, err := open(ctx, cfg, o)
	if ask == nil || cfg.Passcode != "" || !asksPasscode(err) {
		return client, err
	}
	// The password was right, so that this is no second guess.
	passcode, err := ask(ctx, message.New("failure.profile.ask_passcode", "user", p.User, "account", p.Account))
	if err != nil {
		return nil, message.Wrap(err, "failure.profile.of", "name", p.Name)
	}
	cfg.Passcode = passcode.Reveal()
	return open(ctx, cfg, o)
}

// asksPasscode reports whether a log-in was refused because it lacks a passcode.
func asksPasscode(err error) bool {
	var f *Failure
	return errors.As(err, &f) && slices.Contains([]int{390127, 394508}, f.Code)
}

// config fills the driver's configuration, field by field: what a profile says besides is not for
// the driver, which would send it to the account.
func (p *Profile) config(ctx context.Context, ask Ask) (sf.Config, error) {
	account, host := accountOf(p.Account)
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
		scheme, host, port := splitHost(p.Host)
		cfg.Host, cfg.Port, cfg.Protocol = host, cmp.Or(cfg.Port, port), cmp.Or(cfg.Protocol, scheme)
	}
	if err := addressed(&cfg); err != nil {
		return cfg, err
	}
	m, _ := methodOf(p.Authenticator)
	var err error
	switch m.name {
	case "SNOWFLAKE":
		cfg.Authenticator = sf.AuthTypeSnowflake
		cfg.Password, err = p.password(ctx, ask)
	case "USERNAME_PASSWORD_MFA":
		cfg.Authenticator = sf.AuthTypeUsernamePasswordMFA
		cfg.Password, err = p.password(ctx, ask)
	case "EXTERNALBROWSER":
		cfg.Authenticator = sf.AuthTypeExternalBrowser
	case "SNOWFLAKE_JWT":
		cfg.Authenticator = sf.AuthTypeJwt
		cfg.PrivateKey, err = p.key(ctx, ask)
	case "OAUTH":
		cfg.Authenticator = sf.AuthTypeOAuth
		cfg.Token, err = p.token()
	case "PROGRAMMATIC_ACCESS_TOKEN":
		cfg.Authenticator = sf.AuthTypePat
		cfg.Token, err = p.token()
	case "OAUTH_AUTHORIZATION_CODE":
		cfg.Authenticator = sf.AuthTypeOAuthAuthorizationCode
	case "OAUTH_CLIENT_CREDENTIALS":
		cfg.Authenticator = sf.AuthTypeOAuthClientCredentials
	case "WORKLOAD_IDENTITY":
		cfg.Authenticator = sf.AuthTypeWorkloadIdentityFederation
		if p.has("token") {
			cfg.Token, err = p.token()
		}
	default: // an identity provider's address
		cfg.Authenticator = sf.AuthTypeOkta
		if cfg.OktaURL, err = url.Parse(p.Authenticator); err == nil {
			cfg.Password, err = p.password(ctx, ask)
		}
	}
	return cfg, err
}

// password returns the profile's, or asks.
func (p *Profile) password(ctx context.Context, ask Ask) (string, error) {
	if !p.Password.Empty() {
		return p.Password.Reveal(), nil
	}
	if ask == nil {
		return "", message.Wrap(nil, "failure.profile.no_password", "variable", p.ownVariable("password"))
	}
	secret, err := ask(ctx, message.New("failure.profile.ask_password", "user", p.User, "account", p.Account))
	return secret.Reveal(), err
}

// token returns the profile's, from a file where it says so. A PAT may also stand as the password.
func (p *Profile) token() (string, error) {
	switch {
	case !p.Token.Empty():
		return p.Token.Reveal(), nil
	case p.TokenFile != "":
		data, err := safely.ReadFile(expand(p.TokenFile), mostKey)
		if err != nil {
			return "", message.Wrap(err, "failure.profile.token_unread")
		}
		return strings.TrimSpace(string(data)), nil
	case !p.Password.Empty():
		return p.Password.Reveal(), nil
	}
	return "", message.Wrap(nil, "failure.profile.no_token", "variable", p.ownVariable("token"), "where", p.Where())
}

// expand returns a path with ~ written out.
func expand(path string) string {
	if rest, ok := strings.CutPrefix(path, "~"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return path
}
