package command_test

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sleet/scaffold/testtools"
	"sleet/snowflake/snowflaketest"
	"sleet/steps/command"
	"sleet/steps/command/machine"
)

// These tests connect Snowflake's own clients to the account that the other tests use, to show that it speaks their
// protocol.

// serveAccount returns an account that is closed at the end of the test, and a folder for SNOWFLAKE_HOME with a
// connection to it.
func serveAccount(t *testing.T) (a *snowflaketest.Account, home string) {
	t.Helper()
	a = snowflaketest.Serve(t)
	home = t.TempDir()
	text := strings.Replace(a.Profile(), "[demo]", "[default]", 1)
	if err := os.WriteFile(filepath.Join(home, "connections.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return a, home
}

// client runs a program with its own home folder and returns its output.
func client(t *testing.T, home, dir, program string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Dir = dir
	cmd.Env = []string{"HOME=" + home, "SNOWFLAKE_HOME=" + home, "PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8"}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", filepath.Base(program), strings.Join(args, " "), err, out)
	}
	return string(out)
}

const connectorScript = `
import io, sys
import snowflake.connector
host, port = sys.argv[1:3]
with snowflake.connector.connect(user="SLEET", password="sleet", account="demo", host=host, port=port, protocol="http",
                                 database="APPS", schema="PUBLIC", role="DEV") as con:
    cur = con.cursor()
    assert cur.execute("SELECT 1").fetchall() == [(1,)]
    assert cur.execute("SELECT CURRENT_ROLE()").fetchone()[0] == "DEV"
    cur.execute("CREATE STAGE FILES ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE')")
    content = b"print('hello')\n" * 1000
    put = cur.execute("PUT file:///nowhere/app.py @FILES/app/ AUTO_COMPRESS=FALSE OVERWRITE=TRUE", file_stream=io.BytesIO(content)).fetchall()
    assert put[0][6] == "UPLOADED", put
    listed = cur.execute("LIST @FILES/app/").fetchall()
    assert listed[0][0] == "files/app/app.py" and listed[0][1] == len(content), listed
    import hashlib
    assert listed[0][2] == hashlib.md5(content).hexdigest(), listed
    import tempfile, os
    with tempfile.TemporaryDirectory() as folder:
        cur.execute(f"GET @FILES/app/app.py file://{folder}/")
        assert open(os.path.join(folder, "app.py"), "rb").read() == content
    try:
        cur.execute("SELECT * FROM nothing_there")
    except snowflake.connector.errors.ProgrammingError as e:
        assert e.errno == 2003 and e.sqlstate, (e.errno, e.sqlstate)
    else:
        raise AssertionError("no error")
print("all well")
`

const snowparkScript = `
import io, sys
from snowflake.snowpark import Session
host, port = sys.argv[1:3]
session = Session.builder.configs(dict(user="SLEET", password="sleet", account="demo", host=host, port=port, protocol="http",
                                       database="APPS", schema="PUBLIC", role="DEV", warehouse="COMPUTE_WH")).create()
assert session.sql("SELECT 1 AS ONE").collect()[0]["ONE"] == 1
assert session.get_current_role().strip('"') == "DEV"
session.sql("CREATE STAGE FILES ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE')").collect()
session.file.put_stream(io.BytesIO(b"hello"), "@FILES/app/hello.txt", auto_compress=False, overwrite=True)
assert session.file.get_stream("@FILES/app/hello.txt").read() == b"hello"
session.close()
print("all well")
`

func TestPythonClients(t *testing.T) {
	t.Parallel()
	python := testtools.Tool(t, "app/bin/python")
	for name, script := range map[string]string{"connector": connectorScript, "Snowpark": snowparkScript} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testtools.CountConformance(t)
			a, home := serveAccount(t)
			host, port, err := net.SplitHostPort(a.Addr())
			if err != nil {
				t.Fatal(err)
			}
			if out := client(t, home, home, python, "-c", script, host, port); !strings.Contains(out, "all well") {
				t.Errorf("client output:\n%s", out)
			}
		})
	}
}

func TestSnowflakeCLI(t *testing.T) {
	t.Parallel()
	snow := testtools.Tool(t, "cli/bin/snow")
	testtools.CountConformance(t)
	_, home := serveAccount(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "app.py"), []byte("print()\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ args, want string }{
		{"connection test", "OK"},
		{"sql -q", "sleet says hello"},
		{"stage create FILES", "FILES"},
		{"stage copy app.py @FILES/app/", "UPLOADED"},
		{"stage list-files @FILES", "files/app/app.py"},
		{"object list stage", "FILES"},
	} {
		args := strings.Fields(c.args)
		if args[0] == "sql" {
			args = append(args, "SELECT 'sleet says hello'")
		}
		if out := client(t, home, dir, snow, args...); !strings.Contains(out, c.want) {
			t.Errorf("snow %s does not print %q:\n%s", c.args, c.want, out)
		}
	}
}

// TestSnowflakeCLIDeploys deploys a generated folder with `snow streamlit deploy` and counts the round trips.
func TestSnowflakeCLIDeploys(t *testing.T) {
	t.Parallel()
	snow := testtools.Tool(t, "cli/bin/snow")
	for _, runtime := range []string{"container", "warehouse"} {
		t.Run(runtime, func(t *testing.T) {
			t.Parallel()
			testtools.CountConformance(t)
			a, home := serveAccount(t)
			dir := filepath.Join(t.TempDir(), "weather")
			host := machine.Host{In: strings.NewReader(""), Out: &strings.Builder{}, Err: &strings.Builder{}, Dir: filepath.Dir(dir)}
			args := []string{"new", "weather", "--yes", "--no-lock", "--runtime", runtime, "--database", "APPS", "--schema", "PUBLIC"}
			if code := command.Run(context.Background(), args, host); code != 0 {
				t.Fatalf("sleet new: exit code %d: %s", code, host.Err)
			}
			before := a.Requests()
			out := client(t, home, dir, snow, "streamlit", "deploy")
			t.Logf("snow streamlit deploy (%s): %d round trips, %d statements", runtime, a.Requests()-before, len(a.Statements()))
			if !strings.Contains(out, "Streamlit successfully deployed") {
				t.Errorf("snow output:\n%s", out)
			}
			if s := a.Snapshot(); !strings.Contains(s, "WEATHER") || !strings.Contains(s, "streamlit_app.py") {
				t.Errorf("the account has\n%s", s)
			}
		})
	}
}
