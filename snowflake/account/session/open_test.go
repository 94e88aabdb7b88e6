package session

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sleet/snowflake/account/profile"
	"sleet/snowflake/account/query"

	sf "github.com/snowflakedb/gosnowflake/v2"
	"github.com/youmark/pkcs8"

	"sleet/snowflake"
	"sleet/snowflake/snowflaketest"
	"sleet/ui/message"
)

// parse returns the connection x of a connections.toml.
func parse(t *testing.T, text string, environ ...string) profile.Profile {
	t.Helper()
	home := t.TempDir()
	if err := os.Mkdir(filepath.Join(home, ".snowflake"), 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(home, ".snowflake", "connections.toml")
	if err := os.WriteFile(path, []byte("[x]\naccount = 'acme-dev'\nuser = 'me'\n"+text), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := profile.Read(profile.Env{Home: home, Environ: environ}).Pick("x")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// answer returns an Ask that returns one value and records its prompts.
func answer(value string, asked *[]string) profile.Ask {
	return func(_ context.Context, prompt message.Message) (snowflake.Secret, error) {
		*asked = append(*asked, prompt.String())
		return snowflake.NewSecret(value), nil
	}
}

func TestAuthenticators(t *testing.T) {
	t.Parallel()
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte("of-the-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text, answer string
		environ      []string
		want         string // authenticator, password, token, passcode, prompts
		fails        string
	}{
		"password":              {"password='pw'", "", nil, "SNOWFLAKE pw - - 0", ""},
		"password, named":       {"password='pw'\nauthenticator='Snowflake'", "", nil, "SNOWFLAKE pw - - 0", ""},
		"password, asked":       {"", "typed", nil, "SNOWFLAKE typed - - 1", ""},
		"password, nobody":      {"", "", nil, "", "SNOWFLAKE_CONNECTIONS_X_PASSWORD"},
		"password, variable":    {"", "", []string{"SNOWFLAKE_PASSWORD=v"}, "SNOWFLAKE v - - 0", ""},
		"a number for password": {"password=12345", "", nil, "SNOWFLAKE 12345 - - 0", ""},
		"passcode":              {"password='pw'\npasscode=123456", "", nil, "SNOWFLAKE pw - 123456 0", ""},
		"mfa":                   {"password='pw'\nauthenticator='username_password_mfa'", "", nil, "USERNAME_PASSWORD_MFA pw - - 0", ""},
		"browser":               {"authenticator='externalbrowser'", "", nil, "EXTERNALBROWSER - - - 0", ""},
		"oauth":                 {"authenticator='oauth'\ntoken='tk'", "", nil, "OAUTH - tk - 0", ""},
		"oauth, file":           {"authenticator='oauth'\ntoken_file_path='" + token + "'", "", nil, "OAUTH - of-the-file - 0", ""},
		"oauth, variable":       {"authenticator='oauth'\ntoken_file_path='" + token + "'", "", []string{"SNOWFLAKE_CONNECTIONS_X_TOKEN=mine"}, "OAUTH - mine - 0", ""},
		"oauth, generic":        {"authenticator='oauth'\ntoken_file_path='" + token + "'", "", []string{"SNOWFLAKE_TOKEN=mine"}, "OAUTH - of-the-file - 0", ""},
		"token":                 {"authenticator='PROGRAMMATIC_ACCESS_TOKEN'\ntoken='tk'", "", nil, "PROGRAMMATIC_ACCESS_TOKEN - tk - 0", ""},
		"token, as password":    {"authenticator='programmatic_access_token'\npassword='tk'", "", nil, "PROGRAMMATIC_ACCESS_TOKEN - tk - 0", ""},
		"code":                  {"authenticator='oauth_authorization_code'\noauth_client_id='i'\noauth_client_secret='s'", "", nil, "OAUTH_AUTHORIZATION_CODE - - - 0", ""},
		"client credentials":    {"authenticator='oauth_client_credentials'\noauth_client_id='i'\noauth_client_secret='s'\noauth_token_request_url='https://t'", "", nil, "OAUTH_CLIENT_CREDENTIALS - - - 0", ""},
		"workload":              {"authenticator='WORKLOAD_IDENTITY'\nworkload_identity_provider='OIDC'\ntoken='tk'", "", nil, "WORKLOAD_IDENTITY - tk - 0", ""},
		"workload, path":        {"authenticator='WORKLOAD_IDENTITY'\nworkload_identity_provider='AWS'\nworkload_identity_impersonation_path=['a','b']", "", nil, "WORKLOAD_IDENTITY - - - 0", ""},
		"okta":                  {"authenticator='https://acme.okta.com'\npassword='pw'", "", nil, "OKTA pw - - 0", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := parse(t, c.text, c.environ...)
			var asked []string
			var ask profile.Ask
			if c.answer != "" {
				ask = answer(c.answer, &asked)
			}
			cfg, err := configOf(t.Context(), &p, ask)
			if err != nil {
				if c.fails == "" || !strings.Contains(err.Error(), c.fails) {
					t.Errorf("it fails with %v, want %q", err, c.fails)
				}
				return
			}
			shown := func(s string) string {
				if s == "" {
					return "-"
				}
				return s
			}
			got := fmt.Sprintf("%s %s %s %s %d", cfg.Authenticator, shown(cfg.Password), shown(cfg.Token), shown(cfg.Passcode), len(asked))
			if got != c.want {
				t.Errorf("the driver is told %q, want %q", got, c.want)
			}
			if len(cfg.Params) != 0 {
				t.Errorf("the account would be sent %v", cfg.Params)
			}
		})
	}
}

func TestConfigFields(t *testing.T) {
	t.Parallel()
	p := parse(t, `password = 'pw'
rolename = 'r'
warehouse = 'w'
dbname = 'd'
schemaname = 's'
host = 'h'
port = '8080'
protocol = 'http'
private_key_passphrase = 'never-sent'
colour = 'never-sent'
enable_connection_diag = true
tracing = 'debug'
session_parameters = { QUERY_TAG = 'never-sent' }
passcode_in_password = 'true'
oauth_scope = 'session:role:R'
workload_identity_entra_resource = 'e'
`)
	cfg, err := configOf(t.Context(), &p, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(cfg.Account, cfg.User, cfg.Role, cfg.Warehouse, cfg.Database, cfg.Schema, cfg.Host, cfg.Port, cfg.Protocol,
		cfg.PasscodeInPassword, cfg.OauthScope, cfg.WorkloadIdentityEntraResource)
	if want := fmt.Sprint("acme-dev", "me", "r", "w", "d", "s", "h", 8080, "http", true, "session:role:R", "e"); got != want {
		t.Errorf("the driver is told %s, want %s", got, want)
	}
	//nolint:staticcheck // Deprecated fields must stay empty, too.
	if cfg.ConnectionDiagnosticsEnabled || cfg.Tracing != "" || strings.Contains(fmt.Sprintf("%+v", cfg), "never-sent") {
		t.Errorf("the driver is told what it must not be: %+v", cfg)
	}
	if len(p.Problems) != 1 || !strings.Contains(p.Problems[0].Message.String(), "connections.toml:13: unknown key colour") {
		t.Errorf("the problems are %v", p.Problems)
	}
}

// keyForms returns a key in all supported formats.
func keyForms(t *testing.T, key *rsa.PrivateKey) map[string][]byte {
	t.Helper()
	block := func(kind string, der []byte, err error) []byte {
		if err != nil {
			t.Fatal(err)
		}
		return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
	}
	plain, err := x509.MarshalPKCS8PrivateKey(key)
	shut, errShut := pkcs8.MarshalPrivateKey(key, []byte("phrase"), nil)
	//nolint:staticcheck // Tests the deprecated format.
	old, errOld := x509.EncryptPEMBlock(rand.Reader, "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key), []byte("phrase"), x509.PEMCipherAES256)
	if errOld != nil {
		t.Fatal(errOld)
	}
	forms := map[string][]byte{
		"PKCS #8":            block("PRIVATE KEY", plain, err),
		"PKCS #1":            block("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key), nil),
		"PKCS #8, encrypted": block("ENCRYPTED PRIVATE KEY", shut, errShut),
		"PKCS #1, encrypted": pem.EncodeToMemory(old),
		"base64":             []byte(base64.StdEncoding.EncodeToString(plain)),
	}
	oneLine := func(name string) []byte {
		return []byte(strings.TrimSpace(strings.ReplaceAll(string(forms[name]), "\n", " ")))
	}
	forms["with a mark"] = append([]byte("\ufeff"), forms["PKCS #8"]...)
	forms["in one line"] = oneLine("PKCS #8")
	forms["in one line, encrypted"] = oneLine("PKCS #8, encrypted")
	forms["PKCS #1 in one line, encrypted"] = oneLine("PKCS #1, encrypted")
	forms["line ends as letters"] = []byte(strings.ReplaceAll(string(forms["PKCS #8"]), "\n", `\n`))
	return forms
}

func TestKeys(t *testing.T) {
	t.Parallel()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	account := snowflaketest.Serve(t, snowflaketest.WithUser(snowflaketest.User{
		Name: "ROBOT", Role: "DEV", Roles: []string{"DEV"}, Key: &key.PublicKey,
	}))
	host, port, _ := strings.Cut(account.Addr(), ":")
	for name, data := range keyForms(t, key) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "key.p8")
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			text := fmt.Sprintf("authenticator='SNOWFLAKE_JWT'\nhost='%s'\nport=%s\nprotocol='http'\nusername='ROBOT'\n", host, port)
			file := strings.Replace(text, "username", "private_key_path='"+path+"'\n# ", 1)
			encrypted := strings.HasSuffix(name, "encrypted")
			var asked []string
			p := parse(t, file)
			p.User = "ROBOT"
			c, err := Open(t.Context(), p, answer("phrase", &asked), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Close(); err != nil {
				t.Error(err)
			}
			if (len(asked) == 1) != encrypted {
				t.Errorf("it was asked for %v", asked)
			}
			raw := parse(t, "authenticator='SNOWFLAKE_JWT'\nprivate_key_path='"+path+"'",
				"SNOWFLAKE_CONNECTIONS_X_PRIVATE_KEY_RAW="+string(data), "PRIVATE_KEY_PASSPHRASE=phrase")
			if raw.PrivateKeyFile != "" {
				t.Error("the file's path is beside a key that wins over it")
			}
			if cfg, err := configOf(t.Context(), &raw, nil); err != nil || !cfg.PrivateKey.Equal(key) || cfg.Authenticator != sf.AuthTypeJwt {
				t.Errorf("the key of a variable is not read: %v", err)
			}
			if !encrypted {
				return
			}
			if _, err := Open(t.Context(), p, answer("s3cr3t-guess", &asked), Options{}); !errors.Is(err, profile.ErrKeyDecrypt) || strings.Contains(err.Error(), "guess") {
				t.Errorf("a wrong phrase gives %v", err)
			}
			if _, err := Open(t.Context(), p, nil, Options{}); err == nil || !strings.Contains(err.Error(), "SNOWFLAKE_CONNECTIONS_X_PRIVATE_KEY_PASSPHRASE") {
				t.Errorf("nobody to ask gives %v", err)
			}
		})
	}
}

func TestBadKeys(t *testing.T) {
	t.Parallel()
	for name, c := range map[string][2]string{
		"empty":       {"\n", "no PEM block"},
		"text":        {"s3cr3t text, no key", "no PEM block"},
		"certificate": {"-----BEGIN CERTIFICATE-----\nczNjcjN0\n-----END CERTIFICATE-----\n", "contains a CERTIFICATE"},
		"torn":        {"-----BEGIN PRIVATE KEY-----\nczNjcjN0\n-----END PRIVATE KEY-----\n", "no readable private key"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := profile.Profile{Name: "x", PrivateKey: snowflake.NewSecret(c[0])}
			if _, err := p.ResolvePrivateKey(t.Context(), nil); err == nil || !strings.Contains(err.Error(), c[1]) || strings.Contains(err.Error(), "s3cr3t") {
				t.Errorf("it fails with %v, want %q", err, c[1])
			}
		})
	}
}

func TestPasscodeIsAsked(t *testing.T) {
	t.Parallel()
	account := snowflaketest.Serve(t, snowflaketest.WithUser(snowflaketest.User{
		Name: "ME", Password: "pw", Passcode: "123456", Role: "DEV", Roles: []string{"DEV"},
	}))
	host, port, _ := strings.Cut(account.Addr(), ":")
	p := parse(t, fmt.Sprintf("password='pw'\nhost='%s'\nport=%s\nprotocol='http'\n", host, port))
	var asked []string
	c, err := Open(t.Context(), p, answer("123456", &asked), Options{})
	if err != nil {
		t.Fatal(err)
	}
	_ = c.Close()
	if len(asked) != 1 || !strings.HasPrefix(asked[0], "Passcode for me") {
		t.Errorf("it was asked for %v", asked)
	}
	var f *query.Failure
	if _, err := Open(t.Context(), p, nil, Options{}); !errors.As(err, &f) || f.Code != 390127 {
		t.Errorf("nobody to ask gives %v", err)
	}
}
