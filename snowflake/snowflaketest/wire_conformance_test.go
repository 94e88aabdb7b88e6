package snowflaketest_test

import (
	"net"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"sleet/scaffold/testtools"
	"sleet/snowflake/snowflaketest"
)

const loginScript = `
import sys
import snowflake.connector as sc
host, port = sys.argv[1:3]
to = dict(account="demo", host=host, port=port, protocol="http", role="DEV", user="ROBOT")
for way in (dict(authenticator="PROGRAMMATIC_ACCESS_TOKEN", token="pat-of-robot"), dict(authenticator="oauth", token="oauth-of-robot"),
            dict(password="pw", passcode="123456"), dict(password="pw123456")):
    with sc.connect(**to, **way) as con:
        cur = con.cursor()
        assert cur.execute("SELECT 1").fetchall() == [(1,)]
        cur.execute("CREATE SCHEMA IF NOT EXISTS APPS.MADE")
for way, code in ((dict(password="guess"), 390100), (dict(authenticator="PROGRAMMATIC_ACCESS_TOKEN", token="x"), 394400)):
    try:
        sc.connect(**to, **way)
    except sc.errors.Error as e:
        assert str(code) in str(e), e
    else:
        raise AssertionError(code)
print("all well")
`

// TestConnectorLogsIn lets the Python connector log in with each method, with an expiring session and a dropped
// connection.
func TestConnectorLogsIn(t *testing.T) {
	t.Parallel()
	python := testtools.Tool(t, "app/bin/python")
	testtools.CountConformance(t)
	a := snowflaketest.Serve(t, snowflaketest.WithUser(snowflaketest.User{
		Name: "ROBOT", Role: "DEV", Roles: []string{"DEV"}, Token: "pat-of-robot", OAuth: "oauth-of-robot", Password: "pw", Passcode: "123456",
	}))
	a.Fault(&snowflaketest.Fault{Kind: snowflaketest.ExpireSession, Match: regexp.MustCompile("SELECT 1")})
	a.Fault(&snowflaketest.Fault{Kind: snowflaketest.DropAfter, Match: regexp.MustCompile("CREATE SCHEMA")})
	host, port, err := net.SplitHostPort(a.Addr())
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), python, "-c", loginScript, host, port)
	home := t.TempDir()
	cmd.Env = []string{"HOME=" + home, "SNOWFLAKE_HOME=" + home, "PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8"}
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "all well") {
		t.Errorf("the connector failed (%v):\n%s", err, out)
	}
	made := 0
	for _, s := range a.Statements() {
		if strings.HasPrefix(s.SQL, "CREATE SCHEMA") {
			made++
		}
	}
	if made != 4 {
		t.Errorf("CREATE SCHEMA ran %d times in 4 sessions, one of which lost its connection, want 4", made)
	}
}
