package live

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	sf "github.com/snowflakedb/gosnowflake/v2"
	"github.com/youmark/pkcs8"

	"sleet/snowflake"
)

// Ask asks a person for something secret that a profile lacks: a password, a pass-phrase, a
// passcode. nil stands for nobody to ask.
type Ask func(ctx context.Context, prompt string) (snowflake.Secret, error)

// Open logs in with a profile. A log-in is tried once: accounts lock after a few wrong passwords.
// The error is a *Failure where the account, or the way to it, refused.
func Open(ctx context.Context, p Profile, ask Ask, o Options) (*Client, error) {
	if err := p.Usable(); err != nil {
		return nil, err
	}
	cfg, err := p.config(ctx, ask)
	if err != nil {
		return nil, fmt.Errorf("the connection %s: %w", p.Name, err)
	}
	o.Secrets = append(o.Secrets, p.Passphrase, p.PrivateKey)
	m, _ := methodOf(p.Authenticator)
	return open(ctx, cfg, m.browser || cfg.Passcode != "" || cfg.PasscodeInPassword || m.name == "USERNAME_PASSWORD_MFA", o)
}

// config fills the driver's configuration, field by field: what a profile says besides is not for
// the driver, which would send it to the account.
func (p *Profile) config(ctx context.Context, ask Ask) (sf.Config, error) {
	cfg := sf.Config{
		Account: p.Account, User: p.User, Role: p.Role, Warehouse: p.Warehouse, Database: p.Database, Schema: p.Schema,
		Host: p.Host, Port: p.Port, Protocol: p.Protocol, Region: p.Region,
		PasscodeInPassword: p.PasscodeInPassword, Passcode: p.Passcode.Reveal(),
		OauthClientID: p.OAuthClientID, OauthClientSecret: p.OAuthClientSecret.Reveal(),
		OauthAuthorizationURL: p.OAuthAuthorizationURL, OauthTokenRequestURL: p.OAuthTokenURL,
		OauthRedirectURI: p.OAuthRedirect, OauthScope: p.OAuthScope,
		WorkloadIdentityProvider: p.WorkloadProvider, WorkloadIdentityEntraResource: p.WorkloadResource,
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
		if p.provides("token") {
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

// password gives the profile's, or asks.
func (p *Profile) password(ctx context.Context, ask Ask) (string, error) {
	if !p.Password.Empty() {
		return p.Password.Reveal(), nil
	}
	if ask == nil {
		return "", fmt.Errorf("it has no password; set SNOWFLAKE_CONNECTIONS_%s_PASSWORD or SNOWFLAKE_PASSWORD", strings.ToUpper(p.Name))
	}
	secret, err := ask(ctx, fmt.Sprintf("Password of %s at %s", p.User, p.Account))
	return secret.Reveal(), err
}

// token gives the profile's, from a file where it says so. A PAT may also stand as the password.
func (p *Profile) token() (string, error) {
	switch {
	case !p.Token.Empty():
		return p.Token.Reveal(), nil
	case p.TokenFile != "":
		data, err := os.ReadFile(expand(p.TokenFile))
		if err != nil {
			return "", fmt.Errorf("the token cannot be read: %w", err)
		}
		return strings.TrimSpace(string(data)), nil
	case !p.Password.Empty():
		return p.Password.Reveal(), nil
	}
	return "", fmt.Errorf("it has no token; set SNOWFLAKE_CONNECTIONS_%s_TOKEN, or token_file_path", strings.ToUpper(p.Name))
}

// key reads the private key, and asks for its pass-phrase where it has one.
func (p *Profile) key(ctx context.Context, ask Ask) (*rsa.PrivateKey, error) {
	data, name := []byte(p.PrivateKey.Reveal()), "private_key_raw"
	if p.PrivateKeyFile != "" {
		name = p.PrivateKeyFile
		var err error
		if data, err = os.ReadFile(expand(p.PrivateKeyFile)); err != nil {
			return nil, fmt.Errorf("the private key cannot be read: %w", err)
		}
	}
	block, _ := pem.Decode(data)
	if block == nil {
		return nil, fmt.Errorf("%s holds no PEM block (-----BEGIN PRIVATE KEY-----)", name)
	}
	var key any
	var err error
	switch block.Type {
	case "PRIVATE KEY":
		key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	case "RSA PRIVATE KEY":
		key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	case "ENCRYPTED PRIVATE KEY":
		if key, err = p.decrypt(ctx, block.Bytes, ask); err != nil {
			return nil, err
		}
	default:
		return nil, fmt.Errorf("%s holds a %s, not a private key", name, Visible(block.Type))
	}
	if err != nil {
		return nil, fmt.Errorf("%s holds no private key that can be read", name)
	}
	rsaKey, ok := key.(*rsa.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("%s holds no RSA key, and Snowflake takes no other", name)
	}
	return rsaKey, nil
}

// decrypt opens an encrypted key. The parser's own error is left out: it may show what it parsed.
func (p *Profile) decrypt(ctx context.Context, der []byte, ask Ask) (any, error) {
	if p.Passphrase.Empty() {
		if ask == nil {
			return nil, fmt.Errorf("the private key is encrypted; set SNOWFLAKE_CONNECTIONS_%s_PRIVATE_KEY_PASSPHRASE or PRIVATE_KEY_PASSPHRASE", strings.ToUpper(p.Name))
		}
		secret, err := ask(ctx, "Pass-phrase of "+p.PrivateKeyFile)
		if err != nil {
			return nil, err
		}
		p.Passphrase = secret
	}
	key, err := pkcs8.ParsePKCS8PrivateKeyRSA(der, []byte(p.Passphrase.Reveal()))
	if err != nil {
		return nil, errors.New("the private key does not open: the pass-phrase is wrong, or the key is of an unknown kind")
	}
	return key, nil
}

// expand gives a path with ~ written out.
func expand(path string) string {
	if rest, ok := strings.CutPrefix(path, "~"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return path
}
