package snowflaketest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	sf "github.com/snowflakedb/gosnowflake/v2"

	"sleet/snowflake/snowflaketest"
)

// code returns the number of an account's error, or 0 for nil.
func code(t *testing.T, err error) int {
	t.Helper()
	var refused *sf.SnowflakeError
	if errors.As(err, &refused) {
		return refused.Number
	}
	if err != nil {
		t.Fatalf("not an error of an account: %v", err)
	}
	return 0
}

func TestLockOut(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	wrong := config(a)
	wrong.Password = "guess"
	for i := range 5 {
		if got := code(t, connect(t, wrong).PingContext(t.Context())); got != 390100 {
			t.Fatalf("guess %d: code %d, want 390100", i+1, got)
		}
	}
	if n := a.RequestsTo("/session/v1/login-request"); n != 5 {
		t.Errorf("5 guesses sent %d requests: a driver that repeats a failed login locks its user out", n)
	}
	if got := code(t, connect(t, config(a)).PingContext(t.Context())); got != 390102 {
		t.Errorf("the right password after 5 wrong ones: code %d, want 390102", got)
	}
	if l := a.LogIns(); len(l) != 6 || l[0].Code != "390100" || l[5].Code != "390102" {
		t.Errorf("LogIns() = %+v", l)
	}
}

func TestTokenBoundToARole(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t, snowflaketest.WithUser(snowflaketest.User{
		Name: "BOUND", Role: "ACCOUNTADMIN", Roles: []string{"DEV", "ACCOUNTADMIN"}, Token: "pat-of-bound", TokenRole: "DEV",
	}))
	for name, c := range map[string]struct {
		change func(*sf.Config)
		want   int
	}{
		"as a token":           {func(c *sf.Config) { c.Authenticator, c.Token, c.Password = sf.AuthTypePat, "pat-of-bound", "" }, 0},
		"as a password":        {func(c *sf.Config) { c.Password = "pat-of-bound" }, 0},
		"with its role":        {func(c *sf.Config) { c.Password, c.Role = "pat-of-bound", "dev" }, 0},
		"with another role":    {func(c *sf.Config) { c.Password, c.Role = "pat-of-bound", "ACCOUNTADMIN" }, 390189},
		"with somebody's name": {func(c *sf.Config) { c.Authenticator, c.Token, c.User = sf.AuthTypePat, "pat-of-bound", "sleet" }, 394400},
		"as an OAuth token":    {func(c *sf.Config) { c.Authenticator, c.Token = sf.AuthTypeOAuth, "pat-of-bound" }, 390303},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := config(a)
			cfg.User = "bound"
			c.change(&cfg)
			db := connect(t, cfg)
			if got := code(t, db.PingContext(t.Context())); got != c.want {
				t.Fatalf("login: code %d, want %d", got, c.want)
			}
			if c.want != 0 {
				return
			}
			if _, err := db.ExecContext(t.Context(), "USE ROLE ACCOUNTADMIN"); code(t, err) != 3107 {
				t.Errorf("USE ROLE of another role: %v, want 003107", err)
			}
		})
	}
}

