package snowflaketest

import "os"

// realAccounts is the environment variable that makes Serve start accounts with WithReal.
const realAccounts = "SLEET_TEST_REAL"

// T is the part of *testing.T and *testing.B that Serve needs.
type T interface {
	Helper()
	Cleanup(func())
	Fatal(args ...any)
}

// Serve is New for a test: it closes the account when the test ends. If SLEET_TEST_REAL is 1, the account answers like
// current accounts, so that the same tests run both ways.
func Serve(t T, opts ...Option) *Account {
	t.Helper()
	if Real() {
		opts = append([]Option{WithReal()}, opts...)
	}
	a, err := New(opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	return a
}

// Real reports whether Serve starts accounts with WithReal.
func Real() bool { return os.Getenv(realAccounts) == "1" }
