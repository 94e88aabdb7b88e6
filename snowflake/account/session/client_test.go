package session_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/youmark/pkcs8"

	"sleet/snowflake"
	"sleet/snowflake/account/profile"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/session"
	"sleet/snowflake/snowflaketest"
	"sleet/ui/message"
)

// profileAt returns a profile of the user SLEET, without a password.
func profileAt(address string) profile.Profile {
	host, port, _ := net.SplitHostPort(address)
	n, _ := strconv.Atoi(port)
	return profile.Profile{
		Name: "test", Account: "demo", User: "SLEET", Role: "DEV", Host: host, Port: n, Protocol: "http",
		Password: snowflake.NewSecret(snowflaketest.Password),
	}
}

func connected(t *testing.T, a *snowflaketest.Account) *session.Client {
	t.Helper()
	c, err := session.Open(t.Context(), profileAt(a.Addr()), nil, session.Options{Application: "sleet"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func TestOpenWithEachKey(t *testing.T) {
	t.Parallel()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	locked, err := pkcs8.MarshalPrivateKey(key, []byte("pass-phrase"), nil)
	if err != nil {
		t.Fatal(err)
	}
	a := snowflaketest.Serve(t, snowflaketest.WithUser(snowflaketest.User{Name: "ROBOT", Role: "DEV", Roles: []string{"DEV"}, Key: &key.PublicKey}))
	for name, c := range map[string]struct {
		block         *pem.Block
		phrase, asked string
		fails         string
	}{
		"PKCS #8":           {&pem.Block{Type: "PRIVATE KEY", Bytes: plain}, "", "", ""},
		"PKCS #1":           {&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}, "", "", ""},
		"encrypted":         {&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: locked}, "pass-phrase", "", ""},
		"encrypted, asked":  {&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: locked}, "", "pass-phrase", ""},
		"wrong pass-phrase": {&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: locked}, "another-one", "", "the passphrase is wrong"},
		"nobody to ask":     {&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: locked}, "", "", "SNOWFLAKE_CONNECTIONS_TEST_PRIVATE_KEY_PASSPHRASE"},
		"a public key":      {&pem.Block{Type: "PUBLIC KEY", Bytes: plain}, "", "", "not a private key"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "key.p8")
			if err := os.WriteFile(path, pem.EncodeToMemory(c.block), 0o600); err != nil {
				t.Fatal(err)
			}
			p := profileAt(a.Addr())
			p.User, p.Password, p.Authenticator, p.PrivateKeyFile = "robot", snowflake.Secret{}, "snowflake_jwt", path
			p.Passphrase = snowflake.NewSecret(c.phrase)
			var ask profile.Ask
			if c.asked != "" {
				ask = func(context.Context, message.Message) (snowflake.Secret, error) {
					return snowflake.NewSecret(c.asked), nil
				}
			}
			client, err := session.Open(t.Context(), p, ask, session.Options{})
			if err == nil {
				_ = client.Close()
			}
			if (err == nil) != (c.fails == "") || err != nil && !strings.Contains(err.Error(), c.fails) {
				t.Errorf("Open gives %v, want %q", err, c.fails)
			}
			if err != nil && (strings.Contains(err.Error(), "another-one") || strings.Contains(err.Error(), "BEGIN")) {
				t.Errorf("the error shows the pass-phrase or the key: %v", err)
			}
		})
	}
}

func TestWrongPasswordIsTriedOnce(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	p := profileAt(a.Addr())
	p.Password = snowflake.NewSecret("not-the-password")
	_, err := session.Open(t.Context(), p, nil, session.Options{})
	var f *query.Failure
	if !errors.As(err, &f) || f.Code != 390100 || !f.LogIn || f.Fix.IsZero() {
		t.Fatalf("Open gives %v", err)
	}
	if n := a.Requests(); n != 1 {
		t.Errorf("%d requests were sent, want one", n)
	}
	if strings.Contains(err.Error(), "not-the-password") {
		t.Errorf("the error shows the password: %v", err)
	}
}

func TestSessionLogsInAgain(t *testing.T) {
	t.Parallel()
	for _, masters := range []bool{false, true} {
		a := snowflaketest.Serve(t)
		s := connected(t, a)
		if _, err := s.Query(t.Context(), "SELECT 1"); err != nil {
			t.Fatal(err)
		}
		a.ExpireSessions(masters)
		rows, err := s.Query(t.Context(), "SELECT 1")
		if err != nil || rows.QueryID == "" {
			t.Errorf("with the master token expired %t: %+v, %v", masters, rows, err)
		}
		if n := len(a.Statements()); n != 2 {
			t.Errorf("with the master token expired %t: %d statements ran, want 2", masters, n)
		}
	}
}

func TestFailureNamesTheQueryAndHidesTheValue(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	c := connected(t, a)
	c.Hide(snowflake.NewSecret("s3cr3t-value"))
	a.Fault(&snowflaketest.Fault{Kind: snowflaketest.EchoError, Match: regexp.MustCompile("s3cr3t")})
	_, err := c.Query(t.Context(), "ALTER SECRET x SET SECRET_STRING = 's3cr3t-value'")
	var f *query.Failure
	if !errors.As(err, &f) || f.Code == 0 || f.QueryID == "" || f.Meaning.IsZero() {
		t.Fatalf("the failure is %+v", err)
	}
	if strings.Contains(err.Error(), "s3cr3t") {
		t.Errorf("the value came back: %v", err)
	}
}

func TestCancelAborts(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	s := connected(t, a)
	ctx, cancel := context.WithCancel(t.Context())
	a.Fault(&snowflaketest.Fault{Kind: snowflaketest.Slow, Before: func(string) { cancel() }})
	if _, err := s.Query(ctx, "SELECT 1"); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled statement gives %v", err)
	}
	for range 200 {
		if sent := a.Statements(); len(sent) == 1 && sent[0].Code == 604 {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("nothing was aborted: %+v", a.Statements())
}

// TestQuiet opens a connection in a separate process, on a machine whose files enable the driver's log, and checks
// everything that the process wrote.
func TestQuiet(t *testing.T) {
	t.Parallel()
	if address := os.Getenv("SLEET_TEST_ADDRESS"); address != "" {
		c, err := session.Open(t.Context(), profileAt(address), nil, session.Options{})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = c.Query(t.Context(), "SELECT no such thing")
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		return
	}
	a := snowflaketest.Serve(t)
	home, temp, work := t.TempDir(), t.TempDir(), t.TempDir()
	config := filepath.Join(home, "sf_client_config.json")
	text := `{"common":{"log_level":"DEBUG","log_path":"` + filepath.ToSlash(home) + `"}}`
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestQuiet$")
	cmd.Dir = work
	cmd.Env = append(os.Environ(), "SLEET_TEST_ADDRESS="+a.Addr(), "HOME="+home, "TMPDIR="+temp,
		"XDG_CACHE_HOME="+filepath.Join(home, "cache"), "SF_CLIENT_CONFIG_FILE="+config)
	out, err := cmd.CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "PASS" {
		t.Errorf("the process wrote %s (%v)", out, err)
	}
	for _, root := range []string{home, temp, work} {
		_ = filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if err == nil && path != root && path != config {
				t.Errorf("the process left %s", path)
			}
			return nil
		})
	}
}
