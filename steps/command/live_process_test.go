package command

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
)

// changing returns the statements of a run that change something.
func changing(sent []snowflaketest.Sent) []string {
	var list []string
	for _, s := range sent {
		word := strings.ToUpper(strings.Fields(s.SQL + " ?")[0])
		if !slices.Contains([]string{"SELECT", "SHOW", "DESCRIBE", "DESC", "LIST", "LS", "GET", "USE", "ALTER", "?"}, word) {
			list = append(list, s.SQL)
		}
		if word == "ALTER" && !strings.HasPrefix(strings.ToUpper(s.SQL), "ALTER SESSION") {
			list = append(list, s.SQL)
		}
	}
	return list
}

func runtimesOf() []string { return []string{"container", "warehouse"} }

func TestApplyProcess(t *testing.T) {
	t.Parallel()
	for _, runtime := range runtimesOf() {
		t.Run(runtime, func(t *testing.T) {
			t.Parallel()
			account := snowflaketest.Serve(t)
			b := newBox(t, account, runtime)
			if r := b.process(nil, "apply", "demo", "--plan", "--json"); r.code != exit.Failure || !strings.Contains(r.out, `"create"`) {
				t.Fatalf("plan before: exit code %d\n%s\n%s", r.code, r.out, r.err)
			}
			requests := account.Requests()
			r := b.process(testValues(runtime), "apply", "demo", "--yes", "--no-wait")
			within(t, "the first apply", account.Requests()-requests, map[string]int{"container": 66, "warehouse": 51}[runtime])
			if r.code != exit.Success {
				t.Fatalf("apply: exit code %d\n%s\n%s", r.code, r.out, r.err)
			}
			if !strings.Contains(r.out, "http") {
				t.Errorf("no address in %q", r.out)
			}
			if r := b.process(nil, "apply", "demo", "--plan", "--json"); r.code != exit.Success {
				t.Errorf("plan after: exit code %d\n%s\n%s", r.code, r.out, r.err)
			}
			before, snapshot, requests := len(account.Statements()), account.Snapshot(), account.Requests()
			if r := b.process(nil, "apply", "demo", "--yes"); r.code != exit.Success {
				t.Errorf("again: exit code %d\n%s\n%s", r.code, r.out, r.err)
			}
			within(t, "apply of an unchanged app", account.Requests()-requests, 17)
			if list := changing(account.Statements()[before:]); len(list) > 0 {
				t.Errorf("the second apply changed something:\n%s", strings.Join(list, "\n"))
			}
			if diff := cmp.Diff(snapshot, account.Snapshot()); diff != "" {
				t.Errorf("the second apply changed the account (-first +second):\n%s", diff)
			}
			b.clean(runtime)
			if r := b.process(nil, "destroy", "demo", "--yes"); r.code != exit.Success {
				t.Errorf("destroy: exit code %d\n%s\n%s", r.code, r.out, r.err)
			} else if !strings.Contains(r.err, "UNDROP STREAMLIT APPS.PUBLIC.DEMO as DEV") {
				t.Errorf("destroy does not print how to restore the app:\n%s", r.err)
			}
			if strings.Contains(account.Snapshot(), "DEMO") {
				t.Errorf("destroy leaves\n%s", account.Snapshot())
			}
		})
	}
}

// within checks the number of HTTP requests in all. The first apply of a container app with four secrets and three
// files sends 18 statements that change something and 9 requests for the files: the account answers each file twice, as
// it does on Google Cloud.
func within(t *testing.T, what string, requests, most int) {
	t.Helper()
	t.Logf("%s took %d HTTP round trips", what, requests)
	if requests > most {
		t.Errorf("%s took %d HTTP round trips, more than %d", what, requests, most)
	}
}

// TestApplyCannotConnect checks the errors if there is no account to work in.
func TestApplyCannotConnect(t *testing.T) { //nolint:tparallel // The cases share a connection, and count logins.
	t.Parallel()
	account := snowflaketest.Serve(t)
	b := newBox(t, account, "warehouse")
	good := account.Profile()
	var logins atomic.Int64
	account.Fault(&snowflaketest.Fault{
		Kind: snowflaketest.Call, Path: "/session/v1/login-request", Times: -1, Before: func(string) { logins.Add(1) },
	})
	for name, c := range map[string]struct {
		profile string
		code    int
		says    []string
	}{
		"wrong password": {strings.Replace(good, snowflaketest.Password+`"`, `zqwrong"`, 1), exit.Failure, []string{"390100", "demo"}},
		"no account":     {strings.Replace(good, "account = ", "region = ", 1), exit.Invalid, []string{"connections.toml", "account"}},
		"no network":     {strings.Replace(good, "port = ", "port = 1 # ", 1), exit.Failure, []string{"127.0.0.1"}},
	} {
		t.Run(name, func(t *testing.T) {
			b.profile(c.profile)
			before := logins.Load()
			r := b.process(testValues("warehouse"), "apply", "demo", "--yes", "--connection", "demo")
			if r.code != c.code {
				t.Errorf("exit code %d, want %d\n%s", r.code, c.code, r.err)
			}
			for _, want := range c.says {
				if !strings.Contains(r.err, want) {
					t.Errorf("no %q in the output:\n%s", want, r.err)
				}
			}
			if name == "wrong password" && logins.Load() != before+1 {
				t.Errorf("%d login attempts", logins.Load()-before)
			}
			if strings.Contains(r.err, "zqwrong") {
				t.Errorf("the output has the password:\n%s", r.err)
			}
		})
	}
	b.clean("warehouse")
}

// TestApplyHandsOverAndGoesOn runs as a person without ACCOUNTADMIN, then as the administrator.
func TestApplyHandsOverAndGoesOn(t *testing.T) {
	t.Parallel()
	account := snowflaketest.Serve(t, snowflaketest.WithUser(snowflaketest.User{
		Name: "MODEST", Password: snowflaketest.Password, Role: "DEV", Roles: []string{"DEV"},
		Database: "APPS", Schema: "PUBLIC", Warehouse: "COMPUTE_WH",
	}))
	b := newBox(t, account, "container")
	b.profile(strings.Replace(account.Profile(), `"SLEET"`, `"MODEST"`, 1))
	r := b.apply("container")
	script, err := os.ReadFile(filepath.Join(b.dir, "sql", "admin.sql"))
	if r.code != exit.Failure || err != nil {
		t.Fatalf("exit code %d, %v\n%s", r.code, err, r.err)
	}
	if !strings.Contains(string(script), "CREATE EXTERNAL ACCESS INTEGRATION") || !strings.Contains(r.err, "admin.sql") {
		t.Errorf("script:\n%s\noutput:\n%s", script, r.err)
	}
	if !strings.Contains(account.Snapshot(), "DEMO_API_KEY") {
		t.Error("independent objects were not created")
	}
	role := "ACCOUNTADMIN"
	for _, statement := range strings.Split(withoutComments(string(script)), ";\n") {
		statement = strings.TrimSpace(statement)
		if name, ok := strings.CutPrefix(statement, "USE ROLE "); ok {
			role = name
		} else if statement != "" {
			if err := account.Exec(role, statement); err != nil {
				t.Errorf("the administrator: %v", err)
			}
		}
	}
	if r := b.apply("container"); r.code != exit.Success {
		t.Errorf("afterwards: exit code %d\n%s\n%s", r.code, r.err, account.Snapshot())
	}
	b.clean("container")
}

func withoutComments(script string) string {
	var b strings.Builder
	for line := range strings.Lines(script) {
		if !strings.HasPrefix(line, "--") {
			b.WriteString(line)
		}
	}
	return b.String()
}
