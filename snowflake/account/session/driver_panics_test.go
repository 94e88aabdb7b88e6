package session

import (
	"context"
	"errors"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"sleet/snowflake/account/profile"
	"sleet/snowflake/account/query"

	_ "unsafe" // For go:linkname.

	"sleet/snowflake"
	"sleet/snowflake/snowflaketest"
)

// openedOn logs in to an account.
func openedOn(t *testing.T, a *snowflaketest.Account, o Options) *Client {
	t.Helper()
	p := profile.Profile{
		Name: "test", Account: "demo", User: "SLEET", Role: "DEV", Host: "http://" + a.Addr(),
		Password: snowflake.NewSecret(snowflaketest.Password),
	}
	c, err := Open(t.Context(), p, nil, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// brokenReader panics in a goroutine of the driver, like an answer that the driver does not expect.
type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { panic("broken") }

// TestTransferPanics checks that a panic during a file transfer becomes the error of the call, and that the session
// still works.
func TestTransferPanics(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	if err := a.Exec("DEV", "CREATE STAGE APPS.PUBLIC.FILES"); err != nil {
		t.Fatal(err)
	}
	c := openedOn(t, a, Options{})
	file := query.File{Name: "app.py", Folder: "@APPS.PUBLIC.FILES/app", Content: brokenReader{}}
	var f *query.Failure
	if _, err := query.Put(t.Context(), c, file); !errors.As(err, &f) || !strings.Contains(err.Error(), "could not read the answer") {
		t.Errorf("a file that panics: %v", err)
	}
	file.Content = strings.NewReader("print(1)\n")
	if _, err := query.Put(t.Context(), c, file); err != nil {
		t.Fatalf("the next file: %v", err)
	}
	if data, err := query.Get(t.Context(), c, "@APPS.PUBLIC.FILES/app/app.py"); err != nil || string(data) != "print(1)\n" {
		t.Errorf("the file is read as %q, %v", data, err)
	}
	for _, sent := range a.Statements() {
		if strings.Contains(sent.SQL, transferMark) {
			t.Errorf("the account sees the mark: %q", sent.SQL)
		}
	}
}

// TestTransferIsNotRepeated checks that sleet refuses the statement that the driver sends from its own goroutine when
// the storage's credentials expire.
func TestTransferIsNotRepeated(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"sqlText":"/*\n*/PUT 'file:///a' @s","sequenceId":1}`: `{"sequenceId":1,"sqlText":"PUT 'file:///a' @s"}`,
		`{"sqlText":"PUT 'file:///a' @s","sequenceId":0}`:       `{"sequenceId":0,"sqlText":"PUT 'file:///a' @s"}`,
		`{"sqlText":"PUT 'file:///a' @s","sequenceId":2}`:       "",
		`{"sequenceId":2}`: "",
		`[`:                "",
	} {
		r, err := http.NewRequestWithContext(withTransfer(t.Context(), upload), http.MethodPost, "http://h/queries/v1/query-request", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		out, err := unmarked(r)
		if (err != nil) != (want == "") {
			t.Errorf("%s: %v", body, err)
		}
		if err != nil {
			continue
		}
		got := make([]byte, out.ContentLength)
		if _, err := out.Body.Read(got); err != nil || string(got) != want || out.Header.Get("Accept") != "application/json" {
			t.Errorf("%s becomes %s, %v", body, got, err)
		}
	}
}

// TestTransferIsSentAgain checks that expired credentials of the storage result in a Failure after which a plan sends
// the file again.
func TestTransferIsSentAgain(t *testing.T) {
	t.Parallel()
	carrier := to(t, "http://127.0.0.1:1", usualBounds)
	_, err := ask(withTransfer(t.Context(), upload), "h", query.Awaited("PUT"), func(ctx context.Context) (struct{}, error) {
		body := strings.NewReader(`{"sqlText":"PUT 'file:///a' @s","sequenceId":2}`)
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://127.0.0.1:1/queries/v1/query-request", body)
		if err != nil {
			return struct{}{}, err
		}
		resp, err := carrier.RoundTrip(r)
		if err == nil {
			_ = resp.Body.Close()
		}
		return struct{}{}, err
	})
	var f *query.Failure
	if !errors.As(err, &f) || f.Final || !f.Network {
		t.Errorf("the call: %+v", err)
	}
}

// TestWithoutGoroutines checks that everything is removed from answers that the driver would do in goroutines that do
// not recover.
func TestWithoutGoroutines(t *testing.T) {
	t.Parallel()
	r, err := http.NewRequestWithContext(withTransfer(t.Context(), download), http.MethodPost, "http://h/queries/v1/query-request", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	for data, want := range map[string]string{
		`{"data":{"parallel":16,"src_locations":["a"]},"success":true}`: `{"data":{"parallel":1,"src_locations":["a"]},"success":true}`,
		`{"data":{"rowset":[]}}`: `{"data":{"rowset":[]}}`,
		`<html>`:                 `<html>`,
	} {
		if got := string(withoutGoroutines(r, []byte(data))); got != want {
			t.Errorf("%s becomes %s", data, got)
		}
	}
	if r, err = http.NewRequestWithContext(t.Context(), http.MethodPost, "http://h"+loginPath, http.NoBody); err != nil {
		t.Fatal(err)
	}
	if got := string(withoutGoroutines(r, []byte(`{"data":{"parameters":[{"name":"CLIENT_SESSION_KEEP_ALIVE","value":true}]}}`))); strings.Contains(got, keepAlive) {
		t.Errorf("the log-in's answer starts the driver's heartbeat: %s", got)
	}
}

// TestHeartbeat checks that a goroutine of ours keeps the session alive, even after the session's token expired, and
// that the driver runs neither its heartbeat nor its cleanup of revocation lists.
func TestHeartbeat(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	c := openedOn(t, a, Options{beat: 10 * time.Millisecond})
	beats := func(n int) {
		t.Helper()
		for limit := time.Now().Add(10 * time.Second); a.RequestsTo("/session/heartbeat") < n; time.Sleep(time.Millisecond) {
			if time.Now().After(limit) {
				t.Fatalf("%d heartbeats, want %d", a.RequestsTo("/session/heartbeat"), n)
			}
		}
	}
	beats(2)
	a.ExpireSessions(false)
	beats(a.RequestsTo("/session/heartbeat") + 3)
	if n := a.RequestsTo("/session/token-request"); n != 1 {
		t.Errorf("%d requests for another token, want one", n)
	}
	if _, err := c.Query(t.Context(), "SELECT 1"); err != nil {
		t.Error(err)
	}
	stacks := make([]byte, 4<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	for _, name := range []string{"(*heartbeat).run", "(*crlCacheCleanerType)"} {
		if strings.Contains(string(stacks), "gosnowflake/v2."+name) {
			t.Errorf("the driver has a goroutine of its own: %s", name)
		}
	}
}

//go:linkname isFileTransfer github.com/snowflakedb/gosnowflake/v2.isFileTransfer
func isFileTransfer(statement string) bool

// TestMarkHidesTransfer checks that the driver does not recognize a marked statement as a file transfer.
func TestMarkHidesTransfer(t *testing.T) {
	t.Parallel()
	for _, statement := range []string{"PUT 'file:///a' @s", "GET '@s/a' 'file:///tmp/'"} {
		if isFileTransfer(transferMark+statement) || !isFileTransfer(statement) {
			t.Errorf("the driver takes %q for a transfer: %v, with the mark %v", statement, isFileTransfer(statement), isFileTransfer(transferMark+statement))
		}
	}
}
