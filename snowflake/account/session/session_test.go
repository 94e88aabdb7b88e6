package session_test

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"sync"
	"testing"

	"sleet/snowflake"
	"sleet/snowflake/account/observe"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/session"
	"sleet/snowflake/snowflaketest"
)

// TestSessionMayHaveEnded ends the session during several statements. They must continue in a new session, as their
// roles, after one login.
func TestSessionMayHaveEnded(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	c := connected(t, a)
	admin := snowflake.StoredObject("ACCOUNTADMIN")
	ask := func() {
		var all sync.WaitGroup
		for i := range 12 {
			q, want := c.As(snowflake.Name{}), "DEV"
			if i%3 == 0 {
				q, want = c.As(admin), "ACCOUNTADMIN"
			}
			all.Go(func() {
				rows, err := q.Query(t.Context(), "SELECT CURRENT_ROLE()")
				if err != nil || len(rows.Values) != 1 || *rows.Values[0][0] != want {
					t.Errorf("a query as %s gives %+v, %v", want, rows, err)
				}
			})
		}
		all.Wait()
	}
	ask()
	if n := len(a.LogIns()); n != 1 {
		t.Errorf("%d log-ins for statements that run at once, want one", n)
	}
	for n, masters := range []bool{true, false} {
		a.ExpireSessions(masters)
		ask()
		if n := len(a.LogIns()); n != 2 {
			t.Errorf("%d log-ins, want one more where the master token has ended, and no other", n)
		}
		if n == 1 && a.RequestsTo("/session/token-request") != 1 {
			t.Errorf("%d requests for another token, want one", a.RequestsTo("/session/token-request"))
		}
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if n := a.RequestsTo("/session"); n != 1 {
		t.Errorf("%d requests end the session, want one", n)
	}
}

// TestRoleThatCannotBeTaken refuses a role: the statement must fail and the session stay unchanged.
func TestRoleThatCannotBeTaken(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	c := connected(t, a)
	if _, err := c.As(snowflake.StoredObject("NOBODYS")).Query(t.Context(), "SELECT 1"); err == nil {
		t.Error("a statement ran as a role that is not the person's")
	}
	who, _, err := observe.ReadIdentity(t.Context(), c)
	if err != nil || who.Role != "DEV" {
		t.Errorf("the client is %+v, %v, want the role DEV", who, err)
	}
}

// TestRoleChangeWithoutAnswer stops a statement while the account changes the role for it. The next statement must not
// run as that role.
func TestRoleChangeWithoutAnswer(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	c := connected(t, a)
	ctx, stop := context.WithCancel(t.Context())
	answer := make(chan struct{})
	a.Fault(&snowflaketest.Fault{Kind: snowflaketest.Call, Match: regexp.MustCompile("^USE ROLE"), After: func(string) {
		stop()
		<-answer
	}})
	if _, err := c.As(snowflake.StoredObject("ACCOUNTADMIN")).Query(ctx, "SELECT 1"); err == nil {
		t.Fatal("a statement that was stopped ran")
	}
	close(answer)
	rows, err := c.Query(t.Context(), "SELECT CURRENT_ROLE()")
	if err != nil || *rows.Values[0][0] != "DEV" {
		t.Errorf("the next statement runs as %v, %v, want DEV", rows, err)
	}
}

// TestLostAnswer loses the connection before or after a statement takes effect. The driver retries with the same
// request id, so the statement must run only once.
func TestLostAnswer(t *testing.T) {
	t.Parallel()
	for name, kind := range map[string]snowflaketest.FaultKind{
		"before": snowflaketest.DropBefore, "after": snowflaketest.DropAfter, "500": snowflaketest.HTTP500,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := snowflaketest.Serve(t)
			s := connected(t, a)
			a.Fault(&snowflaketest.Fault{Kind: kind, Match: regexp.MustCompile("CREATE SCHEMA")})
			if _, err := s.Query(t.Context(), "CREATE SCHEMA APPS.ONCE"); err != nil {
				t.Fatal(err)
			}
			if n := len(a.Statements()); n != 1 {
				t.Errorf("the statement ran %d times", n)
			}
		})
	}
}

// TestHostIsNamed checks that the error names the host if nothing listens there.
func TestHostIsNamed(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	p := profileAt(a.Addr())
	a.Close()
	_, err := session.Open(t.Context(), p, nil, session.Options{Secrets: []snowflake.Secret{snowflake.NewSecret("hidden-away")}})
	var f *query.Failure
	if !errors.As(err, &f) || !f.Network || !strings.Contains(f.Error(), a.Addr()) {
		t.Errorf("Open gives %v, want the host %s named", err, a.Addr())
	}
}

// TestPutAfterExpiry ends the session when a PUT arrives. The retry must send the whole file.
func TestPutAfterExpiry(t *testing.T) {
	t.Parallel()
	for name, kind := range map[string]snowflaketest.FaultKind{
		"session": snowflaketest.ExpireSession, "log-in": snowflaketest.ExpireLogin, "line": snowflaketest.DropAfter,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := snowflaketest.Serve(t)
			if err := a.Exec("DEV", "CREATE STAGE APPS.PUBLIC.FILES"); err != nil {
				t.Fatal(err)
			}
			s := connected(t, a)
			a.Fault(&snowflaketest.Fault{Kind: kind, Match: regexp.MustCompile("^PUT")})
			file := query.File{Name: "app.py", Folder: "@APPS.PUBLIC.FILES/app", Content: strings.NewReader("print(1)\n")}
			if _, err := query.Put(t.Context(), s, file); err != nil {
				t.Fatal(err)
			}
			files, err := a.ReadFiles("DEV", "@APPS.PUBLIC.FILES/app")
			if err != nil || len(files) != 1 || files["app.py"] != "print(1)\n" {
				t.Errorf("the stage holds %q, %v", files, err)
			}
		})
	}
}

// TestTransferChangesTheRole uploads and reads a file while the session has another role: USE ROLE, which runs first, is
// no transfer.
func TestTransferChangesTheRole(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	c := connected(t, a)
	if err := a.Exec("DEV", "CREATE STAGE APPS.PUBLIC.FILES"); err != nil {
		t.Fatal(err)
	}
	asAdmin := func() {
		if _, err := c.As(snowflake.StoredObject("ACCOUNTADMIN")).Query(t.Context(), "SELECT 1"); err != nil {
			t.Fatal(err)
		}
	}
	asAdmin()
	if _, err := query.Put(t.Context(), c, query.File{Name: "a.txt", Folder: "@APPS.PUBLIC.FILES", Content: strings.NewReader("text")}); err != nil {
		t.Fatal(err)
	}
	asAdmin()
	if text, err := query.Get(t.Context(), c, "@APPS.PUBLIC.FILES/a.txt"); err != nil || string(text) != "text" {
		t.Errorf("the file contains %q, %v", text, err)
	}
}
