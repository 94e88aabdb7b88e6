package observe_test

import (
	"context"
	"errors"
	"net"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"sleet/scaffold/testtools"
	"sleet/snowflake/account/observe"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/session"
)

// fakesnowServer starts fakesnow, an independent server for Snowflake's own clients, and returns its address.
func fakesnowServer(t *testing.T) string {
	t.Helper()
	tool := testtools.Tool(t, "app/bin/fakesnow")
	address := free(t)
	_, port, _ := net.SplitHostPort(address)
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, tool, "-s", "-p", port)
	cmd.Dir = t.TempDir()
	var log strings.Builder
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = cmd.Wait()
		if t.Failed() {
			t.Log(log.String())
		}
	})
	for range 300 {
		if conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address); err == nil {
			_ = conn.Close()
			return address
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("fakesnow does not come up")
	return ""
}

// free returns an unused address of the loopback interface.
func free(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

//nolint:tparallel // The subtests share one account and run in order.
func TestAgainstFakesnow(t *testing.T) {
	t.Parallel()
	testtools.CountConformance(t)
	p := profileAt(fakesnowServer(t))
	p.Database, p.Schema = "APPS", "PUBLIC"
	c, err := session.Open(t.Context(), p, nil, session.Options{Application: "sleet"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	for _, sql := range []string{"CREATE DATABASE IF NOT EXISTS APPS", "CREATE SCHEMA IF NOT EXISTS APPS.PUBLIC", "CREATE STAGE APPS.PUBLIC.FILES"} {
		if _, err := c.Query(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	if who, _, err := observe.ReadIdentity(t.Context(), c); err != nil || who.Database != "APPS" {
		t.Errorf("the session is %+v, %v", who, err)
	}
	t.Run("lists", func(t *testing.T) { lists(t, c) })
	t.Run("uploads", func(t *testing.T) {
		for n, content := range map[string]string{"app.py": "print('hé')\n", "two words.txt": "a", "empty.txt": ""} {
			file := query.File{Name: n, Folder: "@APPS.PUBLIC.FILES/app", Content: strings.NewReader(content)}
			if _, err := query.Put(t.Context(), c, file); err != nil {
				t.Fatalf("%s: %v", n, err)
			}
			rows, err := c.Query(t.Context(), "LIST @APPS.PUBLIC.FILES")
			if err != nil {
				t.Fatal(err)
			}
			at := slices.IndexFunc(rows.Values, func(r []*string) bool { return strings.HasSuffix(*r[0], "/"+n) })
			if at < 0 || rows.Get(at, "size") != strconv.Itoa(len(content)) {
				t.Errorf("after the upload of %s there are %v", n, names(rows))
			}
		}
	})
	t.Run("refuses", func(t *testing.T) {
		_, err := c.Query(t.Context(), "DESCRIBE TABLE APPS.PUBLIC.NO_SUCH_TABLE")
		var f *query.Failure
		if !errors.As(err, &f) || f.Code != 2003 || f.State == "" || f.Fix.IsZero() {
			t.Errorf("a table that does not exist gives %+v", err)
		}
	})
}

// lists calls Inventory. A kind that fakesnow cannot list must have a note.
func lists(t *testing.T, c *session.Client) {
	t.Helper()
	listings := map[string]observe.Listing{}
	if err := observe.Inventory(t.Context(), &oneByOne{Querier: c}, func(l observe.Listing) { listings[l.Kind] = l }); err != nil {
		t.Fatal(err)
	}
	for kind, l := range listings {
		t.Logf("%s: %d %s", kind, len(l.Names), l.Note)
	}
	if l := listings["DATABASE"]; !slices.Contains(l.Names, "APPS") {
		t.Errorf("the databases are %q (%s)", l.Names, l.Note)
	}
	if l := listings["SCHEMA"]; !slices.Contains(l.Names, "APPS.PUBLIC") {
		t.Errorf("the schemas are %q (%s)", l.Names, l.Note)
	}
	if l := listings["STAGE"]; !slices.Contains(l.Names, "APPS.PUBLIC.FILES") {
		t.Errorf("the stages are %q (%s)", l.Names, l.Note)
	}
}

// oneByOne runs one statement at a time: unlike an account, the emulator cannot run two statements of one session at
// once.
type oneByOne struct {
	query.Querier
	mu sync.Mutex
}

func (o *oneByOne) Query(ctx context.Context, sql string) (query.Rows, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.Querier.Query(ctx, sql)
}

func names(rows query.Rows) []string {
	list := make([]string, 0, len(rows.Values))
	for i, r := range rows.Values {
		list = append(list, *r[0]+" "+rows.Get(i, "size"))
	}
	return list
}
