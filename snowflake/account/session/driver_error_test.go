package session

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"testing"

	sf "github.com/snowflakedb/gosnowflake/v2"

	"sleet/snowflake"
)

func TestFailureOf(t *testing.T) {
	t.Parallel()
	const host = "acme.snowflakecomputing.com"
	lost := &url.Error{Op: "Post", URL: "https://x/?token=abc", Err: &net.DNSError{Err: "no such host", Name: host}}
	for name, c := range map[string]struct {
		err                              error
		code                             int
		logIn, network, uncertain, ended bool
		says, lacks                      string
		canceled                         bool
	}{
		"unknown code": {
			err:  &sf.SnowflakeError{Number: 391999, SQLState: "22023", Message: "Something new."},
			code: 391999, says: "Snowflake says: Something new. (error 391999, SQL state 22023)", logIn: true,
		},
		"arguments of the text": {
			err:  &sf.SnowflakeError{Number: 1003, Message: "near %v", MessageArgs: []any{"'my-app'"}},
			code: 1003, says: "near 'my-app'",
		},
		"a percent sign of the server": {
			err:  &sf.SnowflakeError{Number: 1003, Message: "near '100%d'"},
			code: 1003, says: "near '100%d'",
		},
		"key pair, by its sub-code": {
			err:  &sf.SnowflakeError{Number: 390144, SQLState: rejected, Message: "JWT token is invalid. [394304: 0a1b]"},
			code: 390144, logIn: true, says: "RSA_PUBLIC_KEY_FP",
		},
		"key pair, clock": {
			err:  &sf.SnowflakeError{Number: 390144, SQLState: rejected, Message: "JWT token is invalid. [394302 0a1b]"},
			code: 390144, logIn: true, says: "clock",
		},
		"session expired": {err: &sf.SnowflakeError{Number: 390112, Message: "expired"}, code: 390112, ended: true},
		"session unknown": {err: &sf.SnowflakeError{Number: 390104, Message: "Invalid session token."}, code: 390104, ended: true},
		"log-in not set up": {
			err:  &sf.SnowflakeError{Number: 390104, SQLState: rejected, Message: "not set up"},
			code: 390104, logIn: true,
		},
		"connection closed": {err: driver.ErrBadConn, ended: true, says: host},
		"no such host":      {err: lost, network: true, uncertain: true, says: host, lacks: "token=abc"},
		"driver gave up": {
			err:     errors.New("timeout after 1m0s and 8 attempts. HTTP Status: 500. Hanging?"),
			network: true, uncertain: true, says: "HTTP Status: 500",
		},
		"cancelled":  {err: &url.Error{Op: "Post", URL: "u", Err: context.Canceled}, uncertain: true, canceled: true, lacks: "reached"},
		"timed out":  {err: context.DeadlineExceeded, uncertain: true, network: true, says: host},
		"echo of it": {err: &sf.SnowflakeError{Number: 1003, Message: "near 'open-sesame'"}, code: 1003, says: "near '******'", lacks: "sesame"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var s scrubber
			s.Hide(snowflake.NewSecret("open-sesame"))
			f := failureOf(fmt.Errorf("query: %w", c.err), "", host, &s)
			if f.Code != c.code || f.LogIn != c.logIn || f.Network != c.network || f.Uncertain != c.uncertain || f.Ended != c.ended {
				t.Errorf("%+v", f)
			}
			if text := f.Error(); !strings.Contains(text, c.says) || c.lacks != "" && strings.Contains(text, c.lacks) {
				t.Errorf("the text is %q, want %q in it and %q not", text, c.says, c.lacks)
			}
			if errors.Is(f, context.Canceled) != c.canceled {
				t.Errorf("errors.Is says cancelled: %t", !c.canceled)
			}
			var refused *sf.SnowflakeError
			if errors.As(f, &refused) {
				t.Error("the driver's own error, which is not scrubbed, can be reached")
			}
		})
	}
}
