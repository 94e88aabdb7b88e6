package command

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/accounts"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/doctor"
)

// TestKnownFailures checks that each known failure is recognized in a line of a real program, and that its message
// names what it is about.
func TestKnownFailures(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ line, meaning, fix string }{
		{"ModuleNotFoundError: No module named 'openpyxl'", "openpyxl", "package file"},
		{"ModuleNotFoundError: No module named '_snowflake'", "container has no module _snowflake", "st.secrets"},
		{"Error: No such option: --server.useStarlette", "--server.useStarlette", "streamlit>=1.50"},
		{"snowflake.snowpark.exceptions.SnowparkSessionException: (1403): No default Session is found. Please create a session before you call function 'udf'", "active session", "st.connection"},
		{"  × No solution found when resolving dependencies:", "cannot install", "repository"},
		{"  ╰─▶ Because pandaz was not found in the package registry and your project depends on pandaz", "pandaz", "package file"},
		{"requests.exceptions.ConnectionError: HTTPSConnectionPool(host='api.example.com', port=443): Max retries exceeded with url: / (Caused by NameResolutionError", "api.example.com", "network rule"},
		{"urllib3.exceptions.NameResolutionError: Failed to resolve 'files.example.com' ([Errno -2] Name or service not known)", "files.example.com", "network rule"},
		{"socket.gaierror: [Errno -3] Temporary failure in name resolution", "a host", "network rule"},
		{`KeyError: 'st.secrets has no key "api_key". Did you forget to add it to secrets.toml'`, "api_key", "Bind"},
		{"streamlit.errors.StreamlitSecretNotFoundError: No secrets found.", "No secret is bound", "Bind"},
		{"Compute pool SALES_POOL is suspended", "SALES_POOL", "SHOW COMPUTE POOLS"},
		{"Error: Invalid value: File does not exist: streamlit_app.py", "streamlit_app.py", "MAIN_FILE"},
		{"SQL compilation error: Object 'ORDERS' does not exist or not authorized.", "ORDERS", "grant"},
	} {
		known, ok := doctor.ExplainOutput(test.line)
		if !ok || !strings.Contains(known.Meaning.String(), test.meaning) || !strings.Contains(known.Fix.String(), test.fix) {
			t.Errorf("%s\n  means %q, fix %q, want %q and %q", test.line, known.Meaning, known.Fix, test.meaning, test.fix)
		}
	}
	const frames = "Traceback (most recent call last):\n  File \"/app/streamlit_app.py\", line 5, in <module>\n    session = get_active_session()\n"
	for _, test := range []struct{ text, meaning string }{
		{frames + "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='api.example.com', port=443): Max retries exceeded with url: /", "api.example.com"},
		{frames + "ModuleNotFoundError: No module named 'openpyxl'\n\nDuring handling of the above exception, another exception occurred:\n\n" + frames + "KeyError: 'st.secrets has no key \"api_key\". Did you forget'", "api_key"},
		{frames + "ModuleNotFoundError: No module named 'openpyxl'\n\nThe above exception was the direct cause of the following exception:\n\n" + frames + "RuntimeError: cannot start", "openpyxl"},
		{"Uncaught app execution\n" + frames + "    ~~~~~^^^^\nsnowflake.snowpark.exceptions.SnowparkSQLException: (1304): 01b: 002003 (02000): SQL compilation error:\nObject 'ORDERS' does not exist or not authorized.", "ORDERS"},
		{"openai.APIConnectionError: Connection error.", "a host"},
	} {
		if known, ok := doctor.ExplainOutput(test.text); !ok || !strings.Contains(known.Meaning.String(), test.meaning) {
			t.Errorf("%s\n  means %q, want %q", test.text, known.Meaning, test.meaning)
		}
	}
	for _, line := range []string{
		"    session = get_active_session()", "  File \"/app/get_active_session.py\", line 3, in <module>", "    raise MemoryError", frames,
		"│ ❱ 3 session = get_active_session()                │", "Home page loaded", "You can now view your Streamlit app in your browser.", "INFO option chosen", "secret rotated", "2026-11-29 pool size 3",
	} {
		if known, ok := doctor.ExplainOutput(line); ok {
			t.Errorf("%q is recognized as a failure: %s", line, known.Meaning)
		}
	}
}

