package observe_test

import (
	"os"
	"testing"

	"sleet/scaffold/testtools"
	"sleet/snowflake"
	"sleet/snowflake/account/profile"
	"sleet/snowflake/account/session"
	"sleet/snowflake/snowflaketest"
)

// TestMain checks that a closed session leaves nothing behind.
func TestMain(m *testing.M) { os.Exit(testtools.NoLeaks{M: m}.Run()) }

// profileAt returns a profile of the user SLEET for an address.
func profileAt(address string) profile.Profile {
	return profile.Profile{
		Name: "test", Account: "demo", User: "SLEET", Role: "DEV", Host: "http://" + address, Password: snowflake.NewSecret(snowflaketest.Password),
	}
}

// connected opens a session.
func connected(t *testing.T, a *snowflaketest.Account) *session.Client {
	t.Helper()
	c, err := session.Open(t.Context(), profileAt(a.Addr()), nil, session.Options{Application: "sleet"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}
