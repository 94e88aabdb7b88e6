package snowflaketest

// T is what Serve needs of a test: *testing.T and *testing.B are one.
type T interface {
	Helper()
	Cleanup(func())
	Fatal(args ...any)
}

// Serve is New for a test: the account ends with it.
func Serve(t T, opts ...Option) *Account {
	t.Helper()
	a, err := New(opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	return a
}