// TestLogs checks that the output of an app is read from the event table, as lines or JSON, with the meaning of known
// failures.
func TestLogs(t *testing.T) {
	t.Parallel()
	p := newPatient(t, "testdata/doctor/00_healthy_container.txtar")
	for _, l := range [][2]string{{"INFO", "Home page loaded"}, {"DEBUG", "cache hit"}, {"ERROR", "ModuleNotFoundError: No module named 'openpyxl'"}} {
		if err := p.account.Log("APPS.SALES.APP", l[0], l[1]); err != nil {
			t.Fatal(err)
		}
	}
	said := p.run(exit.Success, "logs", "APPS.SALES.APP", "--level", "info")
	for _, want := range []string{"INFO     Home page loaded\n", "ERROR    ModuleNotFoundError", "openpyxl is not installed", "Add the package that provides openpyxl"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
	if strings.Contains(said, "cache hit") {
		t.Errorf("a line below the level is printed:\n%s", said)
	}
	var lines []logJSON
	for line := range strings.SplitSeq(strings.TrimSpace(p.run(exit.Success, "logs", "APPS.SALES.APP", "--json")), "\n") {
		var l logJSON
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		lines = append(lines, l)
	}
	if len(lines) != 3 || lines[0].Message != "Home page loaded" || lines[0].Level != "INFO" || lines[2].Meaning == "" || lines[2].Fix == "" || lines[0].Meaning != "" {
		t.Errorf("%+v", lines)
	}
	if at, err := time.Parse(time.RFC3339, lines[0].Time); err != nil || time.Since(at) > time.Hour {
		t.Errorf("the time is %q", lines[0].Time)
	}
	p.run(exit.Invalid, "logs", "APPS.SALES.APP", "--since", "yesterday")
	p.run(exit.Invalid, "logs", "APPS.SALES.APP", "--level", "loud")
}

// TestLogsOff checks that, if no output is kept or the role cannot read it, the statements that change this are
// printed, and work.
func TestLogsOff(t *testing.T) {
	t.Parallel()
	t.Run("no event table", func(t *testing.T) {
		t.Parallel()
		p := newPatient(t, "testdata/doctor/00_healthy_container.txtar")
		p.script("ALTER ACCOUNT UNSET EVENT_TABLE")
		turnsOn(t, p, "no event table")
	})
	t.Run("no level", func(t *testing.T) {
		t.Parallel()
		turnsOn(t, newPatient(t, "testdata/doctor/00_healthy_warehouse.txtar"), "LOG_LEVEL")
	})
	t.Run("not mine", func(t *testing.T) {
		t.Parallel()
		guest := snowflaketest.User{Name: "GUEST", Password: "guest", Role: "GUEST", Roles: []string{"GUEST"}, Warehouse: "COMPUTE_WH"}
		p := newPatient(t, "testdata/doctor/00_healthy_container.txtar", snowflaketest.WithUser(guest))
		p.script(`GRANT USAGE ON WAREHOUSE COMPUTE_WH TO ROLE GUEST;
GRANT USAGE ON DATABASE APPS TO ROLE GUEST;
GRANT USAGE ON SCHEMA APPS.SALES TO ROLE GUEST;
USE ROLE DEV;
GRANT USAGE ON STREAMLIT APPS.SALES.APP TO ROLE GUEST`)
		p.as("GUEST", "guest", "GUEST")
		turnsOn(t, p, "SNOWFLAKE.TELEMETRY.EVENTS")
	})
}

// turnsOn runs sleet logs, which must fail, and then the statements that it prints, after which the output is there.
func turnsOn(t *testing.T, p patient, why string) {
	t.Helper()
	said := p.run(exit.Failure, "logs", "APPS.SALES.APP")
	if !strings.Contains(said, why) {
		t.Errorf("no %q in\n%s", why, said)
	}
	var script strings.Builder
	for line := range strings.SplitSeq(said, "\n") {
		if statement, is := strings.CutPrefix(line, "  "); is && strings.HasSuffix(statement, ";") {
			script.WriteString(statement + "\n")
		}
	}
	p.script(script.String())
	if err := p.account.Log("APPS.SALES.APP", "WARNING", "slow query"); err != nil {
		t.Fatal(err)
	}
	if said := p.run(exit.Success, "logs", "APPS.SALES.APP"); !strings.Contains(said, "slow query") {
		t.Errorf("after\n%s\n%s", &script, said)
	}
}

// TestLogsFollow checks that what an app writes while sleet follows it is printed once, until the person stops it.
func TestLogsFollow(t *testing.T) {
	t.Parallel()
	p := newPatient(t, "testdata/doctor/00_healthy_container.txtar")
	if err := p.account.Log("APPS.SALES.APP", "INFO", "first"); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	out := &watched{want: "second", seen: stop}
	host := machine.Host{In: strings.NewReader(""), Out: out, Err: out, Dir: p.dir, Connect: accounts.Connect, Environ: p.environ}
	go func() {
		time.Sleep(time.Second)
		if err := p.account.Log("APPS.SALES.APP", "INFO", "second"); err != nil {
			t.Error(err)
		}
	}()
	if code := Run(ctx, []string{"logs", "APPS.SALES.APP", "-f"}, host); code != exit.Success {
		t.Errorf("exit code %d\n%s", code, out)
	}
	if got := out.String(); strings.Count(got, "first") != 1 || strings.Count(got, "second") != 1 {
		t.Errorf("printed:\n%s", got)
	}
}

// watched is an output that signals when a text was written.
type watched struct {
	mu   sync.Mutex
	text strings.Builder
	want string
	seen func()
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err := w.text.Write(p)
	if strings.Contains(w.text.String(), w.want) {
		w.seen()
	}
	return n, err
}

func (w *watched) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}
