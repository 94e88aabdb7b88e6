package account_test

import (
	"errors"
	"regexp"
	"strings"
	"sync"
	"testing"

	"sleet/snowflake"
	"sleet/snowflake/account"
	"sleet/snowflake/snowflaketest"
)

// TestEveryConnectionMayHaveExpired lets the whole pool expire: a query makes a log-in, whichever
// connection it meets.
func TestEveryConnectionMayHaveExpired(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	c := connected(t, a)
	ask := func() {
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if _, err := c.Query(t.Context(), "SELECT 1"); err != nil {
					t.Errorf("a query gives %v", err)
				}
			})
		}
		all.Wait()
	}
	ask()
	for _, masters := range []bool{true, false} {
		a.ExpireSessions(masters)
		ask()
		if _, err := c.Session(t.Context(), "USE DATABASE APPS"); err != nil {
			t.Errorf("a session on an expired pool gives %v", err)
		}
	}
}

func TestSessionComesBackToItsPlace(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	s, err := connected(t, a).Session(t.Context(), "USE DATABASE APPS")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.UseRole(t.Context(), "ACCOUNTADMIN"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Query(t.Context(), "USE SCHEMA APPS.PUBLIC"); err != nil {
		t.Fatal(err)
	}
	before := len(a.Statements())
	a.ExpireSessions(true)
	if _, err := s.Query(t.Context(), "SELECT 1"); err != nil {
		t.Fatal(err)
	}
	var sent []string
	for _, st := range a.Statements()[before:] {
		sent = append(sent, st.SQL)
	}
	want := "USE DATABASE APPS; USE ROLE ACCOUNTADMIN; USE SCHEMA APPS.PUBLIC; SELECT 1"
	if got := strings.Join(sent, "; "); got != want {
		t.Errorf("the new session ran\n%s\nwant\n%s", got, want)
	}
	if last := a.Statements()[len(a.Statements())-1]; last.Role != "ACCOUNTADMIN" {
		t.Errorf("the statement ran as %s", last.Role)
	}
}

// TestNoSessionLeavesItsRole gives back a session that works as another role: what reads through
// the pool afterwards does so as the profile's.
func TestNoSessionLeavesItsRole(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	c := connected(t, a)
	for range 3 {
		s, err := c.Session(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.UseRole(t.Context(), "ACCOUNTADMIN"); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		who, _, err := account.Who(t.Context(), c)
		if err != nil || who.Role != "DEV" {
			t.Fatalf("the client is %+v, %v, want the role DEV", who, err)
		}
	}
}

// TestCutLine looks at the two sides of a lost answer: the driver sends again with the same
// request id, so what took effect is not done twice.
func TestCutLine(t *testing.T) {
	t.Parallel()
	for name, kind := range map[string]snowflaketest.FaultKind{
		"before": snowflaketest.DropBefore, "after": snowflaketest.DropAfter, "500": snowflaketest.HTTP500,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := snowflaketest.Serve(t)
			s, err := connected(t, a).Session(t.Context())
			if err != nil {
				t.Fatal(err)
			}
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

// TestHostIsNamed has nobody listen where the profile points.
func TestHostIsNamed(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	p := profile(a.Addr())
	a.Close()
	_, err := account.Open(t.Context(), p, nil, account.Options{Secrets: []snowflake.Secret{snowflake.NewSecret("hidden-away")}})
	var f *account.Failure
	if !errors.As(err, &f) || !f.Network || !strings.Contains(f.Error(), a.Addr()) {
		t.Errorf("Open gives %v, want the host %s named", err, a.Addr())
	}
}

// TestPutAfterExpiry has the session end as a PUT arrives: the file goes whole with the next.
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
			s, err := connected(t, a).Session(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			a.Fault(&snowflaketest.Fault{Kind: kind, Match: regexp.MustCompile("^PUT")})
			file := account.File{Name: "app.py", Folder: "@APPS.PUBLIC.FILES/app", Content: strings.NewReader("print(1)\n")}
			if _, err := s.Put(t.Context(), file); err != nil {
				t.Fatal(err)
			}
			files, err := a.ReadFiles("DEV", "@APPS.PUBLIC.FILES/app")
			if err != nil || len(files) != 1 || files["app.py"] != "print(1)\n" {
				t.Errorf("the stage holds %q, %v", files, err)
			}
		})
	}
}