func TestBrowser(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	post := func(path, body string) string {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, a.URL()+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	between := func(text, from, to string) string {
		_, rest, _ := strings.Cut(text, from)
		found, _, _ := strings.Cut(rest, to)
		return found
	}
	sso := post("/session/authenticator-request", `{"data":{"LOGIN_NAME":"sleet","AUTHENTICATOR":"EXTERNALBROWSER","BROWSER_MODE_REDIRECT_PORT":"5"}}`)
	proof := between(sso, `"proofKey":"`, `"`)
	address := strings.ReplaceAll(between(sso, `"ssoUrl":"`, `"`), `\u0026`, "&")
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	back, err := url.Parse(answer.Header.Get("Location"))
	if err != nil || back.Host != "localhost:5" {
		t.Fatalf("the browser was redirected to %q", answer.Header.Get("Location"))
	}
	login := `{"data":{"LOGIN_NAME":"sleet","AUTHENTICATOR":"EXTERNALBROWSER","TOKEN":"` + back.Query().Get("token") + `","PROOF_KEY":"` + proof + `"}}`
	if text := post("/session/v1/login-request", login); !strings.Contains(text, `"success":true`) {
		t.Errorf("login: %s", text)
	}
	if text := post("/session/v1/login-request", login); !strings.Contains(text, "390191") {
		t.Errorf("the browser's token was accepted twice: %s", text)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	create := regexp.MustCompile(`^CREATE`)
	for name, c := range map[string]struct {
		fault snowflaketest.Fault
		want  int
		made  bool
	}{
		"500":                {snowflaketest.Fault{Kind: snowflaketest.HTTP500, Match: create}, 0, true},
		"503 three times":    {snowflaketest.Fault{Kind: snowflaketest.HTTP503, Match: create, Times: 2}, 0, true},
		"line cut before":    {snowflaketest.Fault{Kind: snowflaketest.DropBefore, Match: create}, 0, true},
		"line cut after":     {snowflaketest.Fault{Kind: snowflaketest.DropAfter, Match: create}, 0, true},
		"session expired":    {snowflaketest.Fault{Kind: snowflaketest.ExpireSession, Match: create}, 0, true},
		"refused":            {snowflaketest.Fault{Kind: snowflaketest.Refuse, Match: create, Code: 3001, State: "42501", Text: "Insufficient privileges"}, 3001, false},
		"path cut after":     {snowflaketest.Fault{Kind: snowflaketest.DropAfter, Path: "/queries/v1/query-request"}, 0, true},
		"path answers 503":   {snowflaketest.Fault{Kind: snowflaketest.HTTP503, Path: "/queries/v1/query-request"}, 0, true},
		"address not let in": {snowflaketest.Fault{Kind: snowflaketest.Refuse, Path: "/session/v1/login-request", Code: 390422}, 390422, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := snowflaketest.Serve(t)
			fault := c.fault
			a.Fault(&fault)
			_, err := connect(t, config(a)).ExecContext(t.Context(), "CREATE SCHEMA MADE")
			if got := code(t, err); got != c.want {
				t.Errorf("statement: %v, want %d", err, c.want)
			}
			if made := strings.Contains(a.Snapshot(), "MADE"); made != c.made {
				t.Errorf("object created: %v, want %v:\n%s", made, c.made, a.Snapshot())
			}
			if n := len(a.Statements()); n > 1 {
				t.Errorf("the statement ran %d times", n)
			}
		})
	}
}

func TestExpiredLogin(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	db := connect(t, config(a))
	if err := one(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	a.ExpireSessions(true)
	if got := code(t, one(t.Context(), db)); got != 390112 && got != 390114 {
		t.Errorf("expired login: code %d, want 390112 or 390114", got)
	}
}

func TestRevokeBeforeStatement(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	db := connect(t, config(a))
	var after []string
	a.Fault(&snowflaketest.Fault{
		Kind: snowflaketest.Call, Match: regexp.MustCompile(`^CREATE SCHEMA FIRST`),
		Before: func(string) {
			if err := a.Exec("ACCOUNTADMIN", "GRANT OWNERSHIP ON DATABASE APPS TO ROLE SYSADMIN REVOKE CURRENT GRANTS"); err != nil {
				t.Error(err)
			}
		},
		After: func(sql string) { after = append(after, sql) },
	})
	_, err := db.ExecContext(t.Context(), "CREATE SCHEMA FIRST")
	if got := code(t, err); got != 3001 && got != 2003 && got != 2043 {
		t.Errorf("statement without its privilege: %v", err)
	}
	if len(after) != 1 {
		t.Errorf("After was called for %q, want once", after)
	}
}

func TestPutAndGet(t *testing.T) {
	t.Parallel()
	for _, encryption := range []string{"SNOWFLAKE_SSE", "SNOWFLAKE_FULL"} {
		t.Run(encryption, func(t *testing.T) {
			t.Parallel()
			a := snowflaketest.Serve(t)
			db := connect(t, config(a))
			ctx, dir := t.Context(), t.TempDir()
			run := func(ctx context.Context, statement string) {
				t.Helper()
				if _, err := db.ExecContext(ctx, statement); err != nil {
					t.Fatalf("%s: %v", statement, err)
				}
			}
			run(ctx, "CREATE STAGE FILES ENCRYPTION = (TYPE = '"+encryption+"')")
			content := bytes.Repeat([]byte("héllo\n"), 1000)
			local := filepath.Join(dir, "real file.py")
			if err := os.WriteFile(local, content, 0o600); err != nil {
				t.Fatal(err)
			}
			a.Fault(&snowflaketest.Fault{Kind: snowflaketest.HTTP503, Path: "/files"})
			run(ctx, "PUT 'file://"+local+"' @FILES/app/ AUTO_COMPRESS=FALSE OVERWRITE=TRUE")
			run(sf.WithFilePutStream(ctx, bytes.NewReader(content)), "PUT 'file:///nowhere/stream.py' @FILES/app/.streamlit/ AUTO_COMPRESS=FALSE OVERWRITE=TRUE")
			run(sf.WithFilePutStream(ctx, bytes.NewReader(nil)), "PUT 'file:///nowhere/__init__.py' @FILES/app/ AUTO_COMPRESS=FALSE OVERWRITE=TRUE")
			want := map[string]int{"files/app/real file.py": len(content), "files/app/.streamlit/stream.py": len(content), "files/app/__init__.py": 0}
			rows, err := db.QueryContext(ctx, "LIST @FILES/app/")
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = rows.Close() }()
			for rows.Next() {
				var name, sum, modified string
				var size int
				if err := rows.Scan(&name, &size, &sum, &modified); err != nil {
					t.Fatal(err)
				}
				n, ok := want[name]
				if snowflaketest.Real() && n > 0 { // encryption pads
					n += 16 - n%16
				}
				if !ok || n != size {
					t.Errorf("LIST shows %s with %d bytes", name, size)
				}
				delete(want, name)
			}
			if err := rows.Err(); err != nil || len(want) > 0 {
				t.Errorf("LIST lacks %v (%v)", want, err)
			}
			run(ctx, "GET '@FILES/app/.streamlit/stream.py' 'file://"+dir+"'")
			if got, err := os.ReadFile(filepath.Join(dir, "stream.py")); err != nil || !bytes.Equal(got, content) {
				t.Errorf("GET returned %d bytes (%v), want %d", len(got), err, len(content))
			}
		})
	}
}
